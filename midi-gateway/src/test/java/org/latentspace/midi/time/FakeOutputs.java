package org.latentspace.midi.time;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes what is struck. */
final class FakeOutputs extends Silence {
  final List<Long> strokes = new CopyOnWriteArrayList<>();
  final List<Long> due = new CopyOnWriteArrayList<>();
  volatile boolean quiet;
  volatile boolean finished;

  /** Notes nothing. */
  static final class Silent extends Silence {}

  @Override
  public void strike(long dueNanos, long grain, int noteOn) {
    strokes.add(grain);
    due.add(dueNanos);
  }

  @Override
  public void quiet() {
    quiet = true;
  }

  @Override
  public void finish(long grain) {
    finished = true;
  }

  void await(int count) {
    spin(() -> strokes.size() >= count);
  }

  void awaitQuiet() {
    spin(() -> quiet);
  }

  private static void spin(java.util.function.BooleanSupplier holds) {
    long giveUp = System.nanoTime() + 20_000_000_000L;
    while (!holds.getAsBoolean()) {
      assertTrue(System.nanoTime() < giveUp, "in time");
      Thread.onSpinWait();
    }
  }
}
