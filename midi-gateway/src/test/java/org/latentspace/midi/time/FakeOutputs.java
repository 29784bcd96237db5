package org.latentspace.midi.time;

import static org.latentspace.wire.Until.until;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.latentspace.midi.robot.Robot;

/** Notes what is struck. */
final class FakeOutputs implements Outputs {
  final List<Long> strokes = new CopyOnWriteArrayList<>();
  final List<Long> due = new CopyOnWriteArrayList<>();
  volatile boolean quiet;
  volatile boolean finished;

  /** Notes nothing. */
  static final class Silent implements Outputs {
    @Override
    public void strike(long dueNanos, long grain, int noteOn, Robot robot) {}
  }

  @Override
  public void strike(long dueNanos, long grain, int noteOn, Robot robot) {
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
    until(count + " strokes are struck", 20, () -> strokes.size() >= count);
  }

  void awaitQuiet() {
    until("all notes are off", 20, () -> quiet);
  }
}
