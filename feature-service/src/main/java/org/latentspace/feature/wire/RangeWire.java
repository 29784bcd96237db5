package org.latentspace.feature.wire;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.latentspace.feature.dsp.Range;
import org.latentspace.feature.dsp.Scaling;
import org.latentspace.feature.senses.Sense;
import org.latentspace.feature.senses.Senses;
import org.latentspace.proto.ScalingSpec;

/** Writes ranges and senses as messages of the wire and of the disk, and reads ranges back. */
public final class RangeWire {
  private static final Pattern ENTRY = Pattern.compile("[A-Za-z0-9_-]{1,64}(\\.[1-9][0-9]{0,2})?");
  private static final double LEAST_TRAVEL = 0.1;

  private RangeWire() {}

  public static ScalingSpec spec(Range range) {
    Scaling scaling = range.scaling();
    ScalingSpec.Builder spec =
        ScalingSpec.newBuilder()
            .setName(range.name())
            .setOutLow(scaling.outLow())
            .setOutHigh(scaling.outHigh())
            .addAllSenses(Scaling.NAMES)
            .addAllSenses(range.senses());
    for (int i = 0; i < Scaling.SIZE; i++) {
      spec.addLow(scaling.low(i)).addHigh(scaling.high(i));
    }
    for (int i = 0; i < range.senses().size(); i++) {
      spec.addLow(range.low()[i]).addHigh(range.high()[i]);
    }
    return spec.build();
  }

  /**
   * A range, under this name.
   *
   * @throws IllegalArgumentException with one line, when it is not as live.proto says
   */
  public static Range range(ScalingSpec spec, String name) {
    int entries = spec.getSensesCount();
    if (entries < Scaling.SIZE || entries > Scaling.SIZE + Senses.MOST_ENTRIES) {
      throw new IllegalArgumentException(
          "has " + entries + " entries, must have 10.." + (Scaling.SIZE + Senses.MOST_ENTRIES));
    }
    if (spec.getLowCount() != entries || spec.getHighCount() != entries) {
      throw new IllegalArgumentException("must have a low and a high for every entry");
    }
    if (!(spec.getOutHigh() - spec.getOutLow() >= LEAST_TRAVEL)) {
      throw new IllegalArgumentException("out_high must be above out_low by 0.1 at least");
    }
    List<String> names = spec.getSensesList();
    if (!names.subList(0, Scaling.SIZE).equals(Scaling.NAMES)) {
      throw new IllegalArgumentException("must begin with " + String.join(", ", Scaling.NAMES));
    }
    Set<String> seen = new HashSet<>();
    for (String entry : names) {
      if (!ENTRY.matcher(entry).matches() || !seen.add(entry)) {
        throw new IllegalArgumentException(
            "entries must have names of their own, as in live.proto");
      }
    }
    double[] low = spec.getLowList().stream().mapToDouble(Double::doubleValue).toArray();
    double[] high = spec.getHighList().stream().mapToDouble(Double::doubleValue).toArray();
    return new Range(
        new Scaling(name, head(low), head(high), spec.getOutLow(), spec.getOutHigh()),
        names.subList(Scaling.SIZE, entries),
        tail(low),
        tail(high));
  }

  public static org.latentspace.proto.Sense sense(Sense sense, boolean stale) {
    return org.latentspace.proto.Sense.newBuilder()
        .setName(sense.name())
        .setSize(sense.size())
        .setStale(stale)
        .build();
  }

  public static org.latentspace.proto.RefusedSense sense(Senses.Refused refused) {
    return org.latentspace.proto.RefusedSense.newBuilder()
        .setName(refused.name())
        .setReason(refused.reason())
        .setCount(refused.count())
        .build();
  }

  private static double[] head(double[] values) {
    return java.util.Arrays.copyOf(values, Scaling.SIZE);
  }

  private static double[] tail(double[] values) {
    return java.util.Arrays.copyOfRange(values, Scaling.SIZE, values.length);
  }
}
