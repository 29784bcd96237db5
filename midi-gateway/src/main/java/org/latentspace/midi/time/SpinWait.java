package org.latentspace.midi.time;

import java.util.concurrent.locks.LockSupport;

/**
 * Waits for a moment: asleep until shortly before it, then awake. The one way of waiting, so that a
 * bare thread can be measured beside the timing thread.
 *
 * <p>Linux wakes a sleeper about 60 us late on a quiet machine; being awake for the last spinNanos
 * takes that away and costs so much processor time per wait.
 */
public final class SpinWait {
  private final long spinNanos;
  private volatile boolean woken;

  /**
   * @param spinNanos how long before the moment the thread stays awake; 0 = asleep to the end
   */
  public SpinWait(long spinNanos) {
    this.spinNanos = spinNanos;
  }

  /**
   * Waits until {@link System#nanoTime} has reached the deadline, or until woken.
   *
   * @return whether the deadline is reached
   */
  public boolean until(long deadlineNanos) {
    while (true) {
      long remaining = deadlineNanos - System.nanoTime();
      if (remaining <= 0) {
        return true;
      }
      if (woken) {
        woken = false;
        return false;
      }
      if (remaining > spinNanos) {
        LockSupport.parkNanos(this, remaining - spinNanos);
      } else {
        Thread.onSpinWait();
      }
    }
  }

  /** Ends the present wait of this thread, or else its next one. */
  public void wake(Thread waiter) {
    woken = true;
    LockSupport.unpark(waiter);
  }
}
