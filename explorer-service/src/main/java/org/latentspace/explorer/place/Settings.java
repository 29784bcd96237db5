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
 * @param choices every setting
 * @param mapping that plays
 * @param seed of what is left to chance
 */
public record Settings(PerformerSettings choices, MappingNetwork mapping, long seed) {
  private static final float HAND_RAMP_MS = 100;

  public Settings(Mode mode, Sending sending, int latentSize, MappingNetwork mapping) {
    this(usual(latentSize).with(Setting.MODE, mode).with(Setting.SENDING, sending), mapping, 1);
  }

  /**
   * Every setting as it usually is: the position is a place, and nothing drifts.
   *
   * @param latentSize entries of a position, 2..32
   */
  public static PerformerSettings usual(int latentSize) {
    float[] middle = new float[latentSize];
    Arrays.fill(middle, 0.5f);
    return PerformerSettings.of(Setting.MODE, Mode.PREDICT)
        .with(Setting.SENDING, Sending.AUTO)
        .with(Setting.MOTION, Motion.POSITION)
        .with(Setting.BOUNDS, Bounds.CLAMP)
        .with(Setting.MAX_SPEED, 1f)
        .with(Setting.REST_MS, 300f)
        .with(Setting.AUTONOMY, 0f)
        .with(Setting.ROUTES, List.of())
        .with(Setting.FIT, FitSettings.USUAL)
        .with(Setting.AUTO_FIT, false)
        .with(Setting.HAND, new Place(middle, 0, HAND_RAMP_MS, Mode.SELECT));
  }

  /** Entries of a position, 2..32. */
  public int latentSize() {
    return choices.get(Setting.HAND).position().length;
  }
}
