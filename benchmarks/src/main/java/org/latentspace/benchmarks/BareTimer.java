package org.latentspace.benchmarks;

import org.HdrHistogram.Histogram;
import org.latentspace.midi.time.Lateness;
import org.latentspace.midi.time.SpinWait;

/**
 * The floor under the strokes: a thread that does nothing but wait for moments and look how late it
 * is.
 */
final class BareTimer implements Runnable {
  private final long stepNanos;
  private final SpinWait waiting;
  private final Lateness lateness = new Lateness();
  private volatile boolean running = true;

  /**
   * @param bpm quarter notes a minute; it wakes twelve times in each
   * @param spinNanos as midi-gateway's timing thread
   */
  BareTimer(double bpm, long spinNanos) {
    stepNanos = Math.round(60e9 / bpm / 12);
    waiting = new SpinWait(spinNanos);
  }

  @Override
  public void run() {
    long due = System.nanoTime();
    while (running) {
      due += stepNanos;
      waiting.until(due);
      lateness.record(System.nanoTime() - due);
    }
  }

  void end() {
    running = false;
  }

  /** All of it, in nanoseconds. */
  Histogram all() {
    return lateness.read();
  }

  /** The last five to ten seconds, in nanoseconds. */
  Histogram lateness() {
    return lateness.recent(System.nanoTime());
  }
}
