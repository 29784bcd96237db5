package org.latentspace.audio.sound;

/**
 * A numbered piece of a performer's sound, trimmed, ready to be sent.
 *
 * @param sequence counts the performer's blocks from 1
 * @param soundNanos nanoseconds of sound from the performer's first sample to the block's end
 * @param lossless nothing may be dropped, time is the sound's own
 * @param last nothing follows
 * @param sound the samples; {@link Sound#last} means nothing here
 */
public record Block(
    String performer,
    long sequence,
    long soundNanos,
    boolean lossless,
    boolean last,
    Sound sound) {}
