package org.latentspace.explorer.place;

import java.util.List;
import org.latentspace.explorer.heard.Frame;
import org.latentspace.explorer.heard.Gesture;
import org.latentspace.explorer.heard.RecentFrames;
import org.latentspace.explorer.landmark.Landmark;
import org.latentspace.explorer.landmark.Surroundings;
import org.latentspace.explorer.mapping.Listening;
import org.latentspace.explorer.mapping.MappingMistake;
import org.latentspace.explorer.mapping.Mappings;
import org.latentspace.explorer.mapping.Motion;
import org.latentspace.explorer.mapping.Network;
import org.latentspace.explorer.mapping.TaughtMapping;
import org.latentspace.explorer.trajectory.Replay;
import org.latentspace.explorer.trajectory.Trajectory;

/**
 * One performer's explorer: what it heard last, how it finds its point, and where the point is.
 *
 * <p>Belongs to this performer alone. Called by the stream that brings its frames and by hands on
 * the screen; each call is short and holds the performer's own lock.
 */
public final class Performer {
  private final String name;
  private final Settings beginning;
  private final Outputs reading;
  private final Course course;
  private final RecentFrames recent = new RecentFrames();
  private Choices choices;
  // Of the choices, what somebody has made.
  private Change chosen = Change.NOTHING;
  private Listening listening;
  // What the mapping or the hand says.
  private Place wish;
  private Place newest;
  private Place handedOn;
  private Frame frame;
  private long missed;
  private final Surroundings surroundings = new Surroundings();

  public Performer(String name, Settings settings) {
    this.name = name;
    this.beginning = settings;
    this.reading = new Outputs(settings.latentSize());
    this.choices = settings.choices();
    this.course = new Course(choices.hand(), settings.seed() * 31 + name.hashCode());
    this.wish = choices.hand();
    this.newest = wish;
    this.listening = new Listening(TaughtMapping.unnamed(settings.mapping()));
  }

  public String name() {
    return name;
  }

  /**
   * Hears a frame and says where the point is now.
   *
   * <p>A frame without features (the sound ends), or with fewer entries than a mapping without
   * names needs, changes nothing about what the mapping says.
   */
  public synchronized Place hear(Frame heard) {
    if (frame != null && heard.number() > frame.number() + 1) {
      missed += heard.number() - frame.number() - 1;
    }
    frame = heard;
    recent.hear(heard);
    boolean predicted = listening.hear(heard);
    if (choices.mode() == Mode.SELECT) {
      wish = choices.hand();
    } else if (predicted) {
      wish = reading.place(listening, choices.hand(), wish);
    }
    boolean led = !course.replays().isEmpty();
    newest = course.go(wish, choices, heard);
    if (led && course.replays().isEmpty()) {
      stay();
    }
    return newest;
  }

  /**
   * The place to hand on with the newest frame; null while sending is manual.
   *
   * <p>The end of the sound is always handed on, with the place that was handed on last: the
   * strokes to the right must end too.
   */
  public synchronized Place due() {
    if (choices.sending() == Sending.AUTO) {
      return newest;
    }
    boolean ends = frame != null && frame.origin().last();
    return ends ? (handedOn == null ? newest : handedOn) : null;
  }

  /** Remembers what was handed on. */
  public synchronized void handedOn(Place place) {
    handedOn = place;
  }

  /**
   * Puts the point by hand; it moves there in mode select, and nothing else leads it any more.
   *
   * @param byHand in movement the position is a velocity; without further values these stay
   */
  public synchronized void put(Place byHand) {
    boolean elsewhere = !byHand.further().routes().isEmpty();
    Further further = elsewhere ? byHand.further() : choices.hand().further();
    Change hand = Change.of(byHand.in(Mode.SELECT).with(further));
    choices = choices.with(hand);
    chosen = chosen.then(hand);
    course.take(choices);
    show();
  }

  /** Chooses how the point is found and when it is handed on; null leaves that as it is. */
  public void choose(Mode newMode, Sending newSending) {
    change(Change.of(newMode, newSending));
  }

  /** Sets what is set. Another motion leaves the point where it is. */
  public synchronized void change(Change change) {
    Change whole = change;
    Motion next = change.motion();
    if (next != null && next != choices.motion()) {
      Place hand = choices.hand();
      float[] rest = beginning.choices().hand().position();
      // As a place the hand takes the point's, as a velocity it is at rest.
      Place turned = hand.at(next == Motion.MOVEMENT ? rest : course.settled().position());
      whole = Change.of(turned).then(change);
      course.turn(next, Change.or(change.mode(), choices.mode()));
    }
    choices = choices.with(whole);
    chosen = chosen.then(whole);
    course.set(whole);
    course.push(choices);
    show();
  }

  /** Begins with what was set before this performer was heard; null: nothing. */
  public synchronized void restore(Change before) {
    chosen = before == null ? Change.NOTHING : before;
    choices = beginning.choices().with(chosen);
    newest = choices.hand();
    wish = newest;
    course.begin(newest);
    if (choices.motion() == Motion.MOVEMENT) {
      course.begin(newest.at(beginning.choices().hand().position()));
      newest = course.settled();
    }
    course.push(choices);
  }

