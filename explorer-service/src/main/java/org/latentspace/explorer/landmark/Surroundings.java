package org.latentspace.explorer.landmark;

import java.util.List;
import org.latentspace.explorer.feature.Frame;
import org.latentspace.explorer.mapping.Motion;

/** What was taught around a performer's playing: how far the newest frame lies from it. */
public final class Surroundings {
  private Neighbourhood places = new Neighbourhood(List.of());
  private Neighbourhood movements = places;
  private Frame measured;
  private Motion measuredIn;
  private float extrapolation;

  /** What was taught, from now on. */
  public void landmarks(List<Landmark> taught) {
    Neighbourhood ofPlaces = new Neighbourhood(of(taught, Motion.POSITION));
    Neighbourhood ofMovements = new Neighbourhood(of(taught, Motion.MOVEMENT));
    synchronized (this) {
      places = ofPlaces;
      movements = ofMovements;
      measured = null;
    }
  }

  /** Those that were taught in this motion. */
  public static List<Landmark> of(List<Landmark> taught, Motion motion) {
    return taught.stream().filter(landmark -> landmark.motion() == motion).toList();
  }

  /** As {@link Neighbourhood#distance}, worked out once for a frame; 0 before the first. */
  public synchronized float extrapolation(Frame frame, Motion motion) {
    if (frame != null && (frame != measured || motion != measuredIn)) {
      measured = frame;
      measuredIn = motion;
      Neighbourhood near = motion == Motion.POSITION ? places : movements;
      List<String> names = frame.names();
      if (!near.knows(names)) {
        near.know(names);
      }
      extrapolation = near.distance(frame.vector());
    }
    return extrapolation;
  }
}
