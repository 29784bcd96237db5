package org.latentspace.training.fit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.latentspace.training.jobs.QueueFull;

/** The line in which fits wait: whose turn it is, and who takes whose place. Safe for threads. */
final class FitLine {
  private static final long LOOK_MS = 3;

  private final int room;
  // All guarded by this: by performer in order; those of them that have what they need; those whose
  // mapping is fitted, while leave-one-out goes on; the one whose turn it is.
  private final Map<String, Fit> waiting = new LinkedHashMap<>();
  private final Set<Fit> ready = new HashSet<>();
  private final Deque<Fit> checking = new ArrayDeque<>();
  private Fit running;
  private boolean closed;

  FitLine(int room) {
    this.room = room;
  }

  /**
   * Lets a fit wait, in the place of an older one of its performer. Returns what it has replaced;
   * throws QueueFull where there is no room.
   */
  synchronized List<Fit> add(Fit fit) {
    String performer = fit.ask().performer();
    Fit older = waiting.get(performer);
    if (closed || (older == null && waiting.size() >= room)) {
      throw new QueueFull(closed ? "training-service ends" : room + " fits wait already");
    }
    List<Fit> replaced = new ArrayList<>();
    if (older != null) {
      replaced.add(older);
      ready.remove(older);
    }
    for (Fit each : checking) {
      if (each.ask().performer().equals(performer)) {
        replaced.add(each);
      }
    }
    checking.removeAll(replaced);
    if (running != null
        && running.isChecking()
        && running.isWanted()
        && running.ask().performer().equals(performer)) {
      replaced.add(running);
    }
    replaced.forEach(Fit::drop);
    // A key that is there keeps its place.
    waiting.put(performer, fit);
    notifyAll();
    return replaced;
  }

  /** Ends a fit, wherever it is; false if it had ended already. */
  synchronized boolean end(Fit fit) {
    waiting.remove(fit.ask().performer(), fit);
    ready.remove(fit);
    checking.remove(fit);
    boolean wanted = fit.isWanted();
    fit.drop();
    return wanted;
  }

  /** Waits until there are some that may not have what they need; null at the end. */
  synchronized List<Fit> early() {
    try {
      while (!closed && waiting.size() == ready.size()) {
        wait();
      }
      if (!closed) {
        wait(LOOK_MS);
      }
    } catch (InterruptedException ended) {
      return null;
    }
    return closed ? null : waiting.values().stream().filter(fit -> !ready.contains(fit)).toList();
  }

  /** It has what it needs. Returns how many come before it, -1 if it waits no more. */
  synchronized int ready(Fit fit) {
    if (waiting.get(fit.ask().performer()) != fit) {
      return -1;
    }
    ready.add(fit);
    notifyAll();
    return ready.size() - 1 + (running == null ? 0 : 1);
  }

  /** Waits for the one whose turn it is; null at the end. */
  synchronized Fit next() {
    running = null;
    try {
      while (!closed && ready.isEmpty() && checking.isEmpty()) {
        wait();
      }
    } catch (InterruptedException ended) {
      return null;
    }
    if (closed) {
      return null;
    }
    running =
        waiting.values().stream().filter(ready::contains).findFirst().orElseGet(checking::poll);
    waiting.remove(running.ask().performer(), running);
    ready.remove(running);
    return running;
  }

  /** It has more to do, when nobody else waits. */
  synchronized void again(Fit fit) {
    if (fit.isWanted()) {
      checking.add(fit);
    }
  }

  synchronized int size() {
    return waiting.size();
  }

  synchronized int readySize() {
    return ready.size();
  }

  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
