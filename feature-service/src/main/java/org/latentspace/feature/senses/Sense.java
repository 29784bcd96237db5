package org.latentspace.feature.senses;

import java.util.Arrays;

/**
 * One other sense of one performer: a named list of values, the newest of which count.
 *
 * <p>Whoever brings values waits for nobody but others who bring values of the same sense; whoever
 * reads the newest ones never waits.
 */
public final class Sense {
  private static final long LEAST_STALE_NANOS = 500_000_000L;
  private static final long MOST_STALE_NANOS = 30_000_000_000L;
  private static final int MISSED = 3;
  private static final int STEADY = 3;
  private static final int INTERVALS = 8;

  private final String name;
  private final int size;
  private final SenseRange range;
  private final long[] arrivals = new long[INTERVALS + 1];
  private long count;
  // Lists of another size that came in a row, and their size.
  private int others;
  private int otherSize;
  private volatile Moment newest;

  /**
   * Values, never written to again.
   *
   * @param nanos when they came
   * @param staleNanos how long after that they are stale
   */
  private record Moment(float[] values, long nanos, long staleNanos) {
    boolean isStale(long nowNanos) {
      return nowNanos - nanos >= staleNanos;
    }
  }

  /** The first values say how many there are; range: one low and high for each. */
  Sense(String name, float[] values, SenseRange range, long nowNanos) {
    this.name = name;
    this.size = values.length;
    this.range = range;
    feel(values, nowNanos);
  }

  /** Takes size values, which nobody writes to any more. */
  synchronized void feel(float[] values, long nowNanos) {
    arrivals[(int) (count % arrivals.length)] = nowNanos;
    count++;
    others = 0;
    newest = new Moment(values, nowNanos, staleNanos());
  }

  /**
   * 500 ms, or three of its own intervals where these are longer, the median of the last eight; 30
   * s at most.
   */
  private long staleNanos() {
    int known = (int) Math.min(count - 1, INTERVALS);
    if (known == 0) {
      return LEAST_STALE_NANOS;
    }
    long[] intervals = new long[known];
    for (int i = 0; i < known; i++) {
      intervals[i] = arrival(count - 1 - i) - arrival(count - 2 - i);
    }
    Arrays.sort(intervals);
    long missed = MISSED * Math.min(intervals[known / 2], MOST_STALE_NANOS);
    return Math.max(LEAST_STALE_NANOS, Math.min(MOST_STALE_NANOS, missed));
  }

  private long arrival(long number) {
    return arrivals[(int) (number % arrivals.length)];
  }

  /**
   * A list of another size has come: whether it may take this sense's place, as nothing of the old
   * size comes any more and it is the third of its size in a row.
   */
  synchronized boolean yieldsTo(int newSize, long nowNanos) {
    others = newSize == otherSize ? others + 1 : 1;
    otherSize = newSize;
    return others >= STEADY && stale(nowNanos);
  }

  /** 1..64 characters of [A-Za-z0-9_-]. */
  public String name() {
    return name;
  }

  /** Values, 1..256. */
  public int size() {
    return size;
  }

  /**
   * What its entry i, from 0, is called: "name", or "name.1", "name.2", ... where it has several.
   */
  public String entry(int i) {
    return size == 1 ? name : name + "." + (i + 1);
  }

  /** The raw value of entry i that becomes 0 as long as no rehearsal has said otherwise. */
  public double low(int i) {
    return range.low(i);
  }

  /** The raw value of entry i that becomes 1 as long as no rehearsal has said otherwise. */
  public double high(int i) {
    return range.high(i);
  }

  /** Copies the newest values behind place from, and says whether they are stale. */
  public boolean read(float[] into, int from, long nowNanos) {
    Moment moment = newest;
    System.arraycopy(moment.values, 0, into, from, size);
    return moment.isStale(nowNanos);
  }

  /** The newest values, a copy. */
  public float[] values() {
    return newest.values.clone();
  }

  /** Whether nothing has come for 500 ms and three of its own intervals. */
  public boolean stale(long nowNanos) {
    return newest.isStale(nowNanos);
  }

  /** Since the newest values came. */
  long silentNanos(long nowNanos) {
    return nowNanos - newest.nanos;
  }

  /** Values a second, the mean over the last eight at most; 0 before the second. */
  public synchronized double rateHz() {
    int intervals = (int) Math.min(count - 1, INTERVALS);
    long last = arrival(count - 1);
    long first = arrival(count - 1 - intervals);
    return last > first ? intervals * 1e9 / (last - first) : 0;
  }
}
