package org.latentspace.feature.senses;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The other senses of all performers, each performer's own, in the order in which they first came.
 *
 * <p>Bounded: so many performers, {@value #MOST_SENSES} senses and {@value #MOST_ENTRIES} entries a
 * performer. A sense may come before its performer's sound. When every place is taken, the
 * performer whose senses have been silent longest, and for ten seconds at least, makes room; else
 * the new one is refused. Thread-safe; reading never waits.
 */
public final class Senses {
  /** Entries of a performer's senses together. */
  public static final int MOST_ENTRIES = 256;

  /** Senses of a performer. */
  public static final int MOST_SENSES = 16;

  /**
   * A sense of which the last list that came was refused.
   *
   * @param name of the sense, which need not be in the vector
   * @param reason in one line
   * @param count lists that were refused since one was last taken
   * @param nanos when the last one came
   */
  public record Refused(String name, String reason, long count, long nanos) {
    private static final long CURRENT_NANOS = 5_000_000_000L;

    boolean isCurrent(long nowNanos) {
      return nowNanos - nanos < CURRENT_NANOS;
    }
  }

  private static final Sense[] NONE = {};
  private static final long FORGOTTEN_NANOS = 10_000_000_000L;

  private final int most;
  private final List<String> soundEntries;
  private final Map<String, SenseRange> ranges;
  private final Map<String, Sense[]> byPerformer = new ConcurrentHashMap<>();
  private final AtomicLong taken = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final RefusedSenses refusals = new RefusedSenses();

  /**
   * most: performers, at least 1; soundEntries: names that no sense can have; ranges: what is
   * configured, by the sense's name.
   */
  public Senses(int most, List<String> soundEntries, Map<String, SenseRange> ranges) {
    this.most = most;
    this.soundEntries = List.copyOf(soundEntries);
    this.ranges = Map.copyOf(ranges);
  }

  /**
   * Takes the values of a performer's sense, which nobody writes to any more: 1..256 finite ones,
   * as many as before, or as steadily come once the sense is stale. The result is null, or why they
   * are refused.
   */
  public String feel(String performer, String name, float[] values, long nowNanos) {
    Sense known = find(byPerformer.get(performer), name);
    String why = null;
    if (known != null && known.size() == values.length) {
      known.feel(values, nowNanos);
    } else {
      why = join(performer, name, values, nowNanos);
    }
    if (why == null) {
      taken.incrementAndGet();
      refusals.clear(performer, name);
    } else {
      refuse(performer, name, why, nowNanos);
    }
    return why;
  }

  /** Counts what was refused before it was known whose it is. */
  public void refuse() {
    refused.incrementAndGet();
  }

  /** Remembers what was refused; of a performer and a sense with proper names. */
  public void refuse(String performer, String name, String why, long nowNanos) {
    refuse();
    refusals.add(performer, name, why, nowNanos);
  }

  /** The performer's senses that are refused at the moment. */
  public List<Refused> refused(String performer, long nowNanos) {
    return refusals.of(performer, nowNanos);
  }

  private synchronized String join(String performer, String name, float[] values, long nowNanos) {
    Sense[] before = of(performer);
    Sense known = find(before, name);
    if (known != null && known.size() == values.length) {
      known.feel(values, nowNanos);
      return null;
    } else if (known != null && !known.yieldsTo(values.length, nowNanos)) {
      return otherSize(known, values.length);
    }
    SenseRange range = ranges.getOrDefault(name, SenseRange.UNIT);
    String why = trouble(before, known, name, values.length, range);
    if (why == null && before.length == 0 && byPerformer.size() >= most && !makeRoom(nowNanos)) {
      why = "no room for another performer's senses (feature-service.max-performers)";
    }
    if (why == null) {
      int place = known == null ? before.length : Arrays.asList(before).indexOf(known);
      Sense[] all = Arrays.copyOf(before, Math.max(before.length, place + 1));
      all[place] = new Sense(name, values, range, nowNanos);
      byPerformer.put(performer, all);
    }
    return why;
  }

  /** Why a sense cannot join, or take the place of the replaced one; null if it can. */
  private String trouble(Sense[] before, Sense replaced, String name, int size, SenseRange range) {
    int entries = Arrays.stream(before).filter(s -> s != replaced).mapToInt(Sense::size).sum();
    if (soundEntries.contains(name)) {
      return name + " is a feature of the sound";
    } else if (size < 1 || size > MOST_ENTRIES) {
      return "has " + size + " values, must be 1.." + MOST_ENTRIES;
    } else if (entries + size > MOST_ENTRIES) {
      return "no room for " + size + " entries: " + entries + " of " + MOST_ENTRIES + " are taken";
    } else if (replaced == null && before.length >= MOST_SENSES) {
      return "no room for another sense: there are " + MOST_SENSES;
    } else if (!range.fits(size)) {
      return "has "
          + size
          + " values, but feature-service.senses."
          + name
          + ".low has "
          + range.size();
    }
    return null;
  }

  private static String otherSize(Sense known, int size) {
    return "has "
        + size
        + " values, must be "
        + known.size()
        + " as before; three such lists in a row are taken once "
        + known.name()
        + " is stale";
  }

  private boolean makeRoom(long nowNanos) {
    String oldest = null;
    long longest = FORGOTTEN_NANOS;
    for (Map.Entry<String, Sense[]> entry : byPerformer.entrySet()) {
      long silent = Long.MAX_VALUE;
      for (Sense sense : entry.getValue()) {
        silent = Math.min(silent, sense.silentNanos(nowNanos));
      }
      if (silent >= longest) {
        longest = silent;
        oldest = entry.getKey();
      }
    }
    return oldest != null && byPerformer.remove(oldest) != null;
  }

  /**
   * A performer's senses in the vector's order, never written to; another array as soon as one has
   * come or gone, and the same until then.
   */
  public Sense[] of(String performer) {
    Sense[] senses = byPerformer.isEmpty() ? null : byPerformer.get(performer);
    return senses == null ? NONE : senses;
  }

  /** The same as a list. */
  public List<Sense> list(String performer) {
    return List.of(of(performer));
  }

  /** Takes a sense out of the vector; false if it is not in it. What comes later joins anew. */
  public synchronized boolean forget(String performer, String name) {
    refusals.clear(performer, name);
    Sense[] before = of(performer);
    Sense[] left = Arrays.stream(before).filter(s -> !s.name().equals(name)).toArray(Sense[]::new);
    if (left.length == 0) {
      byPerformer.remove(performer);
    } else {
      byPerformer.put(performer, left);
    }
    return left.length < before.length;
  }

  private static Sense find(Sense[] senses, String name) {
    if (senses != null) {
      for (Sense sense : senses) {
        if (sense.name().equals(name)) {
          return sense;
        }
      }
    }
    return null;
  }

  /** Lists of values that were taken. */
  public long taken() {
    return taken.get();
  }

  /** Lists of values that were refused. */
  public long refused() {
    return refused.get();
  }
}
