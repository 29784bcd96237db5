package org.latentspace.midi.outlet;

import org.latentspace.midi.robot.Robot;

/** {@code none:} counts the strokes and lets them go. */
final class NullPort implements Port {
  private volatile long strokes;
  private long count;

  @Override
  public String address() {
    return "none:";
  }

  @Override
  public long strokes() {
    return strokes;
  }

  @Override
  public void strike(long dueNanos, long grain, int noteOn, Robot robot) {
    strokes = ++count;
  }

  @Override
  public void close() {}
}
