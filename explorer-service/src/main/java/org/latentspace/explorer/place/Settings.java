package org.latentspace.explorer.place;

import java.util.Arrays;
import java.util.List;
import org.latentspace.explorer.mapping.FitSettings;
import org.latentspace.explorer.mapping.Motion;
import org.latentspace.explorer.motion.Bounds;
import org.latentspace.model.MappingNetwork;

/**
 * How a performer begins.
 *
 * @param latentSize entries of a position, 2..32
 * @param moving what is set of motion and autonomy
 * @param seed of what is left to chance
 */
public record Settings(
    Mode mode, Sending sending, int latentSize, MappingNetwork mapping, Moving moving, long seed) {

  /** Motion and autonomy, as in {@link Choices}. */
  public record Moving(Motion motion, Bounds bounds, float maxSpeed, float restMs, float autonomy) {
    /** The position is a place, and nothing drifts. */
    public static final Moving NOT = new Moving(Motion.POSITION, Bounds.CLAMP, 1, 300, 0);
  }

  private static final float HAND_RAMP_MS = 100;

  public Settings(Mode mode, Sending sending, int latentSize, MappingNetwork mapping) {
    this(mode, sending, latentSize, mapping, Moving.NOT, 1);
  }

  /** What holds before anybody has set anything. */
  Choices choices() {
    float[] middle = new float[latentSize];
    Arrays.fill(middle, 0.5f);
    return new Choices(
        mode,
        sending,
        moving.motion,
        moving.bounds,
        moving.maxSpeed,
        moving.restMs,
        moving.autonomy,
        List.of(),
        FitSettings.USUAL,
        false,
        new Place(middle, 0, HAND_RAMP_MS, Mode.SELECT));
  }
}
