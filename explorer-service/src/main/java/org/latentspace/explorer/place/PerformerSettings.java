package org.latentspace.explorer.place;

import java.util.Arrays;
import java.util.List;
import org.latentspace.explorer.mapping.FitSettings;
import org.latentspace.explorer.mapping.TaughtMapping.Motion;
import org.latentspace.explorer.motion.Movement.Bounds;
import org.latentspace.model.MappingNetwork;

/** What is set of a performer's settings: all of it, or some; what is not stays as it is. */
public final class PerformerSettings {
  /** Everything stays as it is. */
  public static final PerformerSettings NOTHING =
      new PerformerSettings(new Object[Setting.all().size()]);

  // By the settings' places; null: not set. Never written to.
  private final Object[] values;

  private PerformerSettings(Object[] values) {
    this.values = values;
  }

  /** This alone. Throws as {@link #with(Setting, Object)} does. */
  public static <T> PerformerSettings of(Setting<T> setting, T value) {
    return NOTHING.with(setting, value);
  }

  /** Null where it is not set. */
  @SuppressWarnings("unchecked") // What stands at a setting's place is of its type.
  public <T> T get(Setting<T> setting) {
    return (T) values[setting.place()];
  }

  /**
   * With this set as well.
   *
   * @param value null: as it was
   * @throws IllegalArgumentException that names the value and its range
   */
  public <T> PerformerSettings with(Setting<T> setting, T value) {
    if (value == null) {
      return this;
    }
    Object[] all = values.clone();
    all[setting.place()] = setting.checked(value);
    return new PerformerSettings(all).routed();
  }

  /** Both; where both set something, the newer one counts. */
  public PerformerSettings with(PerformerSettings newer) {
    Object[] all = values.clone();
    for (int i = 0; i < all.length; i++) {
      all[i] = newer.values[i] == null ? all[i] : newer.values[i];
    }
    return new PerformerSettings(all).routed();
  }

  /** The hand's further values are those of the routes. */
  private PerformerSettings routed() {
    Place hand = get(Setting.HAND);
    List<Route> routes = get(Setting.ROUTES);
    if (hand != null && routes != null) {
      Place.ExtraOutputs further = hand.further().by(routes);
      values[Setting.HAND.place()] = further == hand.further() ? hand : hand.with(further);
    }
    return this;
  }

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

  /**
   * How a performer begins.
   *
   * @param choices every setting
   * @param mapping that plays
   * @param seed of what is left to chance
   */
  public record Defaults(PerformerSettings choices, MappingNetwork mapping, long seed) {
    private static final float HAND_RAMP_MS = 100;

    public Defaults(
        Place.Mode mode, Setting.Sending sending, int latentSize, MappingNetwork mapping) {
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
      return PerformerSettings.of(Setting.MODE, Place.Mode.PREDICT)
          .with(Setting.SENDING, Setting.Sending.AUTO)
          .with(Setting.MOTION, Motion.POSITION)
          .with(Setting.BOUNDS, Bounds.CLAMP)
          .with(Setting.MAX_SPEED, 1f)
          .with(Setting.REST_MS, 300f)
          .with(Setting.AUTONOMY, 0f)
          .with(Setting.ROUTES, List.of())
          .with(Setting.FIT, FitSettings.USUAL)
          .with(Setting.AUTO_FIT, false)
          .with(Setting.HAND, new Place(middle, 0, HAND_RAMP_MS, Place.Mode.SELECT));
    }

    /** Entries of a position, 2..32. */
    public int latentSize() {
      return choices.get(Setting.HAND).position().length;
    }
  }
}
