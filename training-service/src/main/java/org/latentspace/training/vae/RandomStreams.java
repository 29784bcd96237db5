package org.latentspace.training.vae;

import java.util.Random;

/**
 * Gives every epoch and every batch of a training its own source of chance, so that what a batch
 * draws does not depend on what was drawn before: a training that goes on from a checkpoint draws
 * the same as one that was never interrupted.
 */
final class RandomStreams {
  private static final int ORDER = -1;

  private final long seed;

  RandomStreams(long seed) {
    this.seed = seed;
  }

  /** For the order in which an epoch (from 1) deals its examples. */
  Random order(int epoch) {
    return new Random(mixed(epoch, ORDER));
  }

  /** For noise and variations of a batch (from 0) of an epoch (from 1). */
  Random batch(int epoch, int batch) {
    return new Random(mixed(epoch, batch));
  }

  /** SplitMix64's finaliser (Steele, Lea and Flood 2014) over the three numbers. */
  private long mixed(int epoch, int batch) {
    long z = seed * 0x9E37_79B9_7F4A_7C15L + ((long) epoch << 32) + batch;
    z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
    return z ^ (z >>> 31);
  }
}
