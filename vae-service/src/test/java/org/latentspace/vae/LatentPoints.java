package org.latentspace.vae;

import org.latentspace.proto.LatentPoint;
import org.latentspace.proto.Origin;
import org.latentspace.wire.UnixClock;

/** Points for tests, as explorer-service sends them. */
final class LatentPoints {
  private LatentPoints() {}

  static LatentPoint point(String performer, int sequence, boolean lossless, float... position) {
    Origin origin =
        Origin.newBuilder()
            .setPerformer(performer)
            .setSequence(sequence)
            .setSoundNanos(sequence * 11_609_977L)
            .setLossless(lossless)
            .build();
    LatentPoint.Builder point = LatentPoint.newBuilder().setOrigin(origin);
    for (float entry : position) {
      point.addPosition(entry);
    }
    return point.build();
  }

  /** One of sound that was captured now. */
  static LatentPoint live(String performer, int sequence, float... position) {
    LatentPoint.Builder point = point(performer, sequence, false, position).toBuilder();
    point.getOriginBuilder().setCapturedNanos(UnixClock.nanos());
    return point.build();
  }
}
