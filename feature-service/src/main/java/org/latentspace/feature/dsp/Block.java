package org.latentspace.feature.dsp;

/**
 * A block of a performer's sound, mono, 0..4096 samples at rate Hz. Sequences count from 1; captured
 * is Unix time and sound the performer's own, both at the block's last sample; nothing of a lossless
 * block may be dropped; after the last one nothing follows.
 */
public record Block(
    String performer,
    long sequence,
    long capturedNanos,
    long soundNanos,
    boolean lossless,
    boolean last,
    int rate,
    float[] samples) {}
