package org.latentspace.feature.range;

import java.util.List;
import org.latentspace.feature.dsp.Block;
import org.latentspace.feature.dsp.FrameFeatures;
import org.latentspace.feature.dsp.Listeners;
import org.latentspace.feature.dsp.Range;
import org.latentspace.feature.dsp.Scaling;
import org.latentspace.feature.senses.Sense;
import org.latentspace.feature.senses.SenseValues;
import org.latentspace.feature.senses.Senses;

/**
 * Joins one performer's other senses to what is heard, and says by which range. Allocates only when
 * a sense comes or goes, or the range changes.
 *
 * <p>A sound that is lossless has its own time, in which no sense lives: there are none in it.
 */
public final class SenseMerger implements Listeners.Context {
  private static final double TELL_SECONDS = 1;
  private static final Sense[] NONE = {};

  private final String performer;
  private final Senses senses;
  private final Ranges ranges;
  private Range used;
  private Range laid;
  private Range whole;
  private Sense[] present = NONE;
  private double toldSeconds;

  public SenseMerger(String performer, Senses senses, Ranges ranges) {
    this.performer = performer;
    this.senses = senses;
    this.ranges = ranges;
    used = ranges.used(performer);
  }

  @Override
  public Scaling scaling() {
    used = ranges.used(performer);
    return used.scaling();
  }

  @Override
  public void join(Block block, FrameFeatures heard, long nowNanos) {
    Sense[] now = block.origin().lossless() ? NONE : senses.of(performer);
    boolean changed = now != present || used != laid;
    if (changed) {
      present = now;
      laid = used;
      whole = Ranges.whole(used, List.of(now));
    }
    felt(heard.felt(), nowNanos);
    heard
        .felt()
        .refused(block.origin().lossless() ? List.of() : senses.refused(performer, nowNanos));
    double since = heard.centreSeconds() - toldSeconds;
    boolean due = changed || heard.frame() == 1 || since >= TELL_SECONDS || since < 0;
    if (due) {
      toldSeconds = heard.centreSeconds();
    }
    heard.tell(due ? whole : null);
    ranges.heard(performer, heard, whole, nowNanos);
  }

  private void felt(SenseValues felt, long nowNanos) {
    felt.read(present, nowNanos);
    for (int i = 0; i < felt.size(); i++) {
      felt.scale(i, (float) used.scaling().scale(felt.raw(i), whole.low()[i], whole.high()[i]));
    }
  }
}
