package org.latentspace.explorer.preset;

import org.latentspace.explorer.place.PerformerSettings;
import org.latentspace.explorer.place.Place;

/**
 * All settings of a performer and the point, under a name.
 *
 * @param name 1..64 characters of [A-Za-z0-9_-]
 * @param settings all of them, the hand with them
 * @param point where the point was when it was stored
 */
public record Preset(String name, PerformerSettings settings, Place point) {
  /** Presets that a performer has at most. */
  public static final int MOST = 256;

  /** Longest morph to one, in seconds. */
  public static final float MOST_MORPH_S = 60;
}
