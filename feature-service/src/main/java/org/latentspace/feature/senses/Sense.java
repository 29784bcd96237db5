package org.latentspace.feature.senses;

/**
 * One other sense of one performer: a named list of values, the newest of which count.
 *
 * <p>Whoever brings values waits for nobody but others who bring values of the same sense; whoever
 * reads the newest ones never waits.
 */
public final class Sense {
  /** Silent for so long, a sense is stale: its values are held. */
  public static final long STALE_NANOS = 500_000_000L;

  private static final int INTERVALS = 8;

  private final String name;
  private final int size;
  private final SenseRange range;
  private final long[] arrivals = new long[INTERVALS + 1];
  private long count;
  private volatile Moment newest;

  /** Values, never written to again, and when they came. */
  private record Moment(float[] values, long nanos) {}

  /** The first values say how many there always are; range: one low and high for each. */
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
    newest = new Moment(values, nowNanos);
  }

  /** 1..64 characters of [A-Za-z0-9_-]. */
  public String name() {
    return name;
  }

  /** Values, 1..64. */
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
    return nowNanos - moment.nanos >= STALE_NANOS;
  }

  /** The newest values, a copy. */
  public float[] values() {
    return newest.values.clone();
  }

  /** Whether nothing has come for 500 ms. */
  public boolean stale(long nowNanos) {
    return nowNanos - newest.nanos >= STALE_NANOS;
  }

  /** Since the newest values came. */
  long silentNanos(long nowNanos) {
    return nowNanos - newest.nanos;
  }

  /** Values a second, the mean over the last eight at most; 0 before the second. */
  public synchronized double rateHz() {
    int intervals = (int) Math.min(count - 1, INTERVALS);
    long last = arrivals[(int) ((count - 1) % arrivals.length)];
    long first = arrivals[(int) ((count - 1 - intervals) % arrivals.length)];
    return last > first ? intervals * 1e9 / (last - first) : 0;
  }
}
