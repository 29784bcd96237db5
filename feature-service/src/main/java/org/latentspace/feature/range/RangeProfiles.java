package org.latentspace.feature.range;

import java.util.ArrayList;
import java.util.List;
import org.latentspace.feature.dsp.Range;

/**
 * The ranges that one performer has stored, oldest first, and the name of the one in use, which may
 * also be "lse" or "auto-0", the configured one. At most {@value #MOST}; a further one takes the
 * place of the oldest that is not in use. Numbers are never used twice.
 */
public record RangeProfiles(List<Range> ranges, String used) {
  /** Ranges that are kept. */
  public static final int MOST = 100;

  private static final String PREFIX = "auto-";

  public RangeProfiles {
    ranges = List.copyOf(ranges);
  }

  /** The name of the next range. */
  String nextName() {
    long newest = 0;
    for (Range range : ranges) {
      newest = Math.max(newest, number(range.name()));
    }
    return PREFIX + (newest + 1);
  }

  /** The N of "auto-N"; -1 where it is no such name. */
  public static long number(String name) {
    return name.matches(PREFIX + "[0-9]{1,9}") ? Long.parseLong(name.substring(5)) : -1;
  }

  /** The same with one range more, which is in use. */
  RangeProfiles with(Range range) {
    List<Range> all = new ArrayList<>(ranges);
    if (all.size() >= MOST) {
      boolean oldestUsed = all.get(0).name().equals(used);
      all.remove(oldestUsed ? 1 : 0);
    }
    all.add(range);
    return new RangeProfiles(all, range.name());
  }

  RangeProfiles using(String name) {
    return new RangeProfiles(ranges, name);
  }
}
