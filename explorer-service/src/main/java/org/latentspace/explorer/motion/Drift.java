package org.latentspace.explorer.motion;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Lets the point wander when nobody plays: through the regions where most was taught and most was
 * played lately, smoothly, and back to the playing without a jump.
 *
 * <p>It heads for one of the places that were taught or visited, drawn at random, so that a dense
 * region is headed for as often as it is dense. Speed is at most autonomy · {@value #MOST_SPEED}
 * position units a second. Time is the sound's own and chance is seeded: the same sound drifts the
 * same way.
 */
public final class Drift {
  /** Position units a second at autonomy 1. */
  public static final double MOST_SPEED = 0.25;

  /** So long nobody plays before it begins. */
  public static final long QUIET_NANOS = 1_000_000_000L;

  /** So long the way back to the playing takes. */
  public static final long RETURN_NANOS = 500_000_000L;

  /** The places visited lately that are remembered, four a second of playing. */
  static final int VISITS = 256;

  private static final long VISIT_NANOS = 250_000_000L;
  private static final long LONGEST_WAY_NANOS = 8_000_000_000L;
  private static final double NEAR = 0.02;
  private static final double SPREAD = 0.04;
  private static final double STEER_SECONDS = 0.4;
  private static final double BRAKE_SECONDS = 0.5;

  private final int size;
  private final long seed;
  private SplittableRandom chance;
  private List<float[]> landmarks = List.of();
  private final float[][] visits;
  private long visited;
  private long sinceVisit;
  private long quiet;
  private boolean drifting;
  private double share;
  private final double[] spot;
  private final double[] velocity;
  private final double[] aim;
  private final double[] owed;
  private long onTheWay;

  /**
   * @param size entries of a position
   */
  public Drift(int size, long seed) {
    this.size = size;
    this.seed = seed;
    chance = new SplittableRandom(seed);
    visits = new float[VISITS][size];
    spot = new double[size];
    velocity = new double[size];
    aim = new double[size];
    owed = new double[size];
  }

  /** Where something was taught; never written to. */
  public void landmarks(List<float[]> places) {
    landmarks = List.copyOf(places);
  }

  /** Another sound begins: chance begins anew, and the point is where the playing leads it. */
  public void begin() {
    chance = new SplittableRandom(seed);
    visited = 0;
    stop();
  }

  /** Somebody takes the point: it is theirs at once. */
  public void stop() {
    quiet = 0;
    drifting = false;
    share = 0;
  }

  /** Share of the drift in the point, 0..1. */
  public float share() {
    return (float) share;
  }

  /** Whether it leads the point now, and is not on its way back. */
  public boolean leads() {
    return drifting;
  }

  /**
   * Time goes by.
   *
   * @param playing where the playing leads the point
   * @param played whether anybody plays
   * @param autonomy 0..1; 0: never drifts
   * @return where the point is: {@code playing} itself while nothing drifts
   */
  public float[] step(float[] playing, boolean played, double autonomy, long nanos) {
    quiet = played ? 0 : quiet + nanos;
    if (played) {
      visit(playing, nanos);
    }
    boolean drifts = autonomy > 0 && quiet > QUIET_NANOS;
    if (drifts && !drifting) {
      start(playing);
    } else if (drifting && !drifts) {
      drifting = false;
      for (int i = 0; i < size; i++) {
        owed[i] = spot[i] - playing[i];
      }
    }
    if (drifting) {
      wander(autonomy * MOST_SPEED, nanos);
      return point();
    }
    if (share == 0) {
      return playing;
    }
    share = Math.max(0, share - (double) nanos / RETURN_NANOS);
    return share == 0 ? playing : onTheWayBack(playing);
  }

  private void visit(float[] place, long nanos) {
    sinceVisit += nanos;
    if (sinceVisit >= VISIT_NANOS) {
      sinceVisit = 0;
      System.arraycopy(place, 0, visits[(int) (visited++ % VISITS)], 0, size);
    }
  }

  private void start(float[] playing) {
    for (int i = 0; i < size; i++) {
      // Also where it was on its way back.
      spot[i] = share > 0 ? playing[i] + share * owed[i] : playing[i];
      velocity[i] = 0;
    }
    drifting = true;
    share = 1;
    choose();
  }

  private float[] onTheWayBack(float[] playing) {
    float[] place = new float[size];
    for (int i = 0; i < size; i++) {
      place[i] = (float) Math.max(0, Math.min(1, playing[i] + share * owed[i]));
    }
    return place;
  }

  private float[] point() {
    float[] place = new float[size];
    for (int i = 0; i < size; i++) {
      place[i] = (float) spot[i];
    }
    return place;
  }

  private void wander(double mostSpeed, long nanos) {
    double seconds = nanos / 1e9;
    onTheWay += nanos;
    double distance = 0;
    for (int i = 0; i < size; i++) {
      distance += (aim[i] - spot[i]) * (aim[i] - spot[i]);
    }
    distance = Math.sqrt(distance);
    if (distance < NEAR || onTheWay > LONGEST_WAY_NANOS) {
      choose();
      return;
    }
    double wanted = Math.min(mostSpeed, distance / BRAKE_SECONDS) / distance;
    double turn = 1 - Math.exp(-seconds / STEER_SECONDS);
    double speed = 0;
    for (int i = 0; i < size; i++) {
      velocity[i] += turn * (wanted * (aim[i] - spot[i]) - velocity[i]);
      speed += velocity[i] * velocity[i];
    }
    double bound = Math.min(1, mostSpeed / Math.max(1e-12, Math.sqrt(speed)));
    for (int i = 0; i < size; i++) {
      velocity[i] *= bound;
      spot[i] = Math.max(0, Math.min(1, spot[i] + velocity[i] * seconds));
    }
  }

  /** Draws the next place to head for. */
  private void choose() {
    onTheWay = 0;
    int recent = (int) Math.min(visited, VISITS);
    boolean taught = !landmarks.isEmpty() && (recent == 0 || chance.nextBoolean());
    float[] region = null;
    if (taught) {
      region = landmarks.get(chance.nextInt(landmarks.size()));
    } else if (recent > 0) {
      region = visits[chance.nextInt(recent)];
    }
    for (int i = 0; i < size; i++) {
      double place =
          region == null ? chance.nextDouble() : region[i] + SPREAD * (2 * chance.nextDouble() - 1);
      aim[i] = Math.max(0, Math.min(1, place));
    }
  }
}
