package org.latentspace.vae.versions;

/**
 * How versions are followed.
 *
 * @param follows whether activated versions are played
 * @param line the only line of versions that is played; empty: any
 */
public record VersionSettings(boolean follows, String line) {}
