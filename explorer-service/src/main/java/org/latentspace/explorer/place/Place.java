package org.latentspace.explorer.place;

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

  /** Nothing goes elsewhere. */
  public Place(float[] position, float noise, float rampMs, Mode mode) {
    this(position, noise, rampMs, mode, ExtraOutputs.NONE);
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
  Place in(Mode other) {
    return new Place(position, noise, rampMs, other, further);
  }

  /** The same with other things that go elsewhere. */
  public Place with(ExtraOutputs other) {
    return new Place(position, noise, rampMs, mode, other);
  }
}
