package org.latentspace.training.groove;

/** How a feel is played: how many of its strokes, and how loud. */
enum Dynamics {
  SPARSE_QUIET("sparse-quiet", 0.0, 0.45, 0.42, 0.60),
  DENSE_QUIET("dense-quiet", 0.55, 1.0, 0.46, 0.64),
  SPARSE_LOUD("sparse-loud", 0.0, 0.45, 0.78, 0.98),
  DENSE_LOUD("dense-loud", 0.55, 1.0, 0.80, 1.0);

  private final String label;
  private final double firstDensity;
  private final double lastDensity;
  private final double lowLevel;
  private final double highLevel;

  Dynamics(
      String label, double firstDensity, double lastDensity, double lowLevel, double highLevel) {
    this.label = label;
    this.firstDensity = firstDensity;
    this.lastDensity = lastDensity;
    this.lowLevel = lowLevel;
    this.highLevel = highLevel;
  }

  String label() {
    return label;
  }

  /** Share of the optional strokes in a bar, 0..1: grows every second bar. */
  double density(int bar, int bars) {
    int pair = bar / 2;
    int pairs = bars / 2;
    return firstDensity + (lastDensity - firstDensity) * pair / (pairs - 1);
  }

  /** Loudness of a bar, 0..1: swells to the middle of the groove and falls again. */
  double level(int bar, int bars) {
    double arc = 1 - Math.abs(2.0 * bar / (bars - 1) - 1);
    return lowLevel + (highLevel - lowLevel) * arc;
  }

  boolean dense() {
    return lastDensity > 0.5;
  }

  boolean loud() {
    return highLevel > 0.7;
  }
}
