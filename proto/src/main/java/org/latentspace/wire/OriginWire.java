package org.latentspace.wire;

import org.latentspace.performer.Onset;
import org.latentspace.performer.Origin;

/** The one converter of {@link Origin}: each field as it is, unchecked. */
public final class OriginWire {
  private OriginWire() {}

  public static Origin read(org.latentspace.proto.Origin wire) {
    return new Origin(
        wire.getPerformer(),
        wire.getSequence(),
        wire.getCapturedNanos(),
        wire.getSoundNanos(),
        wire.getLossless(),
        wire.getLast(),
        wire.getOnsets() == 0
            ? Onset.NONE
            : new Onset(wire.getOnsets(), wire.getOnsetNanos(), wire.getOnsetVelocity()));
  }

  public static org.latentspace.proto.Origin write(Origin origin) {
    return org.latentspace.proto.Origin.newBuilder()
        .setPerformer(origin.performer())
        .setSequence(origin.sequence())
        .setCapturedNanos(origin.capturedNanos())
        .setSoundNanos(origin.soundNanos())
        .setLossless(origin.lossless())
        .setLast(origin.last())
        .setOnsets(origin.onset().count())
        .setOnsetNanos(origin.onset().capturedNanos())
        .setOnsetVelocity(origin.onset().velocity())
        .build();
  }
}
