package org.latentspace.explorer.place;

import java.util.List;

/**
 * A place in the latent space, and how to go there.
 *
 * @param position the target: x, y, ... each 0..1; never written to
 * @param noise 0..2: standard deviation around the place, in units of the latent prior
 * @param rampMs 0..5000: time for the glide to the target
 * @param mode how it was found
 * @param further what goes to other destinations than the rhythm
 */
public record Place(float[] position, float noise, float rampMs, Mode mode, ExtraOutputs further) {
  public static final float MOST_NOISE = 2;
  public static final float MOST_RAMP_MS = 5000;
  private static final double RAMP_EXPONENT = Math.log(10) / Math.log(2);

  /** Nothing goes elsewhere. */
  public Place(float[] position, float noise, float rampMs, Mode mode) {
    this(position, noise, rampMs, mode, ExtraOutputs.NONE);
  }

  /**
   * Milliseconds 0..5000 for a travel of the z-ramp; what lies outside 0..1 is clipped.
   *
   * <p>A power curve, 5000 ms · u^log2(10): 0 gives 0, 0.25 gives 50 ms, 0.5 gives 500 ms, 1 gives
   * 5 s. So the musical 0..500 ms have half of it, and every step multiplies more than it adds.
   */
  public static float rampMs(double travel) {
    return (float) (MOST_RAMP_MS * Math.pow(Math.max(0, Math.min(1, travel)), RAMP_EXPONENT));
  }

  /** The travel 0..1 that gives these milliseconds. */
  public static double rampTravel(double milliseconds) {
    double part = Math.max(0, Math.min(1, milliseconds / MOST_RAMP_MS));
    return Math.pow(part, 1 / RAMP_EXPONENT);
  }

  public float x() {
    return position[0];
  }

  public float y() {
    return position[1];
  }

  /** The same but for the position. */
  public Place at(float[] other) {
    return new Place(other, noise, rampMs, mode, further);
  }

  /** The same, found otherwise. */
  public Place in(Mode other) {
    return new Place(position, noise, rampMs, other, further);
  }

  /** The same with other things that go elsewhere. */
  public Place with(ExtraOutputs other) {
    return new Place(position, noise, rampMs, mode, other);
  }

  /** How the explorer finds its point. */
  public enum Mode {
    /** The hand places the point; the sound is heard but moves nothing. */
    SELECT,
    /** The taught mapping places the point from what is heard. */
    PREDICT
  }

  /**
   * What goes to other destinations than the rhythm.
   *
   * @param values 0..1, one for each route; never written to
   */
  public record ExtraOutputs(List<Route> routes, float[] values) {
    /** Nothing does. */
    public static final ExtraOutputs NONE = new ExtraOutputs(List.of(), new float[0]);

    public ExtraOutputs {
      routes = List.copyOf(routes);
    }

    /** The same by other routes: one of the same name keeps its value, a new one begins at 0. */
    public ExtraOutputs by(List<Route> others) {
      if (others.equals(routes)) {
        return this;
      }
      float[] next = new float[others.size()];
      for (int i = 0; i < next.length; i++) {
        next[i] = value(others.get(i).name(), 0);
      }
      return new ExtraOutputs(others, next);
    }

    /** The value of the route of that name. */
    public float value(String name, float otherwise) {
      for (int i = 0; i < values.length; i++) {
        if (routes.get(i).name().equals(name)) {
          return values[i];
        }
      }
      return otherwise;
    }
  }
}
