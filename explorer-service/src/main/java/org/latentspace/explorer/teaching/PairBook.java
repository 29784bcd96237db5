package org.latentspace.explorer.teaching;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The pairs of all performers, in the order in which they were taught; bounded. One writes what the
 * disk has, anybody reads.
 */
public final class PairBook {
  /** Pairs of one performer. */
  public static final int MOST_PAIRS = 10_000;

  private final int mostPerformers;
  // Guarded by this; a performer without pairs is not in it.
  private final Map<String, Map<String, Pair>> pairs = new LinkedHashMap<>();
  // Guarded by this.
  private final Map<String, Long> latestMillis = new HashMap<>();

  /**
   * @param mostPerformers who may have pairs, at least 1
   */
  public PairBook(int mostPerformers) {
    this.mostPerformers = mostPerformers;
  }

  /** Throws {@link Refusal} when this performer can have no other pair. */
  public synchronized void requireRoom(String performer) {
    Map<String, Pair> own = pairs.get(performer);
    requireRoom(performer, own == null ? 1 : own.size() + 1);
  }

  /** Throws {@link Refusal} when this performer cannot have so many pairs. */
  public synchronized void requireRoom(String performer, int count) {
    if (count > MOST_PAIRS) {
      throw new Refusal(
          Refusal.Kind.NO_ROOM,
          "performer " + performer + " would have " + count + " pairs: at most " + MOST_PAIRS);
    }
    if (count > 0 && !pairs.containsKey(performer) && pairs.size() >= mostPerformers) {
      throw new Refusal(
          Refusal.Kind.NO_ROOM,
          pairs.size()
              + " performers have pairs: at most "
              + mostPerformers
              + " (explorer-service.max-performers)");
    }
  }

  /**
   * Adds a pair, or puts it in the place of the one with its name; it stands where its time says,
   * after those of the same time.
   */
  public synchronized void add(Pair pair) {
    Map<String, Pair> own = pairs.computeIfAbsent(pair.performer(), name -> new LinkedHashMap<>());
    Long latest = latestMillis.get(pair.performer());
    boolean isNew = own.put(pair.name(), pair) == null;
    if (isNew && latest != null && pair.taughtMillis() < latest) {
      List<Pair> inOrder = new ArrayList<>(own.values());
      inOrder.sort(Comparator.comparingLong(Pair::taughtMillis));
      own.clear();
      inOrder.forEach(each -> own.put(each.name(), each));
    } else {
      latestMillis.merge(pair.performer(), pair.taughtMillis(), Math::max);
    }
  }

  /** The latest time at which one of the performer's pairs was taught; 0 if there are none. */
  public synchronized long latestMillis(String performer) {
    return latestMillis.getOrDefault(performer, 0L);
  }

  /** The pair of this name alone; empty if there is none. */
  public synchronized List<Pair> have(String performer, String name) {
    Pair pair = pairs.getOrDefault(performer, Map.of()).get(name);
    return pair == null ? List.of() : List.of(pair);
  }

  /** The pair of this name. Throws {@link Refusal} if there is none. */
  public synchronized Pair find(String performer, String name) {
    Pair pair = pairs.getOrDefault(performer, Map.of()).get(name);
    if (pair == null) {
      throw new Refusal(
          Refusal.Kind.UNKNOWN, "performer " + performer + " has no pair " + shortened(name));
    }
    return pair;
  }

  private static String shortened(String name) {
    return name.length() <= 64 ? name : name.substring(0, 64) + "...";
  }

  public synchronized void remove(String performer, String name) {
    Map<String, Pair> own = pairs.get(performer);
    if (own != null && own.remove(name) != null && own.isEmpty()) {
      pairs.remove(performer);
      latestMillis.remove(performer);
    }
  }

  public synchronized void clear() {
    pairs.clear();
    latestMillis.clear();
  }

  /** In the order in which they were taught. */
  public synchronized List<Pair> of(String performer) {
    return List.copyOf(pairs.getOrDefault(performer, Map.of()).values());
  }

  public synchronized List<Pair> all() {
    return pairs.values().stream().flatMap(own -> own.values().stream()).toList();
  }

  /** Pairs of a performer. */
  public synchronized int count(String performer) {
    return pairs.getOrDefault(performer, Map.of()).size();
  }

  public synchronized int count() {
    return pairs.values().stream().mapToInt(Map::size).sum();
  }
}
