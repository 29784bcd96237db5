package org.latentspace.vae.playing;

/**
 * What the noise of all performers has in common.
 *
 * @param seed the same seed, performers and points give the same rhythms
 * @param noiseIntervalMs sound time between two draws, 1 or more
 */
public record NoiseSettings(long seed, int noiseIntervalMs) {}
