package org.latentspace.midi.time;

import org.latentspace.midi.rhythm.Grid;

/**
 * The song's clock: where the song is at a time, and when it will be at a place. Whatever is asked
 * of it bends the line between both from that moment on, so the place never jumps and never goes
 * back, unless it is put elsewhere.
 *
 * <pre>
 *   place                     ____ tempo
 *     |               ___----
 *     |          _.--'  bend: the tempo changes evenly (a ramp), or differs for a while (to catch up)
 *     |    __.--'
 *     |---'------------------------- time
 *       anchor      bend ends
 * </pre>
 */
public final class Clock {
  public static final double SLOWEST_BPM = 20;
  public static final double FASTEST_BPM = 300;

  private static final double GRAINS_A_NANO_AT_1_BPM = Grid.GRAINS_PER_QUARTER / 60e9;

  private double bpm;
  private double rate;
  private long anchorNanos;
  private double anchorGrain;
  // From the anchor on the rate goes evenly from one to the other, for so long.
  private double bendFrom;
  private double bendTo;
  private long bendNanos;
  private double bendGrain;
  private boolean running;
  private int begins;
  private double beginGrain;

  /**
   * @param bpm 20..300 quarter notes a minute
   */
  public Clock(double bpm) {
    this.bpm = bpm;
    rate = bpm * GRAINS_A_NANO_AT_1_BPM;
  }

  /** Goes on as another one would from now on. */
  void begin(Clock other) {
    bpm = other.bpm;
    rate = other.rate;
    anchorNanos = other.anchorNanos;
    anchorGrain = other.anchorGrain;
    bendFrom = other.bendFrom;
    bendTo = other.bendTo;
    bendNanos = other.bendNanos;
    bendGrain = other.bendGrain;
    running = other.running;
  }

  /** Puts the song to grain 0 at this moment, and runs. */
  public void begin(long nanos) {
    begin(nanos, 0);
  }

  /** Puts the song to a place at this moment, which may be to come, and runs. */
  void begin(long nanos, double grain) {
    line(nanos, grain);
    running = true;
    beginGrain = grain;
    begins++;
  }

  /** Holds the song where it is, or lets it go on from there; a ramp ends at once. */
  public void run(boolean on, long nowNanos) {
    line(nowNanos, placeAt(nowNanos));
    running = on;
    beginGrain = anchorGrain;
    begins++;
  }

  /** 20..300, from now on. */
  public void tempo(double quartersPerMinute, long nowNanos) {
    line(nowNanos, placeAt(nowNanos));
    bpm = quartersPerMinute;
    rate = quartersPerMinute * GRAINS_A_NANO_AT_1_BPM;
  }

  /** Changes the tempo evenly for so long; at once while the song stands. */
  void ramp(double quartersPerMinute, long nanos, long nowNanos) {
    double from = rateAt(nowNanos);
    tempo(quartersPerMinute, nowNanos);
    if (running && nanos > 0) {
      bend(from, rate, nanos);
    }
  }

  /**
   * Goes at a tempo from now on, and is so many grains further in so long.
   *
   * @param grains less than 0: behind; more than the song goes in that time it cannot be
   */
  void catchUp(double quartersPerMinute, double grains, long nanos, long nowNanos) {
    tempo(quartersPerMinute, nowNanos);
    double faster = rate + grains / nanos;
    bend(faster, faster, nanos);
  }

  private void line(long nanos, double grain) {
    anchorNanos = nanos;
    anchorGrain = grain;
    bendNanos = 0;
    bendGrain = grain;
  }

  private void bend(double from, double to, long nanos) {
    bendFrom = from;
    bendTo = to;
    bendNanos = nanos;
    bendGrain = anchorGrain + (from + to) / 2 * nanos;
  }

  /** Where the song is, in grains; negative before its first beat. */
  double placeAt(long nanos) {
    if (!running) {
      return anchorGrain;
    }
    long since = nanos - anchorNanos;
    if (since >= bendNanos) {
      return bendGrain + (since - bendNanos) * rate;
    }
    double faster = since < 0 ? 0 : (bendTo - bendFrom) / (2.0 * bendNanos) * since;
    return anchorGrain + (firstRate() + faster) * since;
  }

  private double firstRate() {
    return bendNanos > 0 ? bendFrom : rate;
  }

  private double rateAt(long nanos) {
    long since = Math.max(0, nanos - anchorNanos);
    return since < bendNanos ? bendFrom + (bendTo - bendFrom) * since / bendNanos : rate;
  }

  /** Where the song is; negative before its first beat. */
  public long grainAt(long nanos) {
    return (long) Math.floor(placeAt(nanos));
  }

  /**
   * When the song has come there, as if it ran; {@link #grainAt} of that moment is never earlier
   * than the place.
   */
  public long nanosAt(long grain) {
    // A nanosecond more, lest rounding leaves the place a hair ahead and the waiter at a
    // standstill.
    return anchorNanos + (long) Math.ceil(nanosTo(grain)) + 1;
  }

  private double nanosTo(long grain) {
    if (grain >= bendGrain) {
      return bendNanos + (grain - bendGrain) / rate;
    }
    double way = grain - anchorGrain;
    if (way <= 0 || bendNanos == 0) {
      return way / firstRate();
    }
    double bending = 2 * (bendTo - bendFrom) / bendNanos;
    return 2 * way / (bendFrom + Math.sqrt(bendFrom * bendFrom + bending * way));
  }

  /** When the song was at a place that it has passed, had it always had the present tempo. */
  long lineNanos(long grain, long nowNanos) {
    return nowNanos - (long) ((placeAt(nowNanos) - grain) / rateAt(nowNanos));
  }

  /** The tempo, or that which it is on its way to. */
  public double bpm() {
    return bpm;
  }

  /** The tempo at a moment, while it catches up or changes as well. */
  double bpmAt(long nanos) {
    return running ? rateAt(nanos) / GRAINS_A_NANO_AT_1_BPM : bpm;
  }

  /** Until when the tempo is another than {@link #bpm}. */
  long bendEndNanos() {
    return anchorNanos + bendNanos;
  }

  public boolean isRunning() {
    return running;
  }

  /** Changes whenever the song begins, goes on, stops, or is put elsewhere. */
  int begins() {
    return begins;
  }

  /** From where on it is played since then. */
  double beginGrain() {
    return beginGrain;
  }
}
