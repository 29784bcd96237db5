package org.latentspace.vae.latent;

/**
 * A value for something other than the rhythm; it travels with the point and is handed on as it is.
 *
 * @param name of the output that made it
 * @param destination where it goes
 * @param value in the destination's units
 */
public record Control(String name, String destination, float value) {
  /** Controls that travel with a point at most. */
  public static final int MOST = 28;
}
