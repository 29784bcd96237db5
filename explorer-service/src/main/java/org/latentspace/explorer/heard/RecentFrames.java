package org.latentspace.explorer.heard;

import java.util.Arrays;
import java.util.List;

/**
 * What a performer was heard to play in the last ten seconds of sound, for means over a while.
 *
 * <p>Bounded: {@value #CAPACITY} places, made with the first frame. Where frames come closer than
 * {@value #SPACING_NANOS} ns, the newest takes the place of the one before. Another scaling or size
 * of the vector, or a sound that begins again, begins it anew.
 */
public final class RecentFrames {
  /** The longest while, in milliseconds of sound. */
  public static final int MOST_MS = 10_000;

  static final int CAPACITY = 2048;
  static final long SPACING_NANOS = MOST_MS * 1_000_000L / CAPACITY;

  private final long[] soundNanos = new long[CAPACITY];
  // A place after the other: the vector, then the raw values.
  private float[] entries = new float[0];
  private int size;
  private String scaling = "";
  private List<Sense> senses = List.of();
  private List<String> names = Frame.FEATURE_NAMES;
  private int newest;
  private int count;

  /** Remembers a frame; one without features is let pass. */
  public void hear(Frame frame) {
    float[] vector = frame.vector();
    if (vector.length == 0) {
      return;
    }
    long now = frame.origin().soundNanos();
    if (vector.length != size || !frame.scaling().equals(scaling) || others(frame.senses())) {
      begin(frame);
    } else if (count > 0 && now < soundNanos[newest]) {
      count = 0;
    }
    boolean close = count > 1 && now - soundNanos[before(newest)] < SPACING_NANOS;
    if (!close) {
      newest = count == 0 ? 0 : (newest + 1) % CAPACITY;
      count = Math.min(count + 1, CAPACITY);
    }
    soundNanos[newest] = now;
    int at = newest * 2 * size;
    System.arraycopy(vector, 0, entries, at, size);
    raw(frame.raw(), at + size);
    System.arraycopy(
        frame.senseRaw(), 0, entries, at + size + Frame.FEATURES, size - Frame.FEATURES);
  }

  /** Whether these are other senses than before, apart from who is stale. */
  private boolean others(List<Sense> heard) {
    if (heard.size() != senses.size()) {
      return true;
    }
    for (int i = 0; i < heard.size(); i++) {
      Sense now = heard.get(i);
      Sense then = senses.get(i);
      if (now.size() != then.size() || !now.name().equals(then.name())) {
        return true;
      }
    }
    return false;
  }

  private void begin(Frame frame) {
    int entriesOfVector = frame.vector().length;
    if (entriesOfVector != size) {
      entries = new float[CAPACITY * 2 * entriesOfVector];
    }
    size = entriesOfVector;
    scaling = frame.scaling();
    senses = frame.senses();
    names = frame.names();
    count = 0;
  }

  private void raw(RawFeatures raw, int at) {
    entries[at] = raw.ambitusSemitones();
    entries[at + 1] = raw.densityPerSecond();
    entries[at + 2] = raw.rmsLinear();
    entries[at + 3] = raw.centroidHz();
    entries[at + 4] = raw.spreadHz();
    entries[at + 5] = raw.skewness();
    entries[at + 6] = raw.kurtosis();
    entries[at + 7] = raw.rolloffHz();
    entries[at + 8] = raw.flatnessDb();
    entries[at + 9] = raw.crestDb();
  }

  private static int before(int place) {
    return (place + CAPACITY - 1) % CAPACITY;
  }

  /**
   * The mean of the frames of the last so many milliseconds of sound; null before the first.
   *
   * @param milliseconds 0..10000; 0: the newest frame alone
   */
  public Gesture mean(int milliseconds) {
    if (count == 0) {
      return null;
    }
    double[] sum = new double[2 * size];
    long after = soundNanos[newest] - milliseconds * 1_000_000L;
    int frames = 0;
    for (int place = newest; frames < count; place = before(place)) {
      if (frames > 0 && soundNanos[place] <= after) {
        break;
      }
      for (int i = 0; i < sum.length; i++) {
        sum[i] += entries[place * sum.length + i];
      }
      frames++;
    }
    float[] mean = new float[sum.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sum[i] / frames);
    }
    return new Gesture(
        Arrays.copyOf(mean, size),
        Arrays.copyOfRange(mean, size, mean.length),
        scaling,
        names,
        frames);
  }
}
