package org.latentspace.explorer.place;

import java.util.List;
import org.latentspace.explorer.feature.Frame;
import org.latentspace.explorer.feature.PairInput;
import org.latentspace.explorer.feature.RecentFrames;
import org.latentspace.explorer.feature.Scale;
import org.latentspace.explorer.landmark.Neighbourhood.Landmark;
import org.latentspace.explorer.landmark.Neighbourhood.Surroundings;
import org.latentspace.explorer.mapping.MappingRunner;
import org.latentspace.explorer.mapping.TaughtMapping;
import org.latentspace.model.MappingNetwork;
import org.latentspace.model.ModelFault;

/**
 * One performer's explorer: what it heard last, how it finds its point, and where the point is.
 *
 * <p>Belongs to this performer alone. Called by the stream that brings its frames and by hands on
 * the screen; each call is short and holds the performer's own lock.
 */
public final class Performer extends SteeredPoint {
  private final String name;
  private final int latentSize;
  private final Outputs reading;
  private RecentFrames recent = new RecentFrames();
  private MappingRunner listening;
  private Place handedOn;
  private Frame frame;
  private long missed;
  private Scale scale;
  private long pairsRevision;
  private final Surroundings surroundings = new Surroundings();

  public Performer(String name, PerformerSettings.Defaults settings) {
    super(settings, settings.seed() * 31 + name.hashCode());
    this.name = name;
    this.latentSize = settings.latentSize();
    this.reading = new Outputs(latentSize);
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
    scale = heard.scale() == null ? scale : heard.scale();
    recent.hear(heard);
    boolean predicted = listening.hear(heard);
    Place hand = wanted(Setting.HAND);
    Place said = wish();
    if (mode() == Place.Mode.SELECT) {
      said = hand;
    } else if (predicted) {
      said = reading.place(listening, hand, said);
    }
    return go(said, heard);
  }

  /**
   * The place to hand on with the newest frame; null while sending is manual.
   *
   * <p>The end of the sound is always handed on, with the place that was handed on last: the
   * strokes to the right must end too.
   */
  public synchronized Place due() {
    if (sending() == Setting.Sending.AUTO) {
      return newest();
    }
    return !ended() ? null : handedOn == null ? newest() : handedOn;
  }

  /** Remembers what was handed on. */
  public synchronized void handedOn(Place place) {
    handedOn = place;
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

  public synchronized Setting.Sending sending() {
    return wanted(Setting.SENDING);
  }

  /** Names of the outputs that a mapping of this performer has: x, y, noise, z-ramp, ... */
  public synchronized List<String> outputNames() {
    List<Route> routes = wanted(Setting.ROUTES);
    return reading.names(latentSize + 2 + routes.size(), routes);
  }

  /** What was taught; the point drifts there, and what is played is measured against it. */
  public void landmarks(List<Landmark> taught) {
    surroundings.landmarks(taught);
    List<float[]> places =
        Surroundings.of(taught, TaughtMapping.Motion.POSITION).stream()
            .map(Landmark::position)
            .filter(position -> position.length == latentSize)
            .toList();
    synchronized (this) {
      path.landmarks(places);
      pairsRevision++;
    }
  }

  /** Goes up when what was taught has changed. */
  public synchronized long pairsRevision() {
    return pairsRevision;
  }

  /** What is going on with the point. */
  public synchronized PointStatus doing() {
    float extrapolation = surroundings.extrapolation(frame, wanted(Setting.MOTION));
    return path.doing(wanted(), extrapolation);
  }

  /** Which input moves which output at the newest frame; null before the first with features. */
  public synchronized Sensitivity sensitivity() {
    return recent.mean(0) == null
        ? null
        : Sensitivity.of(listening, reading, wanted(Setting.ROUTES));
  }

  /** What would be taught now: where the point is; in movement what leads it, a velocity. */
  public synchronized Place meant() {
    return wanted(Setting.MOTION) == TaughtMapping.Motion.MOVEMENT ? wish() : newest();
  }

  /** The newest frame; null before the first. */
  public synchronized Frame frame() {
    return frame;
  }

  /** The scaling that was heard last; null before the first. */
  public synchronized Scale scale() {
    return scale;
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

  /**
   * What is going on with the point.
   *
   * @param extrapolation distance to the nearest pair in spacings of the pairs; 0 without pairs
   * @param velocity position units a second; empty where the position is a place
   * @param drift share of the drift in the point, 0..1
   * @param replays name of the trajectory that leads the point; empty if none
   * @param records name of the trajectory that is recorded; empty if none
   * @param preset name of the preset that the point goes to; empty if none
   * @param morph how far, 0..1
   */
  public record PointStatus(
      float extrapolation,
      float[] velocity,
      float drift,
      String replays,
      String records,
      String preset,
      float morph) {}
}
