package org.latentspace.vae.latent;

/**
 * Brings the place to its target over the z-ramp, without a jump however often the target moves.
 *
 * <p>The law: every move of the target is a ramp of its own. It starts when the point arrives, runs
 * linearly in time, and is over after the z-ramp that came with the point; the place is the target
 * less what all running ramps still owe:
 *
 * <pre>
 *   target  ____|~~~~|____________        place = target - sum of what the ramps still owe
 *   ramp 1      /~~~~~~~~~~               each ramp: owes its whole move at its start,
 *   ramp 2           \__________          nothing at its end, linear between
 *   place   ____/^\______________
 * </pre>
 *
 * A point with a shorter ramp hurries the ramps that are under way, so that a target that stays is
 * reached within the newest z-ramp; ramp 0 ends them all at once. With a constant z-ramp T the
 * place is the mean of the target over the last T: it follows a target that moves with every frame
 * at a delay of T/2, where a single ramp that starts anew with every frame would creep towards the
 * target and never reach it. Older ramps are always further on than younger ones, so the place is a
 * weighted mean of targets that were given: it never overshoots.
 *
 * <p>Time is the sound's own. At the first point, and when time runs back (the performer began
 * anew), the place is the target.
 */
public final class Glide {
  /**
   * Ramps that can run at once: five seconds of 86 points each. Beyond, the oldest two are joined.
   */
  static final int MAX_RAMPS = 512;

  private static final double NANOS_PER_MS = 1e6;

  private final int size;
  private final double[] target;
  private final double[] place;
  // A ring of ramps, oldest at head; ends never descend from old to young.
  private final double[] owed;
  private final long[] end;
  private int head;
  private int running;
  private long now;
  private boolean placed;

  /** For places of so many dimensions (1 or more). */
  public Glide(int size) {
    this.size = size;
    this.target = new double[size];
    this.place = new double[size];
    this.owed = new double[size * MAX_RAMPS];
    this.end = new long[MAX_RAMPS];
  }

  /** Number of dimensions. */
  public int size() {
    return size;
  }

  /** Where the glide is, in the units of the target. */
  public float place(int dimension) {
    return (float) place[dimension];
  }

  /**
   * Moves on to a moment, and aims at a target from there.
   *
   * @param newTarget at least size entries, finite
   * @param zRampMs 0..5000
   * @param soundNanos the moment, in the sound's own time
   */
  public void aim(float[] newTarget, float zRampMs, long soundNanos) {
    if (!placed || soundNanos < now) {
      placed = true;
      now = soundNanos;
      running = 0;
      setTarget(newTarget);
    } else {
      advance(soundNanos);
      long latest = soundNanos + (long) (zRampMs * NANOS_PER_MS);
      if (latest == soundNanos) {
        running = 0;
      } else {
        hurry(latest);
        ramp(newTarget, latest);
      }
      setTarget(newTarget);
    }
    settle();
  }

  private void setTarget(float[] newTarget) {
    for (int d = 0; d < size; d++) {
      target[d] = newTarget[d];
    }
  }

  private void advance(long to) {
    while (running > 0 && end[head] <= to) {
      head = (head + 1) % MAX_RAMPS;
      running--;
    }
    for (int r = 0; r < running; r++) {
      int slot = (head + r) % MAX_RAMPS;
      double left = (double) (end[slot] - to) / (end[slot] - now);
      for (int d = 0; d < size; d++) {
        owed[slot * size + d] *= left;
      }
    }
    now = to;
  }

  private void hurry(long latest) {
    for (int r = 0; r < running; r++) {
      int slot = (head + r) % MAX_RAMPS;
      end[slot] = Math.min(end[slot], latest);
    }
  }

  private void ramp(float[] newTarget, long latest) {
    boolean moved = false;
    for (int d = 0; d < size; d++) {
      moved |= newTarget[d] != target[d];
    }
    if (!moved) {
      return;
    }
    if (running == MAX_RAMPS) {
      joinTheOldest();
    }
    int slot = (head + running) % MAX_RAMPS;
    running++;
    end[slot] = latest;
    for (int d = 0; d < size; d++) {
      owed[slot * size + d] = newTarget[d] - target[d];
    }
  }

  private void joinTheOldest() {
    int next = (head + 1) % MAX_RAMPS;
    for (int d = 0; d < size; d++) {
      owed[next * size + d] += owed[head * size + d];
    }
    head = next;
    running--;
  }

  private void settle() {
    for (int d = 0; d < size; d++) {
      double owing = 0;
      for (int r = 0; r < running; r++) {
        owing += owed[(head + r) % MAX_RAMPS * size + d];
      }
      place[d] = target[d] - owing;
    }
  }
}
