package org.latentspace.feature.dsp;

/**
 * Hears attacks: the level (over the last 11.6 ms, looked at every 1.5 ms whatever the hop) has
 * risen by the threshold above the valley since it last fell. After an attack the level must fall by
 * half the threshold below its peak before the next, so that one slow attack is heard once; a valley
 * creeps up by 60 dB/s, so that a crescendo is no attack.
 */
final class AttackDetector {
  private static final double SLICE_SECONDS = 0.00145;
  private static final int SLICES = 8;
  private static final double CREEP_DB_PER_SECOND = 60;
  private static final double REFRACTORY_SECONDS = 0.050;
  private static final double BELOW_FLOOR = 0.01;

  private final double[] slices = new double[SLICES];
  private final int sliceLength;
  private final double rise;
  private final double fall;
  private final double creep;
  private final double floor;
  private final long refractory;
  private int slice;
  private int inSlice;
  private double sum;
  private long samples;
  private long lastAttack;
  private boolean armed = true;
  private double valley;
  private double peak;
  private double level;

  /** rate: Hz; thresholdDb: 1..40 above the valley; floorDbfs: softer sounds begin nothing. */
  AttackDetector(double rate, double thresholdDb, double floorDbfs) {
    sliceLength = Math.max(1, (int) Math.round(SLICE_SECONDS * rate));
    rise = power(thresholdDb);
    fall = power(-thresholdDb / 2);
    creep = power(CREEP_DB_PER_SECOND * sliceLength / rate);
    floor = power(floorDbfs);
    refractory = Math.round(REFRACTORY_SECONDS * rate);
    lastAttack = -refractory;
    valley = floor * BELOW_FLOOR;
  }

  private static double power(double db) {
    return Math.pow(10, db / 10);
  }

  /** Listens to samples from..to-1; true when an attack (the first, if several) is among them. */
  boolean hear(float[] history, int from, int to) {
    boolean heard = false;
    for (int i = from; i < to; i++) {
      sum += history[i] * (double) history[i];
      samples++;
      if (++inSlice == sliceLength) {
        inSlice = 0;
        slices[slice] = sum / sliceLength;
        slice = (slice + 1) % SLICES;
        sum = 0;
        heard |= nextLevel();
      }
    }
    return heard;
  }

  private boolean nextLevel() {
    double mean = 0;
    for (double s : slices) {
      mean += s;
    }
    level = Math.max(mean / SLICES, floor * BELOW_FLOOR);
    if (!armed) {
      peak = Math.max(peak, level);
      armed = level < peak * fall;
      valley = level;
      return false;
    }
    valley = Math.min(valley * creep, level);
    if (level > valley * rise && level > floor && samples - lastAttack >= refractory) {
      begin();
      return true;
    }
    return false;
  }

  /** An onset that was heard by other means: the attack that may follow belongs to it. */
  void begin() {
    lastAttack = samples;
    armed = false;
    peak = level;
  }

  boolean refractory() {
    return samples - lastAttack < refractory;
  }
}
