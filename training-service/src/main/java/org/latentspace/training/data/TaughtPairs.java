package org.latentspace.training.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.latentspace.training.storage.NoRoom;

/**
 * The pairs that musicians taught, by performer and pair; written down before a change counts. Safe
 * for several threads.
 */
public final class PairStore implements AutoCloseable {
  private static final int MOST = 100_000;

  /** A pair that was taught anew, or taken away where pair is null. */
  public record Change(String key, TaughtPair pair) {}

  private final Journal<Change> journal;
  private final TreeMap<String, TaughtPair> pairs = new TreeMap<>();
  private boolean open;
  private volatile int count;

  public PairStore(Journal<Change> journal) {
    this.journal = journal;
  }

  /** Reads the journal; does nothing where that has been done. */
  public synchronized void open() {
    if (open) {
      return;
    }
    pairs.clear();
    try {
      journal.open(this::apply);
    } catch (IOException broken) {
      throw new UncheckedIOException("the pairs cannot be opened: " + broken, broken);
    }
    open = true;
  }

  @Override
  public synchronized void close() {
    open = false;
    journal.close();
  }

  /** Keeps a pair in place of the one of the same key; the same one again changes nothing. */
  public synchronized void put(TaughtPair pair) {
    open();
    if (pair.equals(pairs.get(pair.key()))) {
      return;
    }
    if (!pairs.containsKey(pair.key()) && pairs.size() >= MOST) {
      throw new NoRoom("there are " + MOST + " pairs already");
    }
    write(new Change(pair.key(), pair));
  }

  /** Takes a pair away; nothing happens where there is none. */
  public synchronized void remove(String key) {
    open();
    if (pairs.containsKey(key)) {
      write(new Change(key, null));
    }
  }

  /** The pairs of a performer in the order of their names. */
  public synchronized List<TaughtPair> of(String performer) {
    open();
    return List.copyOf(pairs.subMap(performer + "/", performer + "0").values());
  }

  /** How many pairs there are; 0 while the journal has not been opened. Never waits. */
  public int count() {
    return count;
  }

  private void write(Change change) {
    try {
      journal.append(List.of(change), this::whole);
    } catch (IOException broken) {
      throw new UncheckedIOException("the pairs cannot be written: " + broken, broken);
    }
    apply(change);
  }

  private Iterable<Change> whole() {
    List<Change> all = new ArrayList<>();
    pairs.forEach((key, pair) -> all.add(new Change(key, pair)));
    return all;
  }

  private void apply(Change change) {
    if (change.pair() == null) {
      pairs.remove(change.key());
    } else {
      pairs.put(change.key(), change.pair());
    }
    count = pairs.size();
  }
}
