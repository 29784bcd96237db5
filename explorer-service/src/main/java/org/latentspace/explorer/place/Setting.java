package org.latentspace.explorer.place;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.latentspace.explorer.mapping.FitSettings;
import org.latentspace.explorer.mapping.TaughtMapping.Motion;
import org.latentspace.explorer.motion.Movement.Bounds;

/**
 * One thing that a performer can set, under its name in the contract (ExplorerSettings). A new one
 * is a line here and a field there: it is then checked, stored, carried and morphed as the others.
 */
public final class Setting<T> {
  private static final List<Setting<?>> KNOWN = new ArrayList<>();
  private static final List<Setting<Float>> MEASURED = new ArrayList<>();

  public static final Setting<Place.Mode> MODE = choice("mode", Place.Mode.values());
  public static final Setting<Sending> SENDING = choice("sending", Sending.values());

  /** Whether the position is a place or a velocity. */
  public static final Setting<Motion> MOTION = choice("motion", Motion.values());

  /** What movement does at the edge. */
  public static final Setting<Bounds> BOUNDS = choice("bounds", Bounds.values());

  /** Movement: position units a second at full deflection, 0.01..10. */
  public static final Setting<Float> MAX_SPEED = number("max_speed", 0.01f, 10);

  /** Movement: time constant with which it comes to rest in silence, 0..10000 ms. */
  public static final Setting<Float> REST_MS = number("rest_ms", 0, 10_000);

  /** How much the point drifts when nobody plays, 0..1. */
  public static final Setting<Float> AUTONOMY = number("autonomy", 0, 1);

  /** Where further outputs go. */
  public static final Setting<List<Route>> ROUTES =
      new Setting<>("routes", List.of(), Route::checked);

  /** What fits are made with. */
  public static final Setting<FitSettings> FIT = new Setting<>("fit", List.of(), fit -> fit);

  /** Fit again after every change of the pairs. */
  public static final Setting<Boolean> AUTO_FIT =
      new Setting<>("auto_fit", List.of(), auto -> auto);

  /** Where the hand has put the point; its further values are those of the routes. */
  public static final Setting<Place> HAND = new Setting<>("position", List.of(), hand -> hand);

  private final String name;
  private final List<T> choices;
  private final UnaryOperator<T> check;
  private final int place;

  private Setting(String name, List<T> choices, UnaryOperator<T> check) {
    this.name = name;
    this.choices = choices;
    this.check = check;
    place = KNOWN.size();
    KNOWN.add(this);
  }

  private static <E extends Enum<E>> Setting<E> choice(String name, E[] choices) {
    return new Setting<>(name, List.of(choices), choice -> choice);
  }

  // Written so that a NaN is refused as well.
  private static Setting<Float> number(String name, float least, float most) {
    String right = text(least) + ".." + text(most);
    Setting<Float> number =
        new Setting<>(
            name,
            List.of(),
            value -> {
              if (!(value >= least && value <= most)) {
                throw new IllegalArgumentException(name + "=" + value + ": must be " + right);
              }
              return value;
            });
    MEASURED.add(number);
    return number;
  }

  private static String text(float value) {
    return value == Math.rint(value) ? Integer.toString((int) value) : Float.toString(value);
  }

  /** All there are. */
  public static List<Setting<?>> all() {
    return Collections.unmodifiableList(KNOWN);
  }

  /** Those that are a number, and can be between two others. */
  static List<Setting<Float>> numbers() {
    return Collections.unmodifiableList(MEASURED);
  }

  /** Of its field in the contract. */
  public String name() {
    return name;
  }

  /**
   * Of an enum, its constant number i, as the contract counts from 1.
   *
   * @throws IllegalArgumentException that names the value and its range
   */
  public T choice(int i) {
    if (i < 0 || i >= choices.size()) {
      throw new IllegalArgumentException(name + "=" + (i + 1) + ": must be 0.." + choices.size());
    }
    return choices.get(i);
  }

  int place() {
    return place;
  }

  /** Throws IllegalArgumentException that names the value and its range. */
  T checked(T value) {
    return check.apply(value);
  }

  /** When the explorer hands its point on. */
  public enum Sending {
    /** Only when told: the rhythm stays until then. */
    MANUAL,
    /** With every frame. */
    AUTO
  }
}
