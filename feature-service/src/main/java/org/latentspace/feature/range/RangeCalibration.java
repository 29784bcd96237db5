package org.latentspace.feature.range;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.latentspace.feature.dsp.FrameFeatures;
import org.latentspace.feature.dsp.Range;
import org.latentspace.feature.dsp.Scaling;
import org.latentspace.feature.senses.SenseValues;
import org.latentspace.feature.senses.Senses;

/**
 * Listens to a rehearsal take: its frames that are not silent say which raw values become 0.1 (the
 * 5th percentile) and 0.9 (the 95th). A sense counts while it is not stale, and only if it was
 * there for two seconds of sound.
 *
 * <p>Takes frames in one thread and ends in another; thread-safe. After half an hour of sound, the
 * silent part too, it takes no more. Bounded: a {@link ReservoirSample} an entry, at most 266.
 */
public final class RangeCalibration {
  static final double LEAST_SECONDS = 2;
  static final double MOST_SECONDS = 30 * 60;
  private static final int MOST_ENTRIES = Scaling.SIZE + Senses.MOST_ENTRIES;
  private static final double LOW = 0.05;
  private static final double HIGH = 0.95;

  private final ReentrantLock lock = new ReentrantLock();
  private final double frameSeconds;
  private final Map<String, ReservoirSample> byEntry = new LinkedHashMap<>();
  private final ReservoirSample[] features = new ReservoirSample[Scaling.SIZE];
  private final ReservoirSample[] felt = new ReservoirSample[MOST_ENTRIES - Scaling.SIZE];
  private Range whole;
  private long frames;
  private volatile long sounding;

  /** frameSeconds: from frame to frame. */
  RangeCalibration(double frameSeconds) {
    this.frameSeconds = frameSeconds;
    for (int i = 0; i < features.length; i++) {
      features[i] = reservoir(Scaling.NAMES.get(i));
    }
  }

  /**
   * Takes a frame whose further entries are called as this range says; never waits: one that comes
   * while the range is being made is let pass.
   */
  void take(FrameFeatures heard, Range now) {
    if (lock.tryLock()) {
      try {
        listen(heard, now);
      } finally {
        lock.unlock();
      }
    }
  }

  private void listen(FrameFeatures heard, Range now) {
    frames++;
    if (heard.silent() || frames * frameSeconds > MOST_SECONDS) {
      return;
    }
    for (int i = 0; i < features.length; i++) {
      features[i].take((float) heard.raw(i));
    }
    if (now != whole) {
      whole = now;
      for (int i = 0; i < now.senses().size(); i++) {
        felt[i] = reservoir(now.senses().get(i));
      }
    }
    take(heard.felt());
    sounding++;
  }

  private void take(SenseValues now) {
    int at = 0;
    for (int i = 0; i < now.senses(); i++) {
      int end = at + now.sense(i).size();
      for (; at < end; at++) {
        if (!now.stale(i) && felt[at] != null) {
          felt[at].take(now.raw(at));
        }
      }
    }
  }

  private ReservoirSample reservoir(String entry) {
    ReservoirSample known = byEntry.get(entry);
    if (known == null && byEntry.size() < MOST_ENTRIES) {
      known = new ReservoirSample(byEntry.size() + 1);
      byEntry.put(entry, known);
    }
    return known;
  }

  /** Seconds that were not silent so far. */
  double seconds() {
    return sounding * frameSeconds;
  }

  /**
   * What was heard, as a range. Where an entry did (almost) not move, its range is widened around
   * its value, and its name is added to the widened ones.
   */
  public Range range(String name, List<String> widened) {
    lock.lock();
    try {
      return learned(name, widened);
    } finally {
      lock.unlock();
    }
  }

  private Range learned(String name, List<String> widened) {
    double[] low = new double[Scaling.SIZE];
    double[] high = new double[Scaling.SIZE];
    for (int i = 0; i < low.length; i++) {
      double span = Scaling.LSE.high(i) - Scaling.LSE.low(i);
      double[] part = features[i].quantiles(LOW, HIGH);
      if (part[1] - part[0] < span / 1000) {
        widen(part, span / 20);
        widened.add(Scaling.NAMES.get(i));
      }
      low[i] = part[0];
      high[i] = part[1];
    }
    List<String> entries = new ArrayList<>();
    List<double[]> parts = new ArrayList<>();
    byEntry.forEach(
        (entry, values) -> {
          boolean sense = !Scaling.NAMES.contains(entry);
          if (sense && values.count() * frameSeconds >= LEAST_SECONDS) {
            entries.add(entry);
            parts.add(felt(entry, values, widened));
          }
        });
    return new Range(
        Scaling.autoRange(name, low, high),
        entries,
        parts.stream().mapToDouble(part -> part[0]).toArray(),
        parts.stream().mapToDouble(part -> part[1]).toArray());
  }

  /** A sense has a unit that nobody knows, so only its own size says what is much. */
  private static double[] felt(String entry, ReservoirSample values, List<String> widened) {
    double[] part = values.quantiles(LOW, HIGH);
    double size = Math.max(Math.abs(part[0]), Math.abs(part[1]));
    if (!(part[1] - part[0] > size * 1e-6)) {
      widen(part, size > 0 ? size / 20 : 0.5);
      widened.add(entry);
    }
    return part;
  }

  private static void widen(double[] part, double by) {
    double middle = (part[0] + part[1]) / 2;
    part[0] = middle - by;
    part[1] = middle + by;
  }

  /**
   * Keeps a fair share of ever so many values, to tell percentiles of them (Vitter's algorithm R).
   * The first {@value #CAPACITY} are kept all; after that each has the same chance. With 8192
   * values of a longer take the 5th percentile is the 4.5th to 5.5th (two standard deviations).
   */
  static final class ReservoirSample {
    static final int CAPACITY = 8192;

    private final float[] values = new float[CAPACITY];
    private final SplittableRandom chance;
    private long count;

    ReservoirSample(long seed) {
      chance = new SplittableRandom(seed);
    }

    void take(float value) {
      long place = count < CAPACITY ? count : Long.remainderUnsigned(chance.nextLong(), count + 1);
      if (place < CAPACITY) {
        values[(int) place] = value;
      }
      count++;
    }

    /** Values that came. */
    long count() {
      return count;
    }

    /**
     * The quantiles at parts 0..1, between two values in proportion; at least one value has come.
     */
    double[] quantiles(double... parts) {
      int kept = (int) Math.min(count, CAPACITY);
      float[] sorted = Arrays.copyOf(values, kept);
      Arrays.sort(sorted);
      double[] found = new double[parts.length];
      for (int i = 0; i < parts.length; i++) {
        double at = parts[i] * (kept - 1);
        int below = (int) at;
        int above = Math.min(below + 1, kept - 1);
        found[i] = sorted[below] + (at - below) * ((double) sorted[above] - sorted[below]);
      }
      return found;
    }
  }
}
