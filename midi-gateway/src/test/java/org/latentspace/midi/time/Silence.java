package org.latentspace.midi.time;

import java.util.List;

/** Outputs that do nothing. */
abstract class Silence implements Outputs {
  @Override
  public void begin(boolean offline) {}

  @Override
  public void strike(long dueNanos, long grain, int noteOn) {}

  @Override
  public void control(long grain, int message) {}

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
