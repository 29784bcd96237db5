package org.latentspace.vae.latent;

import java.util.List;
import org.latentspace.performer.Origin;

/**
 * A place in the latent space, and how to go there.
 *
 * @param origin whose and when
 * @param position the target, 2..32 entries 0..1 of the model's latent range
 * @param noise 0..2, in units of the latent prior's standard deviation
 * @param zRampMs 0..5000, time for the glide to the target
 * @param controls for something other than the rhythm, handed on as they are
 */
public record LatentPoint(
    Origin origin, float[] position, float noise, float zRampMs, List<Control> controls) {
  public static final int MIN_SIZE = 2;
  public static final int MAX_SIZE = 32;
  public static final float MAX_NOISE = 2;
  public static final float MAX_Z_RAMP_MS = 5000;

  public LatentPoint {
    controls = List.copyOf(controls);
  }

  /** Without controls. */
  public LatentPoint(Origin origin, float[] position, float noise, float zRampMs) {
    this(origin, position, noise, zRampMs, List.of());
  }

  /**
   * A value for something other than the rhythm; it travels with the point and is handed on as it
   * is.
   *
   * @param name of the output that made it
   * @param destination where it goes
   * @param value in the destination's units
   */
  public record Control(String name, String destination, float value) {
    /** Controls that travel with a point at most. */
    public static final int MOST = 28;
  }
}
