package org.latentspace.explorer.place;

import java.util.List;
import org.latentspace.explorer.mapping.FitSettings;
import org.latentspace.explorer.mapping.Motion;
import org.latentspace.explorer.motion.Bounds;

/**
 * All that a performer can set.
 *
 * @param motion whether the position is a place or a velocity
 * @param bounds what movement does at the edge
 * @param maxSpeed 0.01..10 position units a second at full deflection
 * @param restMs 0..10000: time constant with which movement comes to rest in silence
 * @param autonomy 0..1: how much the point drifts when nobody plays
 * @param routes where further outputs go
 * @param fit what fits are made with
 * @param autoFit fit again after every change of the pairs
 * @param hand where the hand has put the point; its further values are those of the routes
 */
public record Choices(
    Mode mode,
    Sending sending,
    Motion motion,
    Bounds bounds,
    float maxSpeed,
    float restMs,
    float autonomy,
    List<Route> routes,
    FitSettings fit,
    boolean autoFit,
    Place hand) {
  public static final float LEAST_SPEED = 0.01f;
  public static final float MOST_SPEED = 10;
  public static final float MOST_REST_MS = 10_000;

  /** With what was changed. */
  public Choices with(Change change) {
    List<Route> newRoutes = Change.or(change.routes(), routes);
    Place newHand = Change.or(change.hand(), hand);
    return new Choices(
        Change.or(change.mode(), mode),
        Change.or(change.sending(), sending),
        Change.or(change.motion(), motion),
        Change.or(change.bounds(), bounds),
        Change.or(change.maxSpeed(), maxSpeed),
        Change.or(change.restMs(), restMs),
        Change.or(change.autonomy(), autonomy),
        newRoutes,
        Change.or(change.fit(), fit),
        Change.or(change.autoFit(), autoFit),
        newHand.with(newHand.further().by(newRoutes)));
  }

  /** All of it, to be taken over elsewhere. */
  public Change all() {
    return new Change(
        mode, sending, motion, bounds, maxSpeed, restMs, autonomy, routes, fit, autoFit, hand);
  }
}
