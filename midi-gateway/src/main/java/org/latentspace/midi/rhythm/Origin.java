package org.latentspace.midi.rhythm;

/**
 * Where and when a rhythm began: the performer's newest sound that went into it.
 *
 * @param performer 1..64 characters
 * @param sequence the performer's audio block, from 1
 * @param capturedNanos Unix time at which its last sample was captured
 * @param soundNanos sound since the performer's first sample
 * @param lossless offline: time is the sound's own and nothing may be dropped
 * @param last the performer's sound ends here
 */
public record Origin(
    String performer,
    long sequence,
    long capturedNanos,
    long soundNanos,
    boolean lossless,
    boolean last) {}
