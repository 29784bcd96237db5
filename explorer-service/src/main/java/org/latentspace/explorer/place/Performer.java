package org.latentspace.explorer.place;

import java.util.Arrays;
import org.latentspace.explorer.heard.Frame;
import org.latentspace.explorer.heard.Gesture;
import org.latentspace.explorer.heard.RecentFrames;
import org.latentspace.explorer.mapping.MappingMistake;
import org.latentspace.explorer.mapping.Mappings;
import org.latentspace.explorer.mapping.Network;
import org.latentspace.explorer.mapping.Predictor;

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
  private Predictor predictor;
  private double[] outputs;
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
    play(settings.mapping());
  }

  public String name() {
    return name;
  }

  /**
   * Hears a frame and says where the point is now.
   *
   * <p>A frame that is shorter than the mapping's inputs (a sense is missing, or the sound ends)
   * moves nothing.
   */
  public synchronized Place hear(Frame heard) {
    if (frame != null && heard.number() > frame.number() + 1) {
      missed += heard.number() - frame.number() - 1;
    }
    frame = heard;
    recent.hear(heard);
    if (mode == Mode.SELECT) {
      newest = hand;
    } else if (heard.vector().length >= predictor.network().inputs()) {
      predictor.predict(heard.vector(), outputs);
      newest = reading.place(outputs, hand, newest);
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
   * Plays another mapping from the next frame on.
   *
   * @throws MappingMistake where it does not fit the performer's vector; the old one plays on
   */
  public synchronized void follow(Network mapping) throws MappingMistake {
    int entries = frame == null ? Frame.FEATURES : Math.max(Frame.FEATURES, frame.vector().length);
    Mappings.check(mapping, entries);
    play(mapping);
  }

  public synchronized Network mapping() {
    return predictor.network();
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

  private void play(Network mapping) {
    predictor = new Predictor(mapping);
    outputs = new double[mapping.outputs()];
  }
}
