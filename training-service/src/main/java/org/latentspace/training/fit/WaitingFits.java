package org.latentspace.training.fit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.latentspace.training.storage.NoRoom;

/** The line in which fits wait: whose turn it is, and who takes whose place. Safe for threads. */
final class WaitingFits {
  private final int room;
  // All guarded by this: by performer in order; those whose mapping is fitted, while leave-one-out
  // goes on; the one whose turn it is.
  private final Map<String, Fit> waiting = new LinkedHashMap<>();
  private final Deque<Fit> checking = new ArrayDeque<>();
  private Fit running;
  private boolean closed;

  WaitingFits(int room) {
    this.room = room;
  }

  /**
   * Where a fit stands in the line.
   *
   * @param replaced older ones of its performer, which have ended
   * @param before how many come before it
   */
  record Place(List<Fit> replaced, int before) {}

  /**
   * Lets a fit wait, in the place of an older one of its performer; throws NoRoom where there is no
   * room.
   */
  synchronized Place add(Fit fit) {
    String performer = fit.performer();
    Fit older = waiting.get(performer);
    if (closed || (older == null && waiting.size() >= room)) {
      throw new NoRoom(closed ? "training-service ends" : room + " fits wait already");
    }
    List<Fit> replaced = new ArrayList<>();
    if (older != null) {
      replaced.add(older);
    }
    for (Fit each : checking) {
      if (each.performer().equals(performer)) {
        replaced.add(each);
      }
    }
    checking.removeAll(replaced);
    if (running != null
        && running.isChecking()
        && running.isWanted()
        && running.performer().equals(performer)) {
      replaced.add(running);
    }
    replaced.forEach(Fit::drop);
    // A key that is there keeps its place.
    waiting.put(performer, fit);
    notifyAll();
    int before = List.copyOf(waiting.values()).indexOf(fit);
    return new Place(replaced, before + (running == null ? 0 : 1));
  }

  /** Ends a fit, wherever it is; false if it had ended already. */
  synchronized boolean end(Fit fit) {
    waiting.remove(fit.performer(), fit);
    checking.remove(fit);
    boolean wanted = fit.isWanted();
    fit.drop();
    return wanted;
  }

  /** Waits for the next fit; null at the end. */
  synchronized Fit next() {
    running = null;
    try {
      while (!closed && waiting.isEmpty() && checking.isEmpty()) {
        wait();
      }
    } catch (InterruptedException ended) {
      return null;
    }
    if (closed) {
      return null;
    }
    running = waiting.values().stream().findFirst().orElseGet(checking::poll);
    waiting.remove(running.performer(), running);
    return running;
  }

  /** The fit has leave-one-out still to do, when no other fit waits. */
  synchronized void again(Fit fit) {
    if (fit.isWanted()) {
      checking.add(fit);
    }
  }

  synchronized int size() {
    return waiting.size();
  }

  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
