package org.latentspace.explorer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.latentspace.explorer.feature.Scale;
import org.latentspace.explorer.outlet.PairDisk;
import org.latentspace.explorer.teaching.Change;
import org.latentspace.explorer.teaching.Pair;
import org.latentspace.explorer.teaching.PairBook;
import org.latentspace.explorer.teaching.PairLedger;
import org.latentspace.explorer.teaching.PairLedger.PairsNow;
import org.latentspace.explorer.teaching.PairTarget;
import org.latentspace.explorer.teaching.Refusal;

/**
 * The pairs that performers have taught: seen, changed, taken away and brought back; read {@link
 * TeachingFlow} first. What returns a stage completes when the disk has the change, and fails with
 * a {@link Refusal}.
 */
@ApplicationScoped
public class PairFlow {
  private final PairBook book;
  private final PairDisk disk;
  private final PairLedger ledger;

  @Inject
  public PairFlow(PairBook book, PairDisk disk) {
    this.book = book;
    this.disk = disk;
    ledger = disk.ledger();
  }

  /** In the order in which they were taught. */
  public List<Pair> of(String performer) {
    return book.of(performer);
  }

  /** A name for a pair that no other pair has. */
  public String newName() {
    return disk.newName();
  }

  /** Completes with the pair. */
  public CompletionStage<Pair> add(Pair pair) {
    return disk.change(
        () -> {
          book.requireRoom(pair.performer());
          disk.write(new Change.Put(pair));
          return pair;
        });
  }

  /** Completes with the pair and its other meaning. */
  public CompletionStage<Pair> edit(String performer, String name, PairTarget meaning) {
    return disk.change(
        () -> {
          Pair pair = book.find(performer, name).meaning(meaning);
          disk.write(new Change.Put(pair));
          return pair;
        });
  }

  /** Completes with what was taken away. */
  public CompletionStage<Pair> remove(String performer, String name) {
    return disk.change(
        () -> {
          Pair pair = book.find(performer, name);
          disk.write(new Change.Removed(performer, name));
          return pair;
        });
  }

  /** Takes all of a performer's pairs away. */
  public CompletionStage<PairsNow> clear(String performer) {
    return disk.change(
        () -> {
          int count = book.count(performer);
          if (count > 0) {
            disk.write(new Change.Cleared(performer));
          }
          return now(performer, "took away " + count + (count == 1 ? " pair" : " pairs"));
        });
  }

  /** Takes the newest change of a performer's pairs back. */
  public CompletionStage<PairsNow> undo(String performer) {
    return disk.change(
        () -> {
          PairLedger.Undoable newest = ledger.newest(performer);
          book.requireRoom(performer, newest.before().size());
          disk.write(new Change.Undone(performer, newest.number()));
          return now(performer, newest.takingBack());
        });
  }

  /**
   * Puts pairs in the place of all that a performer has; cannot be undone.
   *
   * @param scale that made their inputs; null: not known
   */
  public CompletionStage<PairsNow> replace(String performer, List<Pair> pairs, Scale scale) {
    return disk.change(
        () -> {
          book.requireRoom(performer, pairs.size());
          disk.write(new Change.Replaced(performer, pairs, scale));
          return now(performer, "brought in " + pairs.size() + " pairs");
        });
  }

  private PairsNow now(String performer, String change) {
    return new PairsNow(change, book.count(performer), undoable(performer));
  }

  /**
   * The inputs of the performer's pairs shall be what this scaling makes of the raw values. Never
   * waits; what cannot be done now is done when the scaling is heard again.
   */
  public void scale(String performer, Scale scale) {
    disk.whileOpen(
        () -> {
          boolean has = undoable(performer) > 0 || book.count(performer) > 0;
          if (has && !scale.isLike(scale(performer))) {
            disk.change(
                () -> {
                  disk.write(new Change.Scaled(performer, scale));
                  return null;
                });
          }
        });
  }

  /** The scaling that made the inputs of a performer's pairs; null if it is not known. */
  public Scale scale(String performer) {
    return ledger.scale(performer);
  }

  /** Changes of a performer's pairs that can be taken back. */
  public int undoable(String performer) {
    return ledger.undoableCount(performer);
  }
}
