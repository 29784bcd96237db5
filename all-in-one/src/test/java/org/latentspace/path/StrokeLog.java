package org.latentspace.path;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.latentspace.midi.robot.Robot;
import org.latentspace.midi.time.Outputs;
import org.latentspace.midi.time.Outputs.PortState;

/** Notes what is struck, and that each stroke comes at its time: never early, never put off. */
final class StrokeLog implements Outputs {
  // What the clock adds to a place's time, lest rounding leaves it a hair early.
  private static final long ROUNDING_NANOS = 2;

  private final List<String> strokes = new ArrayList<>();
  private long beginNanos;
  private long before;
  private long now;

  /** The clock stands there now, and everything that is due is struck. */
  void turn(long nowNanos) {
    before = now;
    now = nowNanos;
  }

  List<String> strokes() {
    return strokes.stream().sorted().toList();
  }

  @Override
  public void begin(boolean offline) {
    beginNanos = now;
  }

  @Override
  public void control(long grain, int message) {
    // Controllers are no strokes.
  }

  @Override
  public void strike(long dueNanos, long grain, int noteOn, Robot robot) {
    long earliest = beginNanos + DueStrokes.nanos(grain);
    assertTrue(now >= earliest, "struck " + (earliest - now) + " ns before its time");
    assertTrue(
        before < earliest + ROUNDING_NANOS || now == beginNanos,
        "struck a turn too late: due " + earliest + ", turn " + before);
    assertTrue(Math.abs(dueNanos - earliest) <= ROUNDING_NANOS, dueNanos + " for " + earliest);
    strokes.add(DueStrokes.text(grain, noteOn >> 8 & 0x7f, noteOn & 0x7f));
  }

  @Override
  public void tempo(long grain, double bpm) {}

  @Override
  public void meter(long grain, int beatsPerBar, int beatUnit) {}

  @Override
  public void expect(long dueNanos) {}

  @Override
  public void quiet() {}

  @Override
  public void finish(long grain) {}

  @Override
  public List<PortState> states() {
    return List.of();
  }

  @Override
  public long dropped() {
    return 0;
  }

  @Override
  public String status() {
    return "ok";
  }
}
