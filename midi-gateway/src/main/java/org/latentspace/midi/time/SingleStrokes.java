package org.latentspace.midi.time;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.latentspace.midi.robot.Robot;
import org.latentspace.midi.robot.Striker;

/** Strikes robots apart from the song, which goes on without a sound meanwhile. */
public final class SingleStrokes implements AutoCloseable {
  /** A stroke did not leave now: because of its robot's limits, or there was too much to do. */
  public static final long NOT_NOW = Long.MIN_VALUE;

  private static final long PATIENCE_MS = 1000;

  private final Performance performance;
  private final Outputs outputs;

  /** The song is silent from now on, until {@link #close}. */
  public SingleStrokes(Performance performance, Outputs outputs) {
    this.performance = performance;
    this.outputs = outputs;
    hush(true);
  }

  private void hush(boolean whether) {
    performance.ensembles().forEach(ensemble -> ensemble.hush(whether));
  }

  /**
   * Strikes now, if the robot's limits allow it; waits for the timing thread.
   *
   * @param velocity of the message, 1..127
   * @return when it left, of {@link System#nanoTime}, or {@link #NOT_NOW}
   * @throws IllegalStateException an offline run is under way
   */
  public long strike(Ensemble ensemble, Striker striker, int velocity) throws InterruptedException {
    if (performance.song().isOffline()) {
      throw new IllegalStateException("an offline run is under way; devices are silent");
    }
    // Ensembles that have come in meanwhile are silent, too.
    hush(true);
    CompletableFuture<Long> left = new CompletableFuture<>();
    if (!performance.execute(() -> left.complete(strikeNow(ensemble, striker, velocity)))) {
      return NOT_NOW;
    }
    try {
      return left.get(PATIENCE_MS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException stalled) {
      throw new IllegalStateException("the timing thread does not strike", stalled);
    }
  }

  private long strikeNow(Ensemble ensemble, Striker striker, int velocity) {
    int noteOn = striker.message(velocity);
    Robot robot = striker.robot();
    long now = System.nanoTime();
    long heard = now + striker.latencyNanos(noteOn);
    if (robot.history().isCloser(now, heard, robot.limits().intervalNanos())
        || robot.history().isOverDuty(now, robot.limits().perNanos())) {
      return NOT_NOW;
    }
    outputs.strike(now, ensemble.scheduler().now(), noteOn, robot);
    robot.history().leave(now, heard);
    return now;
  }

  /** The song is heard again. */
  @Override
  public void close() {
    hush(false);
  }
}
