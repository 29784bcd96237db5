package org.latentspace.feature.outlet;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.latentspace.proto.FeatureFrame;
import org.latentspace.proto.Origin;

/**
 * Writes into every frame's origin how many onsets its performer has had, and when and how loud the
 * newest was: so it goes the whole way to midi-gateway, and a frame that is dropped takes no count
 * with it.
 */
final class OnsetCount {
  private static final double NANOS = 1e9;
  // From silence to full loudness, in dBFS.
  private static final float SOFTEST_DBFS = -50;
  private static final int MOST_PERFORMERS = 256;

  // The newest onset of each performer, as an origin has it.
  private final Map<String, Origin> newest = new ConcurrentHashMap<>();

  /** Frames of a performer come in their order, on one thread. */
  void tell(FeatureFrame.Builder frame) {
    Origin.Builder origin = frame.getOriginBuilder();
    String performer = origin.getPerformer();
    Origin before = newest.getOrDefault(performer, Origin.getDefaultInstance());
    if (frame.getFrame() == 1) {
      before = Origin.getDefaultInstance();
    }
    if (frame.getOnset()) {
      double behind = origin.getSoundNanos() - frame.getWindowCentreS() * NANOS;
      float loud = 1 - frame.getLevelDbfs() / SOFTEST_DBFS;
      before =
          Origin.newBuilder()
              .setOnsets(before.getOnsets() + 1)
              .setOnsetNanos(origin.getCapturedNanos() - Math.round(behind))
              .setOnsetVelocity(Math.max(0.01f, Math.min(1, loud)))
              .build();
      if (newest.size() < MOST_PERFORMERS || newest.containsKey(performer)) {
        newest.put(performer, before);
      }
    } else if (frame.getFrame() == 1) {
      newest.remove(performer);
    }
    if (before.getOnsets() > 0) {
      origin
          .setOnsets(before.getOnsets())
          .setOnsetNanos(before.getOnsetNanos())
          .setOnsetVelocity(before.getOnsetVelocity());
    }
  }
}
