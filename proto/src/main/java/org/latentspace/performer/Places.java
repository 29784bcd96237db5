package org.latentspace.performer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A bounded number of performers by name, in the order in which they came, each with a state T.
 *
 * <p>When all places are taken, a new performer gets the place of the one who was heard longest ago
 * among those who have sent nothing for {@value #SILENT_SECONDS} seconds or who give way before;
 * where there is none, the new one is refused. Time is an argument, of a clock that never runs
 * back. Thread-safe.
 */
public final class Places<T> {
  /** A place is free for another after so long without a message. */
  public static final int SILENT_SECONDS = 10;

  private static final long SILENT_NANOS = SILENT_SECONDS * 1_000_000_000L;

  private final int most;
  private final Predicate<T> givesWay;
  private final Consumer<T> left;
  private final Map<String, Place<T>> byName = new LinkedHashMap<>();
  private String refused;
  private long refusedNanos;

  private static final class Place<T> {
    final T state;
    long heardNanos;

    Place(T state) {
      this.state = state;
    }
  }

  /** At most so many places, at least 1; nobody gives way before the time. */
  public Places(int most) {
    this(most, state -> false, state -> {});
  }

  /**
   * @param givesWay who makes room for a new performer before the time
   * @param left is told whose place was given to another; must neither wait nor throw
   */
  public Places(int most, Predicate<T> givesWay, Consumer<T> left) {
    this.most = most;
    this.givesWay = givesWay;
    this.left = left;
  }

  /**
   * A message of this performer has come.
   *
   * @param first makes the state of one who has no place yet
   * @return its state; null when there is no room
   */
  public synchronized T heard(String name, long nowNanos, Function<String, T> first) {
    Place<T> place = byName.get(name);
    if (place == null) {
      if (byName.size() >= most && !makeRoom(nowNanos)) {
        refused = name;
        refusedNanos = nowNanos;
        return null;
      }
      place = new Place<>(first.apply(name));
      byName.put(name, place);
    }
    place.heardNanos = nowNanos;
    return place.state;
  }

  /** The same of one who may have a place; null for one without, who gets none. */
  public synchronized T heardAgain(String name, long nowNanos) {
    Place<T> place = byName.get(name);
    if (place == null) {
      return null;
    }
    place.heardNanos = nowNanos;
    return place.state;
  }

  private boolean makeRoom(long nowNanos) {
    String longest = null;
    long longestNanos = -1;
    for (Map.Entry<String, Place<T>> entry : byName.entrySet()) {
      long silentNanos = nowNanos - entry.getValue().heardNanos;
      boolean free = silentNanos >= SILENT_NANOS || givesWay.test(entry.getValue().state);
      if (free && silentNanos > longestNanos) {
        longestNanos = silentNanos;
        longest = entry.getKey();
      }
    }
    if (longest != null) {
      left.accept(byName.remove(longest).state);
    }
    return longest != null;
  }

  /** The state of this performer; null for one without a place. */
  public synchronized T find(String name) {
    Place<T> place = byName.get(name);
    return place == null ? null : place.state;
  }

  /** Gives a place back at once. */
  public synchronized void free(String name) {
    byName.remove(name);
  }

  /** Those who have places, in the order in which they came. */
  public synchronized List<T> all() {
    List<T> all = new ArrayList<>(byName.size());
    byName.values().forEach(place -> all.add(place.state));
    return all;
  }

  /** Whether nothing has come from this performer for {@value #SILENT_SECONDS} seconds. */
  public synchronized boolean isSilent(String name, long nowNanos) {
    Place<T> place = byName.get(name);
    return place == null || nowNanos - place.heardNanos >= SILENT_NANOS;
  }

  /** Performers who were heard in the last {@value #SILENT_SECONDS} seconds. */
  public synchronized int taken(long nowNanos) {
    return (int)
        byName.values().stream().filter(p -> nowNanos - p.heardNanos < SILENT_NANOS).count();
  }

  public int most() {
    return most;
  }

  /**
   * "ok", or who found no room in the last {@value #SILENT_SECONDS} seconds.
   *
   * @param limit the setting that says how many places there are
   */
  public synchronized String status(String limit, long nowNanos) {
    if (refused == null || nowNanos - refusedNanos >= SILENT_NANOS) {
      return "ok";
    }
    return "no room for performer "
        + refused
        + ": all "
        + most
        + " places are taken ("
        + limit
        + ")";
  }
}
