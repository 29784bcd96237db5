package org.latentspace.training.data;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;

/**
 * Whether what was played is new: a bar is, whose distance to every bar of the data set is above a
 * limit ({@link BarIndex}).
 *
 * <p>A piece with a new bar comes in whole, so that loops of several bars can begin before it and
 * end behind it; a bar that is known, and is followed by one that is, begins no loop. Known bars
 * bear the tag "known".
 */
public final class Novelty {
  /**
   * What comes in.
   *
   * @param limit 0..1
   * @param all known bars come in, too
   */
  public record Rule(double limit, boolean all) {
    /** Throws IllegalArgumentException with the value and its range. */
    public Rule {
      if (!(limit >= 0 && limit <= 1)) {
        throw new IllegalArgumentException("limit is " + limit + ", must be 0..1");
      }
    }
  }

  private final RhythmStore store;
  private final LongAdder newBars = new LongAdder();
  private final LongAdder knownBars = new LongAdder();
  private volatile Rule rule;

  Novelty(RhythmStore store, Rule rule) {
    this.store = store;
    this.rule = rule;
  }

  public Rule rule() {
    return rule;
  }

  /** From the next piece on. */
  public void rule(Rule wanted) {
    rule = wanted;
  }

  /**
   * A piece as it may come in, or null: nothing in it is new.
   *
   * @param askedFor it comes in whole in any case
   */
  public Arrival judge(Arrival played, boolean askedFor) {
    Rule now = rule;
    double[] distances = store.distances(played.song(), played.origin());
    Set<Integer> known = new TreeSet<>();
    Set<Integer> leftOut = new TreeSet<>();
    int fresh = 0;
    for (int bar = distances.length - 1; bar >= 0; bar--) {
      boolean isNew = distances[bar] > now.limit;
      fresh += isNew ? 1 : 0;
      if (!isNew) {
        known.add(bar);
        boolean followed = bar + 1 < distances.length && !known.contains(bar + 1);
        if (!followed && !now.all && !askedFor) {
          leftOut.add(bar);
        }
      }
      // A bar of rest is neither.
      (isNew ? newBars : knownBars).add(Double.isNaN(distances[bar]) ? 0 : 1);
    }
    if (distances.length > 0 && fresh == 0 && !now.all && !askedFor) {
      return null;
    }
    return new Arrival(played.song(), played.origin(), played.tags(), known, leftOut);
  }

  /** Bars that were played and new, since the start. */
  public long newBars() {
    return newBars.sum();
  }

  /** Bars that were played and known, since the start. */
  public long knownBars() {
    return knownBars.sum();
  }
}
