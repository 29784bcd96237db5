package org.latentspace.vae.completion;

/** Log-likelihoods under a decoded tensor, up to constants. */
final class Likelihoods {
  /** Squared error of a good model's velocities at hits, as measured on drummers: 0.05. */
  private static final double VELOCITY_VARIANCE = 0.05;

  /** Of offsets, in half steps: about 14 ms of a step of 42 ms. */
  private static final double OFFSET_VARIANCE = 0.3;

  // No cell is ever certain: one stroke that the model thinks impossible is not to decide alone.
  private static final double SURE = 1e-4;

  private Likelihoods() {}

  /** Of a stroke (or none) where the model believes in one with this probability. */
  static double onset(boolean struck, double probability) {
    double p = Math.max(SURE, Math.min(1 - SURE, probability));
    return Math.log(struck ? p : 1 - p);
  }

  /** Of a velocity 0..1. */
  static double velocity(float known, float decoded) {
    return -(known - decoded) * (double) (known - decoded) / (2 * VELOCITY_VARIANCE);
  }

  /** Of an offset in half steps. */
  static double offset(float known, float decoded) {
    return -(known - decoded) * (double) (known - decoded) / (2 * OFFSET_VARIANCE);
  }
}
