package org.latentspace.explorer.teaching;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.latentspace.explorer.feature.Scale;

/**
 * Applies changes to the book, and knows of each performer which can be taken back and which
 * scaling made the inputs. The same changes in the same order give the same: so what is written
 * down is played back at the next start.
 */
public final class PairLedger {
  /** Changes of a performer that can be taken back; of more, the oldest is forgotten. */
  public static final int MOST_UNDOABLE = 200;

  private static final int MOST_PERFORMERS = 1024;

  private final PairBook book;
  // Guarded by this; the one that changed last is the last.
  private final Map<String, Past> pasts = new LinkedHashMap<>();

  /** What is known of a performer beside the pairs. */
  private static final class Past {
    private static final Past NOTHING = new Past();
    private final ArrayDeque<Undoable> undoable = new ArrayDeque<>();
    private Scale scale;
  }

  private Past known(String performer) {
    return pasts.getOrDefault(performer, Past.NOTHING);
  }

  public PairLedger(PairBook book) {
    this.book = book;
  }

  /**
   * Does what a change says. A change of what is not there does nothing.
   *
   * @param number of the change, above those before
   * @return what has become of the pairs that it touched, in order
   */
  public synchronized List<PairNow> apply(long number, Change change) {
    // Who reads the book sees a change as a whole.
    synchronized (book) {
      return applied(number, change, past(change.performer()));
    }
  }

  private List<PairNow> applied(long number, Change change, Past past) {
    if (change instanceof Change.Put put) {
      return put(number, put.pair(), past);
    }
    if (change instanceof Change.Removed removed) {
      List<Pair> pair = book.have(removed.performer(), removed.name());
      return take(new Undoable(number, Undoable.Kind.REMOVED, pair, ""), past);
    }
    if (change instanceof Change.Cleared cleared) {
      List<Pair> all = book.of(cleared.performer());
      return take(new Undoable(number, Undoable.Kind.CLEARED, all, ""), past);
    }
    if (change instanceof Change.Undone undone) {
      return undo(undone, past);
    }
    if (change instanceof Change.Scaled scaled) {
      return scale(scaled, past);
    }
    return replace((Change.Replaced) change, past);
  }

  private Past past(String performer) {
    Past known = pasts.remove(performer);
    Past past = known == null ? new Past() : known;
    pasts.put(performer, past);
    if (pasts.size() > MOST_PERFORMERS) {
      forgetOne();
    }
    return past;
  }

  /** The one that has had no pairs for the longest. */
  private void forgetOne() {
    pasts.keySet().stream()
        .filter(name -> book.count(name) == 0)
        .findFirst()
        .ifPresent(pasts::remove);
  }

  private List<PairNow> put(long number, Pair pair, Past past) {
    List<Pair> before = book.have(pair.performer(), pair.name());
    // A pair of a name that is there is an edited one, whatever it was called.
    boolean isNew = before.isEmpty();
    Undoable.Kind kind = isNew ? Undoable.Kind.ADDED : Undoable.Kind.EDITED;
    remember(new Undoable(number, kind, before, isNew ? pair.name() : ""), past);
    return List.of(put(pair));
  }

  private PairNow put(Pair pair) {
    book.add(pair);
    return new PairNow(pair.performer(), pair.name(), pair);
  }

  private PairNow gone(Pair pair) {
    book.remove(pair.performer(), pair.name());
    return new PairNow(pair.performer(), pair.name(), null);
  }

  private List<PairNow> take(Undoable change, Past past) {
    List<PairNow> gone = new ArrayList<>();
    for (Pair pair : change.before()) {
      gone.add(gone(pair));
    }
    if (!gone.isEmpty()) {
      remember(change, past);
    }
    return gone;
  }

  private static void remember(Undoable change, Past past) {
    past.undoable.addLast(change);
    if (past.undoable.size() > MOST_UNDOABLE) {
      past.undoable.removeFirst();
    }
  }

  private List<PairNow> undo(Change.Undone undone, Past past) {
    Undoable newest = past.undoable.peekLast();
    if (newest == null || newest.number() != undone.number()) {
      return List.of();
    }
    past.undoable.removeLast();
    List<PairNow> now = new ArrayList<>();
    for (Pair added : book.have(undone.performer(), newest.added())) {
      now.add(gone(added));
    }
    for (Pair before : newest.before()) {
      // It may have been away while the scaling changed.
      Pair back = isOf(past.scale, before) ? before : before.scaled(past.scale);
      now.add(put(back));
    }
    return now;
  }

