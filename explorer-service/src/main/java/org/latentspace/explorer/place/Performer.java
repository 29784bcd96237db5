package org.latentspace.explorer.place;

import java.util.List;
import org.latentspace.explorer.feature.Frame;
import org.latentspace.explorer.feature.PairInput;
import org.latentspace.explorer.feature.RecentFrames;
import org.latentspace.explorer.landmark.Landmark;
import org.latentspace.explorer.landmark.Surroundings;
import org.latentspace.explorer.mapping.MappingRunner;
import org.latentspace.explorer.mapping.Motion;
import org.latentspace.explorer.mapping.TaughtMapping;
import org.latentspace.explorer.trajectory.Trajectory;
import org.latentspace.model.MappingNetwork;
import org.latentspace.model.ModelFault;

/**
 * One performer's explorer: what it heard last, how it finds its point, and where the point is.
 *
 * <p>Belongs to this performer alone. Called by the stream that brings its frames and by hands on
 * the screen; each call is short and holds the performer's own lock.
 */
public final class Performer {
  private final String name;
  private final int latentSize;
  private final Outputs reading;
  private final PointController controller;
  private RecentFrames recent = new RecentFrames();
  private MappingRunner listening;
  private Place handedOn;
  private Frame frame;
  private long missed;
  private final Surroundings surroundings = new Surroundings();

  public Performer(String name, Settings settings) {
    this.name = name;
    this.latentSize = settings.latentSize();
    this.reading = new Outputs(latentSize);
    this.controller = new PointController(settings, settings.seed() * 31 + name.hashCode());
    this.listening = new MappingRunner(TaughtMapping.unnamed(settings.mapping()));
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
    Place hand = controller.choices().get(Setting.HAND);
    Place wish = controller.wish();
    if (controller.mode() == Mode.SELECT) {
      wish = hand;
    } else if (predicted) {
      wish = reading.place(listening, hand, wish);
    }
    return controller.go(wish, heard);
  }

  /**
   * The place to hand on with the newest frame; null while sending is manual.
   *
   * <p>The end of the sound is always handed on, with the place that was handed on last: the
   * strokes to the right must end too.
   */
  public synchronized Place due() {
    if (sending() == Sending.AUTO) {
      return newest();
    }
    return !ended() ? null : handedOn == null ? newest() : handedOn;
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
    controller.put(byHand);
  }

  /** Chooses how the point is found and when it is handed on; null leaves that as it is. */
  public void choose(Mode newMode, Sending newSending) {
    change(PerformerSettings.of(Setting.MODE, newMode).with(Setting.SENDING, newSending));
  }

  /** Sets what is set. Another motion leaves the point where it is. */
  public synchronized void change(PerformerSettings change) {
    controller.change(change);
  }

  /** Begins with what was set before this performer was heard; null: nothing. */
  public synchronized void restore(PerformerSettings before) {
    controller.restore(before);
  }

  /**
   * Goes to a preset's state.
   *
   * @param point where the point was when it was stored
   * @param seconds 0..60 of sound; 0: at once
   */
  public synchronized void recall(
      String preset, PerformerSettings all, Place point, double seconds) {
    controller.recall(preset, all, point, seconds);
  }

  /**
   * Plays a mapping that was set by hand, from the next frame on.
   *
   * @throws ModelFault where it does not fit the performer's vector; the old one plays on
   */
  public void follow(MappingNetwork mapping) throws ModelFault {
    Frame newestFrame = frame();
    int entries = newestFrame == null ? 0 : newestFrame.vector().length;
    TaughtMapping.check(mapping, Math.max(Frame.FEATURES, entries));
    follow(TaughtMapping.unnamed(mapping));
  }

  /** Plays another mapping from the next frame on. */
  public void follow(TaughtMapping mapping) {
    // Its room is made before the performer is held up.
    MappingRunner next = new MappingRunner(mapping);
    synchronized (this) {
      next.continueFrom(listening);
      listening = next;
    }
  }

  /** The network of the mapping that plays. */
  public MappingNetwork mapping() {
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
    return controller.mode();
  }

  public synchronized Sending sending() {
    return controller.choices().get(Setting.SENDING);
  }

  /** Where the hand has put the point, or is on its way to. */
  public Place hand() {
    return choices().get(Setting.HAND);
  }

  /** All settings, as they hold now. */
  public synchronized PerformerSettings choices() {
    return controller.course().choices(controller.choices());
  }

  /** Names of the outputs that a mapping of this performer has: x, y, noise, z-ramp, ... */
  public synchronized List<String> outputNames() {
    List<Route> routes = controller.choices().get(Setting.ROUTES);
    return reading.names(latentSize + 2 + routes.size(), routes);
  }

  /** What somebody has set. */
  public synchronized PerformerSettings chosen() {
    return controller.chosen();
  }

  /** What was taught; the point drifts there, and what is played is measured against it. */
  public void landmarks(List<Landmark> taught) {
    surroundings.landmarks(taught);
    List<float[]> places =
        Surroundings.of(taught, Motion.POSITION).stream()
            .map(Landmark::position)
            .filter(position -> position.length == latentSize)
            .toList();
    synchronized (this) {
      controller.course().landmarks(places);
    }
  }

  /** What is going on with the point. */
  public synchronized PointStatus doing() {
    float extrapolation = surroundings.extrapolation(frame, controller.motion());
    return controller.course().doing(controller.choices(), extrapolation);
  }

  /** Which input moves which output at the newest frame; null before the first with features. */
  public synchronized Sensitivity sensitivity() {
    return recent.mean(0) == null
        ? null
        : Sensitivity.of(listening, reading, controller.choices().get(Setting.ROUTES));
  }

  /**
   * Writes down the way of the point from now on.
   *
   * @throws IllegalStateException one is written down already
   */
  public synchronized void record(String trajectory) {
    controller.record(trajectory);
  }

  /** Ends recording; null where nothing was recorded. */
  public synchronized Trajectory stopRecording() {
    return controller.course().stopRecording();
  }

  /**
   * A trajectory leads the point from now on.
   *
   * @param speed 0.1..10
   * @throws IllegalStateException it is of another latent space
   */
  public synchronized void replay(Trajectory trajectory, boolean loop, double speed) {
    controller.replay(trajectory, loop, speed);
  }

  /** The trajectory leads no more; returns its name, or null where none did. */
  public synchronized String stopReplay() {
    return controller.stopReplay();
  }

  /** Where the point is. */
  public synchronized Place newest() {
    return controller.newest();
  }

  /** What would be taught now: where the point is; in movement what leads it, a velocity. */
  public synchronized Place meant() {
    boolean moves = controller.motion() == Motion.MOVEMENT;
    return moves ? controller.wish() : newest();
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
  public synchronized PairInput gesture(int meanMs) {
    return recent.mean(meanMs);
  }

  /** Forgets what was played in the last while, which takes much memory. */
  synchronized void forgetRecent() {
    recent = new RecentFrames();
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
