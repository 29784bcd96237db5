package org.latentspace.training.fit;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Whether a fit is still wanted, and how it goes: of every beginning the first epoch is told at
 * once, then one every 50 ms, however long it goes on.
 */
public final class Progress {
  private static final long APART_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** Progress callback; implementations never block. */
  public interface Listener {
    /**
     * An epoch is over.
     *
     * @param epochs of all that is to be done, those of leave-one-out included
     */
    void running(int epoch, int epochs, double loss);
  }

  private final BooleanSupplier wanted;
  private final Listener listener;
  private final int before;
  private final int all;
  private final LongSupplier nanos;
  private boolean told;
  private long toldNanos;

  /**
   * By the usual clock.
   *
   * @param wanted asked before every epoch
   * @param before epochs that were done of the same fit
   * @param all that are to be done of it
   */
  public Progress(BooleanSupplier wanted, Listener listener, int before, int all) {
    this(wanted, listener, before, all, System::nanoTime);
  }

  /** By a clock of its own; what is fitted does not depend on it. */
  Progress(BooleanSupplier wanted, Listener listener, int before, int all, LongSupplier nanos) {
    this.wanted = wanted;
    this.listener = listener;
    this.before = before;
    this.all = all;
    this.nanos = nanos;
  }

  boolean isWanted() {
    return wanted.getAsBoolean();
  }

  /** Another beginning. */
  void begin() {
    told = false;
  }

  boolean isDue() {
    return !told || nanos.getAsLong() - toldNanos >= APART_NANOS;
  }

  void tell(int epoch, double loss) {
    told = true;
    toldNanos = nanos.getAsLong();
    listener.running(before + epoch, all, loss);
  }
}
