package org.latentspace.audio.sound;

/**
 * What came back from the right: up to which block of a performer everything has been worked on,
 * and whether the performer's music is over.
 */
public record EchoProgress(String performer, long sequence, boolean finished) {}
