package org.latentspace.midi.played;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.latentspace.midi.played.LookBack.Source;
import org.latentspace.midi.played.LookBack.Take;

/**
 * Makes takes of the bars that a source plays: of those that follow upon each other, at most
 * {@value #MOST}, so that a crash loses little.
 */
public final class Takes {
  static final int MOST = 8;

  private final Source source;
  private final Consumer<Take> whole;
  private final List<HeardBar> bars = new ArrayList<>();

  /**
   * @param whole gets every take when it is over
   */
  public Takes(Source source, Consumer<Take> whole) {
    this.source = source;
    this.whole = whole;
  }

  /** The next bar. */
  public void add(HeardBar bar) {
    if (!bars.isEmpty() && !bars.get(bars.size() - 1).isFollowedBy(bar)) {
      flush();
    }
    bars.add(bar);
    if (bars.size() == MOST) {
      flush();
    }
  }

  /** Nothing follows. */
  public void flush() {
    if (!bars.isEmpty()) {
      Take take = new Take(source, List.copyOf(bars));
      bars.clear();
      whole.accept(take);
    }
  }
}
