package org.latentspace.explorer.place;

/**
 * The travel of the z-ramp: 0..1 becomes 0..5000 ms so that the musical 0..500 ms have half of it.
 *
 * <p>A power curve, 5000 ms · u^log2(10): 0 gives 0, 0.25 gives 50 ms, 0.5 gives 500 ms, 1 gives 5
 * s, and every step of the travel multiplies more than it adds.
 */
public final class RampCurve {
  private static final double EXPONENT = Math.log(10) / Math.log(2);

  private RampCurve() {}

  /** Milliseconds 0..5000 for a travel; what lies outside 0..1 is clipped. */
  public static float milliseconds(double travel) {
    return (float) (Place.MOST_RAMP_MS * Math.pow(Math.max(0, Math.min(1, travel)), EXPONENT));
  }

  /** The travel 0..1 that gives these milliseconds. */
  public static double travel(double milliseconds) {
    double part = Math.max(0, Math.min(1, milliseconds / Place.MOST_RAMP_MS));
    return Math.pow(part, 1 / EXPONENT);
  }
}
