package org.latentspace.training.rhythm;

/**
 * One rhythm to learn, with the piece it comes from, its first bar there (from 0) and its tempo.
 */
public record Example(String song, int bar, double bpm, Rhythm rhythm) {}
