package org.latentspace.explorer.place;

import org.latentspace.explorer.feature.Frame;
import org.latentspace.explorer.mapping.Motion;
import org.latentspace.explorer.trajectory.Replay;
import org.latentspace.explorer.trajectory.Trajectory;

/**
 * What steers a performer's point: the settings, the hand, presets and trajectories. Of one
 * performer, whose lock is held; {@link Performer} says what each does.
 */
final class PointController {
  private final Settings beginning;
  private final PointPath course;
  private PerformerSettings choices;
  // Of the choices, what somebody has made.
  private PerformerSettings chosen = PerformerSettings.NOTHING;
  // What the mapping or the hand says.
  private Place wish;
  private Place newest;

  PointController(Settings settings, long seed) {
    beginning = settings;
    choices = settings.choices();
    wish = choices.get(Setting.HAND);
    course = new PointPath(wish, seed);
    newest = wish;
  }

  /** Where the point is with this frame. */
  Place go(Place said, Frame heard) {
    wish = said;
    boolean led = !course.replays().isEmpty();
    newest = course.go(wish, choices, heard);
    if (led && course.replays().isEmpty()) {
      stay();
    }
    return newest;
  }

  void put(Place byHand) {
    boolean elsewhere = !byHand.further().routes().isEmpty();
    ExtraOutputs further = elsewhere ? byHand.further() : hand().further();
    PerformerSettings hand =
        PerformerSettings.of(Setting.HAND, byHand.in(Mode.SELECT).with(further));
    choices = choices.with(hand);
    chosen = chosen.with(hand);
    course.take(choices);
    show();
  }

  void change(PerformerSettings change) {
    PerformerSettings whole = change;
    Motion next = change.get(Setting.MOTION);
    if (next != null && next != motion()) {
      // As a place the hand takes the point's, as a velocity it is at rest.
      Place turned = hand().at(next == Motion.MOVEMENT ? middle() : course.settled().position());
      whole = PerformerSettings.of(Setting.HAND, turned).with(change);
      course.turn(next, choices.with(change).get(Setting.MODE));
    }
    choices = choices.with(whole);
    chosen = chosen.with(whole);
    course.set(whole);
    course.push(choices);
    show();
  }

  private float[] middle() {
    return beginning.choices().get(Setting.HAND).position();
  }

  void restore(PerformerSettings before) {
    chosen = before == null ? PerformerSettings.NOTHING : before;
    choices = beginning.choices().with(chosen);
    wish = hand();
    boolean moves = motion() == Motion.MOVEMENT;
    newest = moves ? wish.at(middle()) : wish;
    course.begin(newest);
    course.push(choices);
  }

  void recall(String preset, PerformerSettings all, Place point, double seconds) {
    course.recall(preset, choices, point, Math.round(seconds * 1e9));
    choices = choices.with(all);
    chosen = chosen.with(all);
    course.push(choices);
    show();
  }

  /** The point follows the hand at once where nothing else leads it. */
  private void show() {
    if (mode() == Mode.SELECT) {
      wish = hand();
      newest = course.isDirect(motion()) ? wish : newest;
    }
  }

  /** Where the hand places the point, it stays where it was led to. */
  private void stay() {
    if (mode() == Mode.SELECT && motion() == Motion.POSITION) {
      choices = choices.with(Setting.HAND, course.settled().with(hand().further()));
    }
  }

  void record(String trajectory) {
    if (!course.records().isEmpty()) {
      throw new IllegalStateException("trajectory " + course.records() + " is being recorded");
    }
    course.record(trajectory);
  }

  void replay(Trajectory trajectory, boolean loop, double speed) {
    int has = trajectory.width() - 2;
    int must = beginning.latentSize();
    if (has != must) {
      throw new IllegalStateException(
          "trajectory " + trajectory.name() + " has positions of " + has + ", must be " + must);
    }
    course.replay(new Replay(trajectory, loop, speed));
  }

  String stopReplay() {
    String name = course.stopReplay(mode());
    if (name != null) {
      stay();
      show();
    }
    return name;
  }

  PointPath course() {
    return course;
  }

  /** The settings as they are meant, whatever is on its way to them. */
  PerformerSettings choices() {
    return choices;
  }

  PerformerSettings chosen() {
    return chosen;
  }

  Mode mode() {
    return choices.get(Setting.MODE);
  }

  Motion motion() {
    return choices.get(Setting.MOTION);
  }

  private Place hand() {
    return choices.get(Setting.HAND);
  }

  Place wish() {
    return wish;
  }

  Place newest() {
    return newest;
  }
}
