package org.latentspace.explorer.place;

import java.util.List;

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
      ExtraOutputs further = hand.further().by(routes);
      values[Setting.HAND.place()] = further == hand.further() ? hand : hand.with(further);
    }
    return this;
  }
}
