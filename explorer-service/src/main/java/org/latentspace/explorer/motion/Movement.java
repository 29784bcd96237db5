package org.latentspace.explorer.motion;

/**
 * The point as something that is pushed: an action is a velocity, and the place is where it has led
 * to.
 *
 * <pre>
 *   velocity = (2 · action - 1) · most speed          0.5 is rest, 0 and 1 are full speed
 *   place    = place + velocity · time                within 0..1 by clamp, reflect or wrap
 * </pre>
 *
 * An action is held until the next one, so that a held action leads velocity · time far whatever
 * the frame rate. When it runs into a mirror (reflect) the point comes back while the action goes
 * on: the place is the unbounded way folded at the edges, and the mirrored direction lasts as long
 * as the action keeps its direction. As soon as the action turns round or comes to rest (below
 * {@value #REST_PART} of the most speed) it means again what it says. At rest the velocity decays
 * exponentially.
 */
public final class Movement {
  static final double REST_PART = 0.01;

  private static final double NANOS_PER_SECOND = 1e9;

  private final double[] place;
  private final double[] velocity;
  // -1 while the way is seen in a mirror, else 1.
  private final int[] facing;
  private boolean resting;

  /**
   * @param size entries of a position
   */
  public Movement(int size) {
    place = new double[size];
    velocity = new double[size];
    facing = new int[size];
  }

  /** Goes on from this place; the action is held. */
  public void begin(float[] position) {
    for (int i = 0; i < place.length; i++) {
      place[i] = position[i];
      facing[i] = 1;
    }
  }

  /**
   * The action from now on.
   *
   * @param action as many entries as the position, 0..1
   * @param mostSpeed position units a second at 0 and 1
   */
  public void push(float[] action, double mostSpeed) {
    resting = false;
    for (int i = 0; i < velocity.length; i++) {
      double wanted = (2.0 * action[i] - 1) * mostSpeed;
      if (wanted * velocity[i] <= 0 || Math.abs(wanted) < REST_PART * mostSpeed) {
        facing[i] = 1;
      }
      velocity[i] = wanted;
    }
  }

  /** Nothing pushes from now on: comes to rest. */
  public void rest() {
    resting = true;
  }

  /**
   * Time goes by.
   *
   * @param nanos 0 or more
   * @param restMs time constant of coming to rest; 0: at once
   */
  public void step(long nanos, Bounds bounds, double restMs) {
    double seconds = nanos / NANOS_PER_SECOND;
    double kept = 1;
    if (resting) {
      double constant = restMs / 1000;
      kept = constant > 0 ? Math.exp(-seconds / constant) : 0;
      // What the decaying velocity leads to meanwhile: its integral.
      seconds = constant * (1 - kept);
    }
    for (int i = 0; i < place.length; i++) {
      place[i] = bounded(i, place[i] + facing[i] * velocity[i] * seconds, bounds);
      velocity[i] *= kept;
    }
  }

  private double bounded(int i, double way, Bounds bounds) {
    return switch (bounds) {
      case CLAMP -> Math.max(0, Math.min(1, way));
      case WRAP -> way < 0 || way > 1 ? way - Math.floor(way) : way;
      case REFLECT -> reflected(i, way);
    };
  }

  private double reflected(int i, double way) {
    if (way >= 0 && way <= 1) {
      return way;
    }
    double fields = Math.floor(way);
    boolean mirrored = Math.abs(fields % 2) == 1;
    if (mirrored) {
      facing[i] = -facing[i];
    }
    return mirrored ? 1 - (way - fields) : way - fields;
  }

  /** Where the point is, each entry 0..1. */
  public float[] place() {
    float[] position = new float[place.length];
    for (int i = 0; i < position.length; i++) {
      position[i] = (float) place[i];
    }
    return position;
  }

  /** How the point moves, in position units a second; 0 where the edge holds it. */
  public float[] velocity(Bounds bounds) {
    float[] now = new float[velocity.length];
    for (int i = 0; i < now.length; i++) {
      double v = facing[i] * velocity[i];
      boolean held = bounds == Bounds.CLAMP && (v < 0 ? place[i] <= 0 : place[i] >= 1);
      now[i] = held ? 0 : (float) v;
    }
    return now;
  }

  /** What movement does at the edge of the square. */
  public enum Bounds {
    /** The point stays at the edge. */
    CLAMP,
    /** The point comes back as from a mirror. */
    REFLECT,
    /** The point leaves on one side and enters on the other. */
    WRAP
  }

  /**
   * How much of the sound's own time goes by from frame to frame.
   *
   * <p>The sound's time, not the wall's: an offline run moves as the live one did.
   */
  public static final class SoundClock {
    /** A gap in the frames counts as no more. */
    public static final long MOST_STEP_NANOS = 250_000_000;

    private boolean heard;
    private long newest;

    /**
     * Nanoseconds 0..{@value #MOST_STEP_NANOS} since the frame before; 0 at the first one, and when
     * time runs back because another sound has begun.
     */
    public long step(long soundNanos) {
      long since = heard ? soundNanos - newest : 0;
      heard = true;
      newest = soundNanos;
      return Math.max(0, Math.min(MOST_STEP_NANOS, since));
    }

    /** Whether this moment lies before the newest one: another sound begins. */
    public boolean runsBack(long soundNanos) {
      return heard && soundNanos < newest;
    }
  }
}
