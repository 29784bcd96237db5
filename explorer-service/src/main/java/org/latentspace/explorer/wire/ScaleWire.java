package org.latentspace.explorer.wire;

import com.google.common.primitives.Doubles;
import org.latentspace.explorer.feature.Scale;
import org.latentspace.proto.ScalingSpec;

/** Writes scalings as messages of the wire and of the disk, and reads back what was found right. */
public final class ScaleWire {
  private ScaleWire() {}

  public static ScalingSpec scale(Scale scale) {
    return ScalingSpec.newBuilder()
        .setName(scale.name())
        .addAllSenses(scale.senses())
        .addAllLow(Doubles.asList(scale.low()))
        .addAllHigh(Doubles.asList(scale.high()))
        .setOutLow(scale.outLow())
        .setOutHigh(scale.outHigh())
        .build();
  }

  public static Scale scale(ScalingSpec spec) {
    return new Scale(
        spec.getName(),
        spec.getSensesList(),
        Doubles.toArray(spec.getLowList()),
        Doubles.toArray(spec.getHighList()),
        spec.getOutLow(),
        spec.getOutHigh());
  }
}
