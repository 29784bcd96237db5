package org.latentspace.explorer.place;

import org.latentspace.explorer.feature.Frame;
import org.latentspace.explorer.mapping.TaughtMapping.Motion;
import org.latentspace.explorer.place.Place.Mode;
import org.latentspace.explorer.trajectory.Trajectory;

/**
 * What steers a performer's point: the settings, the hand, presets and trajectories. Each call is
 * short and holds the performer's own lock.
 */
abstract class SteeredPoint {
  private final PerformerSettings.Defaults beginning;
  // Called with the lock held.
  final PointPath path;
  // As they are meant, whatever is on its way to them.
  private PerformerSettings wanted;
  // Of these, what somebody has made.
  private PerformerSettings chosen = PerformerSettings.NOTHING;
  // What the mapping or the hand says.
  private Place wish;
  private Place newest;

  SteeredPoint(PerformerSettings.Defaults settings, long seed) {
    beginning = settings;
    wanted = settings.choices();
    wish = wanted(Setting.HAND);
    path = new PointPath(wish, seed);
    newest = wish;
  }

  /** Where the point is with this frame, when the mapping or the hand says this. */
  final Place go(Place said, Frame heard) {
    wish = said;
    boolean led = !path.replays().isEmpty();
    newest = path.go(wish, wanted, heard);
    if (led && path.replays().isEmpty()) {
      stay();
    }
    return newest;
  }

  /**
   * Puts the point by hand; it moves there in mode select, and nothing else leads it any more.
   *
   * @param byHand in movement the position is a velocity; without further values these stay
   */
  public final synchronized void put(Place byHand) {
    boolean elsewhere = !byHand.further().routes().isEmpty();
    Place.ExtraOutputs further = elsewhere ? byHand.further() : wanted(Setting.HAND).further();
    choose(PerformerSettings.of(Setting.HAND, byHand.in(Mode.SELECT).with(further)));
    path.take(wanted);
    show();
  }

  /** Sets what is set. Another motion leaves the point where it is. */
  public final synchronized void change(PerformerSettings change) {
    PerformerSettings whole = change;
    Motion next = change.get(Setting.MOTION);
    if (next != null && next != wanted(Setting.MOTION)) {
      // As a place the hand takes the point's, as a velocity it is at rest.
      float[] turned = next == Motion.MOVEMENT ? middle() : path.settled().position();
      whole = PerformerSettings.of(Setting.HAND, wanted(Setting.HAND).at(turned)).with(change);
      path.turn(next, wanted.with(change).get(Setting.MODE));
    }
    choose(whole);
    path.set(whole);
    path.push(wanted);
    show();
  }

  private void choose(PerformerSettings change) {
    wanted = wanted.with(change);
    chosen = chosen.with(change);
  }

  private float[] middle() {
    return beginning.choices().get(Setting.HAND).position();
  }

  /** Begins with what was set before this performer was heard; null: nothing. */
  public final synchronized void restore(PerformerSettings before) {
    chosen = before == null ? PerformerSettings.NOTHING : before;
    wanted = beginning.choices().with(chosen);
    wish = wanted(Setting.HAND);
    newest = wanted(Setting.MOTION) == Motion.MOVEMENT ? wish.at(middle()) : wish;
    path.begin(newest);
    path.push(wanted);
  }

  /**
   * Goes to a preset's state.
   *
   * @param point where the point was when it was stored
   * @param seconds 0..60 of sound; 0: at once
   */
  public final synchronized void recall(
      String preset, PerformerSettings all, Place point, double seconds) {
    path.recall(preset, wanted, point, Math.round(seconds * 1e9));
    choose(all);
    path.push(wanted);
    show();
  }

  /** The point follows the hand at once where nothing else leads it. */
  private void show() {
    if (mode() == Mode.SELECT) {
      wish = wanted(Setting.HAND);
      newest = path.isDirect(wanted(Setting.MOTION)) ? wish : newest;
    }
  }

  /** Where the hand places the point, it stays where it was led to. */
  private void stay() {
    if (mode() == Mode.SELECT && wanted(Setting.MOTION) == Motion.POSITION) {
      Place there = path.settled().with(wanted(Setting.HAND).further());
      wanted = wanted.with(Setting.HAND, there);
    }
  }

  /**
   * Writes down the way of the point from now on.
   *
   * @throws IllegalStateException one is written down already
   */
  public final synchronized void record(String trajectory) {
    if (!path.records().isEmpty()) {
      throw new IllegalStateException("trajectory " + path.records() + " is being recorded");
    }
    path.record(trajectory);
  }

  /** Ends recording; null where nothing was recorded. */
  public final synchronized Trajectory stopRecording() {
    return path.stopRecording();
  }

  /**
   * A trajectory leads the point from now on.
   *
   * @param speed 0.1..10
   * @throws IllegalStateException it is of another latent space
   */
  public final synchronized void replay(Trajectory trajectory, boolean loop, double speed) {
    int has = trajectory.width() - 2;
    int must = beginning.latentSize();
    if (has != must) {
      throw new IllegalStateException(
          "trajectory " + trajectory.name() + " has positions of " + has + ", must be " + must);
    }
    path.replay(new Trajectory.Replay(trajectory, loop, speed));
  }

  /** The trajectory leads no more; returns its name, or null where none did. */
  public final synchronized String stopReplay() {
    String name = path.stopReplay(mode());
    if (name != null) {
      stay();
      show();
    }
    return name;
  }

  /** All settings, as they hold now. */
  public final synchronized PerformerSettings choices() {
    return path.choices(wanted);
  }

  /** What somebody has set. */
  public final synchronized PerformerSettings chosen() {
    return chosen;
  }

  /** All settings, as they are meant. */
  final PerformerSettings wanted() {
    return wanted;
  }

  final <T> T wanted(Setting<T> setting) {
    return wanted.get(setting);
  }

  public final synchronized Mode mode() {
    return wanted(Setting.MODE);
  }

  /** Where the hand has put the point, or is on its way to. */
  public final Place hand() {
    return choices().get(Setting.HAND);
  }

  /** What the mapping or the hand says; in movement a velocity. */
  final Place wish() {
    return wish;
  }

  /** Where the point is. */
  public final synchronized Place newest() {
    return newest;
  }
}
