package org.latentspace.midi.outlet;

/** {@code none:} counts the strokes and lets them go. */
final class NullPort implements Port {
  private volatile long strokes;
  private long count;

  @Override
  public String address() {
    return "none:";
  }

  @Override
  public String status() {
    return "ok";
  }

  @Override
  public long strokes() {
    return strokes;
  }

  @Override
  public long dropped() {
    return 0;
  }

  @Override
  public void strike(long dueNanos, long grain, int noteOn) {
    strokes = ++count;
  }

  @Override
  public void close() {}
}
