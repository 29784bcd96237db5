package org.latentspace.explorer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.latentspace.explorer.outlet.PairOutlet;
import org.latentspace.explorer.teaching.Pair;
import org.latentspace.explorer.teaching.PairBook;
import org.latentspace.explorer.teaching.PairTarget;
import org.latentspace.explorer.teaching.PairsNow;
import org.latentspace.explorer.teaching.Refusal;

/**
 * The pairs that performers have taught: seen, changed, taken away and brought back; read {@link
 * TeachingFlow} first. What returns a stage completes when the disk has the change, and fails with
 * a {@link Refusal}.
 */
@ApplicationScoped
public class PairFlow {
  @Inject PairBook book;
  @Inject PairOutlet pairs;

  /** In the order in which they were taught. */
  public List<Pair> of(String performer) {
    return book.of(performer);
  }

  /** Gives a pair another meaning. */
  public CompletionStage<Pair> edit(String performer, String name, PairTarget meaning) {
    return pairs.edit(performer, name, meaning);
  }

  /** Takes a pair away. */
  public CompletionStage<Pair> forget(String performer, String name) {
    return pairs.remove(performer, name);
  }

  /** Takes all pairs of a performer away. */
  public CompletionStage<PairsNow> clear(String performer) {
    return pairs.clear(performer);
  }

  /** Takes the newest change of a performer's pairs back. */
  public CompletionStage<PairsNow> undo(String performer) {
    return pairs.undo(performer);
  }

  /** Changes of a performer's pairs that can be taken back. */
  public int undoable(String performer) {
    return pairs.undoable(performer);
  }

  /** Changes that the log does not have yet. */
  public long waiting() {
    return pairs.waiting();
  }

  /** "ok", or why they wait or cannot be stored. */
  public String status() {
    return pairs.status();
  }

  /** "ok", or why no pair can be stored now. */
  public String room() {
    return pairs.room();
  }

  /** Whether the disk had no pairs, and what the log has of them was not yet read. */
  public boolean isLogUnread() {
    return pairs.isLogUnread();
  }

  /** Takes over what the log has; completes with how many pairs that were. */
  public CompletionStage<Integer> takeOver(Collection<Pair> logged) {
    return pairs.takeOver(logged);
  }
}
