package org.latentspace.feature.outlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.latentspace.proto.FeatureFrame;
import org.latentspace.proto.Origin;

class OnsetCountTest {
  private static final long UNIX = 1_800_000_000_000_000_000L;

  private final OnsetCount onsets = new OnsetCount();

  /** A frame whose block ends so many seconds into the sound, 50 ms after its centre. */
  private Origin told(String performer, long number, double seconds, boolean onset, double dbfs) {
    FeatureFrame.Builder frame =
        FeatureFrame.newBuilder()
            .setOrigin(
                Origin.newBuilder()
                    .setPerformer(performer)
                    .setSoundNanos(Math.round(seconds * 1e9))
                    .setCapturedNanos(UNIX + Math.round(seconds * 1e9)))
            .setFrame(number)
            .setWindowCentreS(seconds - 0.05)
            .setOnset(onset)
            .setLevelDbfs((float) dbfs);
    onsets.tell(frame);
    return frame.getOrigin();
  }

  @Test
  void everyFrameTellsOfTheNewestOnsetOfItsPerformer() {
    assertEquals(0, told("ann", 1, 1, false, -120).getOnsets());
    Origin first = told("ann", 2, 1.5, true, -25);
    assertEquals(1, first.getOnsets());
    assertEquals(UNIX + 1_450_000_000L, first.getOnsetNanos());
    assertEquals(0.5f, first.getOnsetVelocity());
    assertEquals(0, told("ben", 7, 1.5, false, 0).getOnsets());
    Origin after = told("ann", 3, 1.6, false, -60);
    assertEquals(first.getOnsetNanos(), after.getOnsetNanos());
    assertEquals(1, after.getOnsets());
    assertEquals(2, told("ann", 4, 1.7, true, 0).getOnsets());
    assertEquals(0, told("ann", 1, 0.1, false, 0).getOnsets(), "another sound");
    assertEquals(0.01f, told("ann", 2, 0.2, true, -90).getOnsetVelocity());
  }
}
