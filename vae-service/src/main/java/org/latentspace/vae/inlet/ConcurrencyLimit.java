package org.latentspace.vae.inlet;

import jakarta.inject.Singleton;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.latentspace.performer.LimitExceeded;
import org.latentspace.vae.VaeMetrics;
import org.latentspace.wire.grpc.ThisCall;

/**
 * Lets few calls work at a time that decode a lot, so that the live path finds a processor: as many
 * as half the processors, at most four. The next sixteen wait, five seconds each at most; beyond,
 * they are refused and counted.
 */
@Singleton
class ConcurrencyLimit {
  private static final int MOST_AT_WORK = 4;
  private static final int MOST_WAITING = 16;
  private static final int PATIENCE_SECONDS = 5;

  private final VaeMetrics metrics;
  private final int atWork;
  private final Semaphore turns;
  private final Semaphore room;

  ConcurrencyLimit(VaeMetrics metrics) {
    this.metrics = metrics;
    int half = Runtime.getRuntime().availableProcessors() / 2;
    this.atWork = Math.max(1, Math.min(MOST_AT_WORK, half));
    this.turns = new Semaphore(atWork, true);
    this.room = new Semaphore(atWork + MOST_WAITING);
  }

  /**
   * Does the work when it is its turn.
   *
   * @throws LimitExceeded when too many others are before it
   */
  <T> T run(Callable<T> work) throws Exception {
    if (!room.tryAcquire()) {
      throw full();
    }
    try {
      if (!turns.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw full();
      }
      try {
        if (ThisCall.givenUp().getAsBoolean()) {
          throw new CancellationException("not done: the caller has given up");
        }
        return work.call();
      } finally {
        turns.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw full();
    } finally {
      room.release();
    }
  }

  /** Whether one more would be let in to wait. */
  boolean isOpen() {
    return room.availablePermits() > 0;
  }

  private LimitExceeded full() {
    metrics.callRefused();
    return new LimitExceeded(
        "at most " + atWork + " such calls work and " + MOST_WAITING + " wait: ask again soon");
  }
}
