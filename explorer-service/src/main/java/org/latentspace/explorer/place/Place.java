package org.latentspace.explorer.place;

/**
 * A place in the latent space, and how to go there.
 *
 * @param position the target: x, y, ... each 0..1; never written to
 * @param noise 0..2: standard deviation around the place, in units of the latent prior
 * @param rampMs 0..5000: time for the glide to the target
 * @param mode how it was found
 */
public record Place(float[] position, float noise, float rampMs, Mode mode) {
  public static final float MOST_NOISE = 2;
  public static final float MOST_RAMP_MS = 5000;

  public float x() {
    return position[0];
  }

  public float y() {
    return position[1];
  }
}
