package org.latentspace.audio.sound;

/**
 * A piece of sound as it comes from its source.
 *
 * @param samples mono, nominally -1..1; the first {@code count} are valid, and only during the call
 * @param count 0..4096
 * @param sampleRate Hz
 * @param capturedNanos Unix time at which the last sample was captured
 * @param last the source has ended
 */
public record Sound(float[] samples, int count, int sampleRate, long capturedNanos, boolean last) {
  /** Takes what the sources give. */
  public interface Sink {
    /** Never waits; false when nothing could be sent now. */
    boolean accept(Performer performer, Sound sound);

    /** A performer's device is missing or back: see its status. */
    default void missing(Performer performer) {}
  }

  private static final long NANOS = 1_000_000_000L;

  /** Nanoseconds that {@code samples} last; exact to 1 ns, without a sum that could drift. */
  public static long nanos(long samples, int sampleRate) {
    return samples / sampleRate * NANOS + samples % sampleRate * NANOS / sampleRate;
  }

  /** Whole samples in {@code nanos}. */
  static long samples(long nanos, int sampleRate) {
    return nanos / NANOS * sampleRate + nanos % NANOS * sampleRate / NANOS;
  }
}