  private static boolean isOf(Scale scale, Pair pair) {
    return scale == null || pair.input().scaling().equals(scale.name());
  }

  /**
   * A mean that this scaling has made stays: it is not exactly what the scaling makes of the raw
   * mean, as what was clipped is in it.
   */
  private List<PairNow> scale(Change.Scaled scaled, Past past) {
    Scale before = past.scale;
    Scale scale = scaled.scale();
    past.scale = scale;
    boolean sameName = before != null && before.name().equals(scale.name());
    List<PairNow> now = new ArrayList<>();
    for (Pair pair : book.of(scaled.performer())) {
      boolean of = pair.input().scaling().equals(scale.name());
      if (!of || (sameName && !pair.input().isScaledAlike(before, scale))) {
        now.add(put(pair.scaled(scale)));
      }
    }
    return now;
  }

  private List<PairNow> replace(Change.Replaced replaced, Past past) {
    past.undoable.clear();
    past.scale = replaced.scale();
    Map<String, PairNow> now = new LinkedHashMap<>();
    for (Pair pair : book.of(replaced.performer())) {
      now.put(pair.name(), gone(pair));
    }
    for (Pair pair : replaced.pairs()) {
      now.put(pair.name(), put(pair));
    }
    return List.copyOf(now.values());
  }

  /** The newest change that can be taken back. Throws {@link Refusal} if there is none. */
  public synchronized Undoable newest(String performer) {
    Past past = known(performer);
    if (past.undoable.isEmpty()) {
      throw new Refusal(
          Refusal.Kind.NOT_YET, "performer " + performer + " has no change that can be taken back");
    }
    return past.undoable.getLast();
  }

  /** Changes that can be taken back, oldest first. */
  public synchronized List<Undoable> undoable(String performer) {
    return List.copyOf(known(performer).undoable);
  }

  /** Changes that can be taken back. */
  public synchronized int undoableCount(String performer) {
    return known(performer).undoable.size();
  }

  /** The scaling that made the inputs; null if it is not known. */
  public synchronized Scale scale(String performer) {
    return known(performer).scale;
  }

  /** Those of whom there is anything. */
  public synchronized List<String> performers() {
    return List.copyOf(pasts.keySet());
  }

  /** Takes over what was taken down whole: a change that can be taken back. */
  public synchronized void restore(String performer, Undoable change) {
    remember(change, past(performer));
  }

  /** Takes over what was taken down whole: a pair. */
  public synchronized void restore(Pair pair) {
    past(pair.performer());
    book.add(pair);
  }

  /** Begins anew. */
  public synchronized void clear() {
    pasts.clear();
    book.clear();
  }

  /**
   * A change that can be taken back.
   *
   * @param number of the change
   * @param before the pairs that it took away or put others in the place of
   * @param added name of the pair that it added; empty if it added none
   */
  public record Undoable(long number, Kind kind, List<Pair> before, String added) {

    /** What was done. */
    public enum Kind {
      ADDED,
      EDITED,
      REMOVED,
      CLEARED
    }

    public Undoable {
      before = List.copyOf(before);
    }

    /** What taking it back does, in a few words. */
    public String takingBack() {
      return switch (kind) {
        case ADDED -> "took the pair " + added + " away again";
        case EDITED -> "gave the pair " + before.get(0).name() + " its earlier outputs";
        case REMOVED -> "brought back the pair " + before.get(0).name();
        case CLEARED -> "brought back " + before.size() + (before.size() == 1 ? " pair" : " pairs");
      };
    }
  }

  /**
   * What has become of a pair.
   *
   * @param pair as it is now; null: it is gone
   */
  public record PairNow(String performer, String name, Pair pair) {}

  /**
   * What a change of several pairs has left.
   *
   * @param change what was done, in a few words
   * @param pairs that the performer has now
   * @param undoable changes that can be taken back
   */
  public record PairsNow(String change, int pairs, int undoable) {}
}
