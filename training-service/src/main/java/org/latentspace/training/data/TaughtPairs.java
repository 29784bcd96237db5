package org.latentspace.training.data;

import java.util.List;
import java.util.TreeMap;
import org.latentspace.training.storage.NoRoom;

/**
 * The pairs that musicians taught, as the log has them: read from its beginning at every start, in
 * memory only. Safe for several threads.
 */
public final class TaughtPairs {
  private static final int MOST = 100_000;

  private final TreeMap<String, TaughtPair> pairs = new TreeMap<>();
  private volatile int count;

  /** Takes a pair in place of the one of the same key. */
  public synchronized void put(TaughtPair pair) {
    if (!pairs.containsKey(pair.key()) && pairs.size() >= MOST) {
      throw new NoRoom("there are " + MOST + " pairs already");
    }
    pairs.put(pair.key(), pair);
    count = pairs.size();
  }

  /** Takes a pair away; nothing happens where there is none. */
  public synchronized void remove(String key) {
    pairs.remove(key);
    count = pairs.size();
  }

  /** The pairs of a performer in the order of their names. */
  public synchronized List<TaughtPair> of(String performer) {
    return List.copyOf(pairs.subMap(performer + "/", performer + "0").values());
  }

  /** How many pairs there are. Never waits. */
  public int count() {
    return count;
  }
}