  /**
   * Goes to a preset's state.
   *
   * @param point where the point was when it was stored
   * @param seconds 0..60 of sound; 0: at once
   */
  public synchronized void recall(String preset, Change all, Place point, double seconds) {
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

  /**
   * Plays a mapping that was set by hand, from the next frame on.
   *
   * @throws MappingMistake where it does not fit the performer's vector; the old one plays on
   */
  public void follow(Network mapping) throws MappingMistake {
    Frame newestFrame = frame();
    int entries = newestFrame == null ? 0 : newestFrame.vector().length;
    Mappings.check(mapping, Math.max(Frame.FEATURES, entries));
    follow(TaughtMapping.unnamed(mapping));
  }

  /** Plays another mapping from the next frame on. */
  public void follow(TaughtMapping mapping) {
    // Its room is made before the performer is held up.
    Listening next = new Listening(mapping);
    synchronized (this) {
      next.continueFrom(listening);
      listening = next;
    }
  }

  /** The network of the mapping that plays. */
  public Network mapping() {
    return taught().network();
  }

  /** The mapping that plays. */
  public synchronized TaughtMapping taught() {
    return listening.mapping();
  }

  /** Names of the mapping's senses that are absent or stale, and held. */
  public synchronized List<String> held() {
    return listening.held();
  }

  /** The mapping's outputs with the newest frame, each nominally 0..1. */
  public synchronized double[] outputs() {
    return listening.outputs().clone();
  }

  public synchronized Mode mode() {
    return choices.mode();
  }

  public synchronized Sending sending() {
    return choices.sending();
  }

  /** Where the hand has put the point, or is on its way to. */
  public Place hand() {
    return choices().hand();
  }

  /** All settings, as they hold now. */
  public synchronized Choices choices() {
    return course.choices(choices);
  }

  /** Names of the outputs that a mapping of this performer has: x, y, noise, z-ramp, ... */
  public synchronized List<String> outputNames() {
    int all = beginning.latentSize() + 2 + choices.routes().size();
    return reading.names(all, choices.routes());
  }

  /** What somebody has set. */
  public synchronized Change chosen() {
    return chosen;
  }

  /** What was taught; the point drifts there, and what is played is measured against it. */
  public void landmarks(List<Landmark> taught) {
    surroundings.landmarks(taught);
    List<float[]> places =
        Surroundings.of(taught, Motion.POSITION).stream()
            .map(Landmark::position)
            .filter(position -> position.length == beginning.latentSize())
            .toList();
    synchronized (this) {
      course.landmarks(places);
    }
  }

  /** What is going on with the point. */
  public synchronized Doing doing() {
    return course.doing(choices, surroundings.extrapolation(frame, choices.motion()));
  }

  /** Which input moves which output at the newest frame; null before the first with features. */
  public synchronized Sensitivity sensitivity() {
    return recent.mean(0) == null ? null : Sensitivity.of(listening, reading, choices.routes());
  }

  /**
   * Writes down the way of the point from now on.
   *
   * @throws IllegalStateException one is written down already
   */
  public synchronized void record(String trajectory) {
    if (!course.records().isEmpty()) {
      throw new IllegalStateException("trajectory " + course.records() + " is being recorded");
    }
    course.record(trajectory);
  }

  /** Ends recording; null where nothing was recorded. */
  public synchronized Trajectory stopRecording() {
    return course.stopRecording();
  }

  /**
   * A trajectory leads the point from now on.
   *
   * @param speed 0.1..10
   * @throws IllegalStateException it is of another latent space
   */
  public synchronized void replay(Trajectory trajectory, boolean loop, double speed) {
    int has = trajectory.width() - 2;
    int must = beginning.latentSize();
    if (has != must) {
      throw new IllegalStateException(
          "trajectory " + trajectory.name() + " has positions of " + has + ", must be " + must);
    }
    course.replay(new Replay(trajectory, loop, speed));
  }

  /** The trajectory leads no more; returns its name, or null where none did. */
  public synchronized String stopReplay() {
    String name = course.stopReplay(choices.mode());
    if (name != null) {
      stay();
      show();
    }
    return name;
  }

  /** Where the point is. */
  public synchronized Place newest() {
    return newest;
  }

  /** What would be taught now: where the point is; in movement what leads it, a velocity. */
  public synchronized Place meant() {
    return choices.motion() == Motion.MOVEMENT ? wish : newest;
  }

  /** The newest frame; null before the first. */
  public synchronized Frame frame() {
    return frame;
  }

  /**
   * What was played in the last while; null before the first frame with features.
   *
   * @param meanMs 0..10000 of sound; 0: the newest frame alone
   */
  public synchronized Gesture gesture(int meanMs) {
    return recent.mean(meanMs);
  }

  /** Frames that were lost on their way here. */
  public synchronized long missed() {
    return missed;
  }

  /** The sound has ended, and no other has begun. */
  public synchronized boolean ended() {
    return frame != null && frame.origin().last();
  }
}
