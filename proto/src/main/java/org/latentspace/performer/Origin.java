package org.latentspace.performer;

/**
 * Where and when a value began: of the newest block of sound that went into it.
 *
 * @param performer a {@link Name}
 * @param sequence the performer's blocks of sound, counted from 1
 * @param capturedNanos Unix time at which the block's last sample was captured
 * @param soundNanos nanoseconds of sound from the performer's first sample to the block's end; the
 *     only clock of what must be repeated exactly
 * @param lossless nothing may be dropped
 * @param last the performer's sound ends with this block
 * @param onset the newest one up to this block
 */
public record Origin(
    String performer,
    long sequence,
    long capturedNanos,
    long soundNanos,
    boolean lossless,
    boolean last,
    Onset onset) {

  /** Of a block before the first onset. */
  public Origin(
      String performer,
      long sequence,
      long capturedNanos,
      long soundNanos,
      boolean lossless,
      boolean last) {
    this(performer, sequence, capturedNanos, soundNanos, lossless, last, Onset.NONE);
  }
}
