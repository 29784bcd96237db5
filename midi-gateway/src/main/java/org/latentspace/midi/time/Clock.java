package org.latentspace.midi.time;

import org.latentspace.midi.rhythm.Grid;

/**
 * The internal clock: where the song is at a time, and when it will be at a place. A change of
 * tempo, a stop and a start bend the line between both at the moment they come, so the place never
 * jumps.
 */
public final class Clock {
  public static final double SLOWEST_BPM = 20;
  public static final double FASTEST_BPM = 300;

  private static final double GRAINS_A_NANO_AT_1_BPM = Grid.GRAINS_PER_QUARTER / 60e9;

  private double bpm;
  private double grainsPerNano;
  private long anchorNanos;
  private double anchorGrain;
  private boolean running;

  /**
   * @param bpm 20..300 quarter notes a minute
   */
  public Clock(double bpm) {
    this.bpm = bpm;
    grainsPerNano = bpm * GRAINS_A_NANO_AT_1_BPM;
  }

  /** Puts the song to grain 0 at this moment, and runs. */
  public void begin(long nanos) {
    anchorNanos = nanos;
    anchorGrain = 0;
    running = true;
  }

  /** Holds the song where it is, or lets it go on from there. */
  public void run(boolean on, long nowNanos) {
    anchor(nowNanos);
    running = on;
  }

  /** 20..300, from now on. */
  public void tempo(double quartersPerMinute, long nowNanos) {
    anchor(nowNanos);
    bpm = quartersPerMinute;
    grainsPerNano = quartersPerMinute * GRAINS_A_NANO_AT_1_BPM;
  }

  private void anchor(long nowNanos) {
    anchorGrain = place(nowNanos);
    anchorNanos = nowNanos;
  }

  private double place(long nowNanos) {
    return running ? anchorGrain + (nowNanos - anchorNanos) * grainsPerNano : anchorGrain;
  }

  /** Where the song is; negative before its first beat. */
  public long grainAt(long nanos) {
    return (long) Math.floor(place(nanos));
  }

  /**
   * When the song has come there at the present tempo, as if it ran; {@link #grainAt} of that
   * moment is never earlier than the place.
   */
  public long nanosAt(long grain) {
    // A nanosecond more, lest rounding leaves the place a hair ahead and the waiter at a
    // standstill.
    return anchorNanos + (long) Math.ceil((grain - anchorGrain) / grainsPerNano) + 1;
  }

  public double bpm() {
    return bpm;
  }

  public boolean isRunning() {
    return running;
  }
}
