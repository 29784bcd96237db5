package org.latentspace.audio.sound;

/**
 * Something was struck.
 *
 * @param capturedNanos Unix time at which its attack was captured
 * @param levelDb mean level of its first 30 ms in dBFS, full-scale square = 0
 * @param riseDb how far its first moments rise above what was heard before
 */
public record Onset(long capturedNanos, float levelDb, float riseDb) {}
