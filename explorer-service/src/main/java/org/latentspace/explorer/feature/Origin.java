package org.latentspace.explorer.feature;

/**
 * Where and when a value began: carried unchanged from the sound to the stroke.
 *
 * @param sequence of the performer's newest audio block in it, from 1
 * @param capturedNanos Unix time at which the block's last sample was captured
 * @param soundNanos of sound from the performer's first sample to the end of the block
 * @param lossless nothing may be dropped, and time is the sound's own
 * @param last the performer's sound ends here
 */
public record Origin(
    String performer,
    long sequence,
    long capturedNanos,
    long soundNanos,
    boolean lossless,
    boolean last) {}
