package org.latentspace.midi.played;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;

/**
 * The newest {@value #BARS} bars of everybody who strikes, so that what was just heard can still be
 * kept. Safe for several threads.
 */
public final class LookBack {
  /** Bars of one source. */
  public static final int BARS = 64;

  /** Sources; the one that was silent longest makes room for another. */
  public static final int SOURCES = 128;

  private final Map<Source, ArrayDeque<HeardBar>> bars = new LinkedHashMap<>();

  /**
   * Who strikes.
   *
   * @param kind "robot", "pads" or "onsets"
   * @param ensemble whose bars they are
   * @param performer empty for the robots of an ensemble, which several may lead
   */
  public record Source(String kind, String ensemble, String performer) {
    private boolean fits(Source asked) {
      return (asked.kind.isEmpty() || asked.kind.equals(kind))
          && (asked.ensemble.isEmpty() || asked.ensemble.equals(ensemble))
          && (asked.performer.isEmpty() || asked.performer.equals(performer));
    }

    @Override
    public String toString() {
      return kind + " of " + ensemble + (performer.isEmpty() ? "" : ", " + performer);
    }
  }

  /** Takes a bar; the oldest of its source goes where there are too many. */
  public synchronized void add(Source source, HeardBar bar) {
    // The newest source stands last.
    ArrayDeque<HeardBar> own = bars.remove(source);
    if (own == null) {
      own = new ArrayDeque<>(BARS);
      if (bars.size() == SOURCES) {
        bars.remove(bars.keySet().iterator().next());
      }
    }
    bars.put(source, own);
    if (own.size() == BARS) {
      own.removeFirst();
    }
    own.addLast(bar);
  }

  /** All that is held, the source heard last first; bars from the oldest to the newest. */
  public synchronized Map<Source, List<HeardBar>> held() {
    List<Source> newestFirst = new ArrayList<>(bars.keySet());
    java.util.Collections.reverse(newestFirst);
    Map<Source, List<HeardBar>> held = new LinkedHashMap<>();
    newestFirst.forEach(source -> held.put(source, List.copyOf(bars.get(source))));
    return held;
  }

  /**
   * The newest bars of a source.
   *
   * @param asked what is empty in it does not matter: of those that fit, the one heard last
   * @param most 1..{@value #BARS}
   * @throws NoSuchElementException nothing is held of it; with what is
   */
  public synchronized Take last(Source asked, int most) {
    Map<Source, List<HeardBar>> held = held();
    for (Map.Entry<Source, List<HeardBar>> entry : held.entrySet()) {
      if (entry.getKey().fits(asked)) {
        List<HeardBar> all = entry.getValue();
        return new Take(entry.getKey(), all.subList(Math.max(0, all.size() - most), all.size()));
      }
    }
    throw new NoSuchElementException(
        "nothing is held of that source; there are "
            + (held.isEmpty()
                ? "none"
                : held.keySet().stream().map(Source::toString).collect(Collectors.joining("; "))));
  }

  /**
   * Bars of a source.
   *
   * @param bars one at least, in the order of the song
   */
  public record Take(Source source, List<HeardBar> bars) {
    /** The same in pieces: bars that follow upon each other, of one performer and one metre. */
    public List<Take> runs() {
      List<Take> runs = new ArrayList<>();
      int from = 0;
      for (int i = 1; i <= bars.size(); i++) {
        if (i == bars.size() || !bars.get(i - 1).isFollowedBy(bars.get(i))) {
          runs.add(new Take(source, bars.subList(from, i)));
          from = i;
        }
      }
      return runs;
    }
  }
}
