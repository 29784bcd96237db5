package org.latentspace.explorer.place;

import java.util.Arrays;
import java.util.List;
import org.latentspace.explorer.heard.Frame;
import org.latentspace.explorer.heard.Gesture;
import org.latentspace.explorer.heard.RecentFrames;
import org.latentspace.explorer.mapping.Listening;
import org.latentspace.explorer.mapping.MappingMistake;
import org.latentspace.explorer.mapping.Mappings;
import org.latentspace.explorer.mapping.Network;
import org.latentspace.explorer.mapping.TaughtMapping;

/**
 * One performer's explorer: what it heard last, how it finds its point, and where the point is.
 *
 * <p>Belongs to this performer alone. Called by the stream that brings its frames and by hands on
 * the screen; each call is short and holds the performer's own lock.
 */
public final class Performer {
  private static final float HAND_RAMP_MS = 100;

  private final String name;
  private final Outputs reading;
  private Mode mode;
  private Sending sending;
  private Listening listening;
  private Place hand;
  private Place newest;
  private Place handedOn;
  private Frame frame;
  private final RecentFrames recent = new RecentFrames();
  private long missed;

  public Performer(String name, Settings settings) {
    this.name = name;
    this.reading = new Outputs(settings.latentSize());
    this.mode = settings.mode();
    this.sending = settings.sending();
    float[] middle = new float[settings.latentSize()];
    Arrays.fill(middle, 0.5f);
    this.hand = new Place(middle, 0, HAND_RAMP_MS, Mode.SELECT);
    this.newest = hand;
    this.listening = new Listening(TaughtMapping.unnamed(settings.mapping()));
  }

  public String name() {
    return name;
  }

  /**
   * Hears a frame and says where the point is now.
   *
   * <p>A frame without features (the sound ends), or with fewer entries than a mapping without
   * names needs, moves nothing.
   */
  public synchronized Place hear(Frame heard) {
    if (frame != null && heard.number() > frame.number() + 1) {
      missed += heard.number() - frame.number() - 1;
    }
    frame = heard;
    recent.hear(heard);
    boolean predicted = listening.hear(heard);
    if (mode == Mode.SELECT) {
      newest = hand;
    } else if (predicted) {
      newest = reading.place(listening.outputs(), hand, newest);
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
    if (sending == Sending.AUTO) {
      return newest;
    }
    boolean ends = frame != null && frame.origin().last();
    return ends ? (handedOn == null ? newest : handedOn) : null;
  }

  /** Remembers what was handed on. */
  public synchronized void handedOn(Place place) {
    handedOn = place;
  }

  /** Puts the point; it moves there in mode select. */
  public synchronized void put(Place byHand) {
    hand = new Place(byHand.position(), byHand.noise(), byHand.rampMs(), Mode.SELECT);
    if (mode == Mode.SELECT) {
      newest = hand;
    }
  }

  /** Chooses how the point is found and when it is handed on; null leaves that as it is. */
  public synchronized void choose(Mode newMode, Sending newSending) {
    mode = newMode == null ? mode : newMode;
    sending = newSending == null ? sending : newSending;
    newest = mode == Mode.SELECT ? hand : newest;
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
    return mode;
  }

  public synchronized Sending sending() {
    return sending;
  }

  /** Where the hand has put the point. */
  public synchronized Place hand() {
    return hand;
  }

  /** Where the point is. */
  public synchronized Place newest() {
    return newest;
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
