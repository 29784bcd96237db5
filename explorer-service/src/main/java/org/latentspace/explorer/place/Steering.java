package org.latentspace.explorer.place;

import org.latentspace.explorer.heard.Frame;
import org.latentspace.explorer.mapping.Motion;
import org.latentspace.explorer.trajectory.Replay;
import org.latentspace.explorer.trajectory.Trajectory;

/**
 * What steers a performer's point: the settings, the hand, presets and trajectories. Of one
 * performer, whose lock is held; {@link Performer} says what each does.
 */
final class Steering {
  private final Settings beginning;
  private final Course course;
  private Choices choices;
  // Of the choices, what somebody has made.
  private Change chosen = Change.NOTHING;
  // What the mapping or the hand says.
  private Place wish;
  private Place newest;

  Steering(Settings settings, long seed) {
    beginning = settings;
    choices = settings.choices();
    course = new Course(choices.hand(), seed);
    wish = choices.hand();
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
    Further further = elsewhere ? byHand.further() : choices.hand().further();
    Change hand = Change.of(byHand.in(Mode.SELECT).with(further));
    choices = choices.with(hand);
    chosen = chosen.then(hand);
    course.take(choices);
    show();
  }

  void change(Change change) {
    Change whole = change;
    Motion next = change.motion();
    if (next != null && next != choices.motion()) {
      Place hand = choices.hand();
      // As a place the hand takes the point's, as a velocity it is at rest.
      Place turned = hand.at(next == Motion.MOVEMENT ? middle() : course.settled().position());
      whole = Change.of(turned).then(change);
      course.turn(next, Change.or(change.mode(), choices.mode()));
    }
    choices = choices.with(whole);
    chosen = chosen.then(whole);
    course.set(whole);
    course.push(choices);
    show();
  }

  private float[] middle() {
    return beginning.choices().hand().position();
  }

  void restore(Change before) {
    chosen = before == null ? Change.NOTHING : before;
    choices = beginning.choices().with(chosen);
    wish = choices.hand();
    boolean moves = choices.motion() == Motion.MOVEMENT;
    newest = moves ? wish.at(middle()) : wish;
    course.begin(newest);
    course.push(choices);
  }

  void recall(String preset, Change all, Place point, double seconds) {
    course.recall(preset, choices, point, Math.round(seconds * 1e9));
    choices = choices.with(all);
    chosen = chosen.then(all);
    course.push(choices);
    show();
  }

  /** The point follows the hand at once where nothing else leads it. */
  private void show() {
    if (choices.mode() == Mode.SELECT) {
      wish = choices.hand();
      newest = course.isDirect(choices.motion()) ? wish : newest;
    }
  }

  /** Where the hand places the point, it stays where it was led to. */
  private void stay() {
    if (choices.mode() == Mode.SELECT && choices.motion() == Motion.POSITION) {
      choices = choices.with(Change.of(course.settled().with(choices.hand().further())));
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
    String name = course.stopReplay(choices.mode());
    if (name != null) {
      stay();
      show();
    }
    return name;
  }

  Course course() {
    return course;
  }

  /** The settings as they are meant, whatever is on its way to them. */
  Choices choices() {
    return choices;
  }

  Change chosen() {
    return chosen;
  }

  Place wish() {
    return wish;
  }

  Place newest() {
    return newest;
  }
}
