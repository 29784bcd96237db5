package org.latentspace.explorer.place;

import java.util.List;
import org.latentspace.explorer.mapping.FitSettings;
import org.latentspace.explorer.mapping.Motion;
import org.latentspace.explorer.motion.Bounds;

/**
 * Settings that somebody has set; what is null stays as it is.
 *
 * @param maxSpeed 0.01..10 position units a second
 * @param restMs 0..10000
 * @param autonomy 0..1
 * @param hand where the hand has put the point
 */
public record Change(
    Mode mode,
    Sending sending,
    Motion motion,
    Bounds bounds,
    Float maxSpeed,
    Float restMs,
    Float autonomy,
    List<Route> routes,
    FitSettings fit,
    Boolean autoFit,
    Place hand) {
  /** Everything stays as it is. */
  public static final Change NOTHING =
      new Change(null, null, null, null, null, null, null, null, null, null, null);

  /** Throws IllegalArgumentException that names the value and its range. */
  public Change {
    within("max_speed", maxSpeed, Choices.LEAST_SPEED, Choices.MOST_SPEED);
    within("rest_ms", restMs, 0, Choices.MOST_REST_MS);
    within("autonomy", autonomy, 0, 1);
    routes = routes == null ? null : Route.checked(routes);
  }

  /** Mode and sending alone. */
  public static Change of(Mode mode, Sending sending) {
    return new Change(mode, sending, null, null, null, null, null, null, null, null, null);
  }

  /** Mode and motion alone. */
  public static Change to(Mode mode, Motion motion) {
    return new Change(mode, null, motion, null, null, null, null, null, null, null, null);
  }

  /** The hand alone. */
  public static Change of(Place hand) {
    return new Change(null, null, null, null, null, null, null, null, null, null, hand);
  }

  /** Both; where both set something, the newer one counts. */
  public Change then(Change newer) {
    return new Change(
        or(newer.mode, mode),
        or(newer.sending, sending),
        or(newer.motion, motion),
        or(newer.bounds, bounds),
        or(newer.maxSpeed, maxSpeed),
        or(newer.restMs, restMs),
        or(newer.autonomy, autonomy),
        or(newer.routes, routes),
        or(newer.fit, fit),
        or(newer.autoFit, autoFit),
        or(newer.hand, hand));
  }

  static <T> T or(T newer, T older) {
    return newer == null ? older : newer;
  }

  // Written so that a NaN is refused as well.
  private static void within(String field, Float value, float least, float most) {
    if (value != null && !(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          field + "=" + value + ": must be " + number(least) + ".." + number(most));
    }
  }

  private static String number(float value) {
    return value == Math.rint(value) ? Integer.toString((int) value) : Float.toString(value);
  }
}
