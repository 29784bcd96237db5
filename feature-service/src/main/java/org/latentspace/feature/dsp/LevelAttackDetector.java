package org.latentspace.feature.dsp;

/**
 * Hears attacks: the level (over the last 11.6 ms, looked at every 1.5 ms whatever the hop) has
 * risen by the threshold above the valley since it last fell. It is taken behind a gentle high-pass
 * of 150 Hz, because the low end of a room's noise comes and goes more than notes do.
 *
 * <p>A low note comes in pulses that lie further apart than 11.6 ms, so the valley is one of the
 * highest levels of a period, not of single levels; while no period is known, or the low end
 * prevails as in hum, of 25 ms. After an attack the level must fall by half the threshold below its
 * peak before the next, so that one slow attack is heard once, or after 150 ms no longer rise by
 * more than 60 dB/s, so that a steady floor does not make it deaf. The valley creeps up by as much,
 * so that a crescendo is no attack. What sounds when listening begins has not begun there.
 */
final class LevelAttackDetector extends AttackDetector {
  private static final double SLICE_SECONDS = 0.00145;
  private static final int SLICES = 8;
  private static final double LONGEST_PERIOD_SECONDS = 0.025;

  /** A period is covered by the level's own window and so many slices less. */
  private static final int COVERED = SLICES - 2;

  private static final double CREEP_DB_PER_SECOND = 60;
  private static final double BELOW_FLOOR = 0.01;

  /** Behind the high-pass a low note may be softer than the floor. */
  private static final double SOFT = 0.1;

  private static final double HIGH_PASS_HZ = 150;

  /** Before 35 ms have been heard there is no level to compare with. */
  private static final int SLICES_TO_FILL = 24;

  /** A note may stand for a moment before it unfolds. */
  private static final double BLOOM_SECONDS = 0.150;

  /** Sound whose level falls by as much (9.5 dB) behind the high-pass has long periods. */
  private static final double LOW = 9;

  private final double[] slices = new double[SLICES];
  private final double[] lowSlices = new double[SLICES];
  private final double[] levels;
  private final int sliceLength;
  private final double rise;
  private final double fall;
  private final double creep;
  private final double floor;
  private final long bloom;
  private final double pole;
  private final double gain;
  private double previous;
  private double high;
  private int slice;
  private int slicesToFill = SLICES_TO_FILL;
  private int newestLevel;
  private int inSlice;
  private double sum;
  private double lowSum;
  private boolean armed;
  private double valley;
  private double peak;
  private double reached;
  private double level;

  /** rate: Hz; thresholdDb: 1..40 above the valley; floorDbfs: softer sounds begin nothing. */
  LevelAttackDetector(double rate, double thresholdDb, double floorDbfs) {
    super(rate, BLOOM_SECONDS);
    sliceLength = Math.max(1, (int) Math.round(SLICE_SECONDS * rate));
    levels = new double[heldSlices(LONGEST_PERIOD_SECONDS * rate)];
    rise = power(thresholdDb);
    fall = power(-thresholdDb / 2);
    creep = power(CREEP_DB_PER_SECOND * sliceLength / rate);
    floor = power(floorDbfs);
    bloom = Math.round(BLOOM_SECONDS * rate);
    reached = floor * SOFT;
    double k = Math.tan(Math.PI * HIGH_PASS_HZ / rate);
    pole = (1 - k) / (1 + k);
    gain = 1 / (1 + k);
  }

  private static double power(double db) {
    return Math.pow(10, db / 10);
  }

  private int heldSlices(double period) {
    return Math.max(1, (int) Math.ceil(period / sliceLength) - COVERED);
  }

  @Override
  boolean hear(float[] history, int from, int to, double loud, double period) {
    int held = period > 0 ? Math.min(levels.length, heldSlices(period)) : levels.length;
    boolean audible = loud * loud > floor;
    boolean heard = false;
    double x1 = previous;
    double y = high;
    for (int i = from; i < to; i++) {
      double x = history[i];
      y = pole * y + gain * (x - x1);
      x1 = x;
      sum += y * y;
      lowSum += x * x;
      samples++;
      if (++inSlice == sliceLength) {
        inSlice = 0;
        slices[slice] = sum / sliceLength;
        lowSlices[slice] = lowSum / sliceLength;
        slice = (slice + 1) % SLICES;
        sum = 0;
        lowSum = 0;
        heard |= nextLevel(held, audible);
      }
    }
    previous = x1;
    high = HighPass.orNothing(y);
    return heard;
  }

  private boolean nextLevel(int held, boolean audible) {
    double mean = 0;
    double whole = 0;
    for (int i = 0; i < SLICES; i++) {
      mean += slices[i];
      whole += lowSlices[i];
    }
    level = Math.max(mean / SLICES, floor * BELOW_FLOOR);
    boolean low = whole > LOW * mean && whole / SLICES > floor / 2;
    newestLevel = (newestLevel + 1) % levels.length;
    levels[newestLevel] = level;
    double highest = highest(low ? levels.length : held);
    if (!armed) {
      peak = Math.max(peak, level);
      boolean late = samples - lastOnset > bloom;
      reached *= late ? creep : 1;
      slicesToFill = Math.max(0, slicesToFill - 1);
      armed = slicesToFill == 0 && (highest < peak * fall || late && reached >= highest);
      valley = highest;
      return false;
    }
    valley = Math.min(valley * creep, highest);
    boolean rose = level > valley * rise && level > floor * SOFT;
    if (audible && rose && !refractory()) {
      begin();
      return true;
    }
    return false;
  }

  /** Of the newest levels, so many. */
  private double highest(int held) {
    double highest = 0;
    for (int i = 0, at = newestLevel; i < held; i++) {
      highest = Math.max(highest, levels[at]);
      at = at == 0 ? levels.length - 1 : at - 1;
    }
    return highest;
  }

  @Override
  void begin() {
    super.begin();
    armed = false;
    peak = level;
    reached = level;
  }
}
