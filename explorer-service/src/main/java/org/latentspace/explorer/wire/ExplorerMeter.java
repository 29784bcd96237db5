package org.latentspace.explorer.wire;

import jakarta.inject.Singleton;
import org.latentspace.performer.Origin;
import org.latentspace.wire.StageMeter;
import org.latentspace.wire.UnixClock;

/** Counts and measures this stage; ExplorerMetrics and the echo show it. */
@Singleton
public class ExplorerMeter {
  /** Folder name of the service, as the echo says it. */
  public static final String STAGE = "explorer-service";

  private final StageMeter stage = new StageMeter(STAGE);

  /** What every stage measures. */
  public StageMeter stage() {
    return stage;
  }

  /** A frame's work is done; it arrived at that time of {@link System#nanoTime}. */
  public void took(Origin origin, long arrivedNanos) {
    stage.took(System.nanoTime() - arrivedNanos);
    if (!origin.lossless()) {
      stage.sinceCapture(origin.performer(), UnixClock.nanos() - origin.capturedNanos());
    }
  }
}
