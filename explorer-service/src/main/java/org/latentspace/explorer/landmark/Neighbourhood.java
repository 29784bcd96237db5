package org.latentspace.explorer.landmark;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.latentspace.explorer.feature.Frame;
import org.latentspace.explorer.mapping.TaughtMapping.Motion;

/**
 * Says how far a way of playing lies from everything that was taught, against the spacing of what
 * was taught: the distance to the nearest pair, divided by the median over the pairs of the
 * distance to their own nearest neighbour. Above 1 a mapping extrapolates.
 *
 * <p>Distances are Euclidean, over the senses that all pairs have. A pair that stands alone has
 * neighbours {@value #ALONE} away, and pairs are never taken to be closer than {@value #CLOSEST} to
 * each other: ways of playing that were taught twice would make everything else an extrapolation.
 */
public final class Neighbourhood {
  public static final double ALONE = 0.25;
  public static final double CLOSEST = 0.02;

  // So many are enough for a median.
  private static final int MOST_MEASURED = 256;

  private final String[] senses;
  private final float[] inputs;
  private final int pairs;
  private final double spacing;
  // Where the newest vector has each sense; -1: nowhere.
  private final int[] entries;
  private List<String> layout = List.of();

  public Neighbourhood(List<Landmark> landmarks) {
    pairs = landmarks.size();
    senses = common(landmarks);
    inputs = new float[pairs * senses.length];
    entries = new int[senses.length];
    for (int p = 0; p < pairs; p++) {
      Landmark landmark = landmarks.get(p);
      for (int s = 0; s < senses.length; s++) {
        int entry = landmark.senses().indexOf(senses[s]);
        inputs[p * senses.length + s] = landmark.input()[entry];
      }
    }
    spacing = spacing();
  }

  private static String[] common(List<Landmark> landmarks) {
    Set<String> common = new LinkedHashSet<>();
    if (!landmarks.isEmpty()) {
      common.addAll(landmarks.get(0).senses());
    }
    landmarks.forEach(landmark -> common.retainAll(landmark.senses()));
    return common.toArray(new String[0]);
  }

  private double spacing() {
    if (pairs < 2) {
      return ALONE;
    }
    int step = (pairs + MOST_MEASURED - 1) / MOST_MEASURED;
    double[] nearest = new double[(pairs + step - 1) / step];
    for (int i = 0; i < nearest.length; i++) {
      int one = i * step;
      double least = Double.MAX_VALUE;
      for (int other = 0; other < pairs; other++) {
        if (other != one) {
          least = Math.min(least, between(one, other));
        }
      }
      nearest[i] = Math.sqrt(least);
    }
    Arrays.sort(nearest);
    int middle = nearest.length / 2;
    double median =
        nearest.length % 2 == 1 ? nearest[middle] : (nearest[middle - 1] + nearest[middle]) / 2;
    return Math.max(CLOSEST, median);
  }

  private double between(int one, int other) {
    double sum = 0;
    for (int s = 0; s < senses.length; s++) {
      double d = inputs[one * senses.length + s] - inputs[other * senses.length + s];
      sum += d * d;
    }
    return sum;
  }

  /** Whether this needs {@link #know} before it can measure vectors of these names. */
  public boolean knows(List<String> names) {
    return layout == names || layout.equals(names);
  }

  /** From now on vectors have these names. */
  public void know(List<String> names) {
    layout = List.copyOf(names);
    for (int s = 0; s < senses.length; s++) {
      entries[s] = layout.indexOf(senses[s]);
    }
  }

  /**
   * How far a vector lies from what was taught, in spacings; 0 without pairs. Senses that it does
   * not have do not count. Allocates nothing.
   *
   * @param vector of the names that are known
   */
  public float distance(float[] vector) {
    if (pairs == 0 || vector.length < layout.size()) {
      return 0;
    }
    double least = Double.MAX_VALUE;
    for (int p = 0; p < pairs; p++) {
      double sum = 0;
      int at = p * senses.length;
      for (int s = 0; s < senses.length && sum < least; s++) {
        if (entries[s] >= 0) {
          double d = vector[entries[s]] - inputs[at + s];
          sum += d * d;
        }
      }
      least = Math.min(least, sum);
    }
    return (float) (Math.sqrt(least) / spacing);
  }

  /**
   * What a pair is to the point: a way of playing, and where it leads.
   *
   * @param input 0..1; never written to
   * @param senses names of the inputs
   * @param motion whether the position is a place or a velocity
   * @param position x, y, ... 0..1; never written to
   */
  public record Landmark(float[] input, List<String> senses, Motion motion, float[] position) {
    public Landmark {
      senses = List.copyOf(senses);
    }
  }

  /** What was taught around a performer's playing: how far the newest frame lies from it. */
  public static final class Surroundings {
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
}
