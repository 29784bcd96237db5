package org.latentspace.explorer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.latentspace.explorer.heard.Gesture;
import org.latentspace.explorer.outlet.PairOutlet;
import org.latentspace.explorer.place.Performer;
import org.latentspace.explorer.place.Performers;
import org.latentspace.explorer.teaching.Pair;
import org.latentspace.explorer.teaching.PairBook;
import org.latentspace.explorer.teaching.Refusal;

/**
 * What performers teach; read {@link ExplorerFlow} first.
 *
 * <pre>
 *   what is heard now --+
 *                       +--> pair --> disk --> answer
 *   where the point is -+               +----> log, for training-service
 * </pre>
 */
@ApplicationScoped
public class TeachingFlow {
  @Inject PairBook book;
  @Inject PairOutlet pairs;
  @Inject Performers performers;

  /**
   * What the performer plays now shall mean these outputs.
   *
   * @param meanMs 0..10000 of sound over which the playing is taken
   * @param outputs as {@link Pair} says; null: those of the point now
   * @return completes when the pair is on disk; fails with a {@link Refusal}
   */
  public CompletionStage<Pair> teach(Performer performer, int meanMs, float[] outputs) {
    Gesture played = performer.gesture(meanMs);
    if (played == null) {
      throw new Refusal(
          Refusal.Kind.NOT_YET, "performer " + performer.name() + " has not played anything yet");
    }
    return settle(
        pairs.add(
            new Pair(
                performer.name(),
                pairs.newName(),
                System.currentTimeMillis(),
                played,
                outputs == null ? Pair.outputs(performer.newest()) : outputs)));
  }

  /**
   * Takes a pair away.
   *
   * @return completes with the pair when the disk has forgotten it; fails with a {@link Refusal}
   */
  public CompletionStage<Pair> forget(String performer, String name) {
    return settle(pairs.remove(performer, name));
  }

  /** The point knows what is taught now. */
  private void settled(String name) {
    Performer performer = performers.find(name);
    if (performer != null) {
      performer.landmarks(PairWire.landmarks(book.of(name)));
    }
  }

  private CompletionStage<Pair> settle(CompletionStage<Pair> change) {
    return change.thenApply(
        pair -> {
          settled(pair.performer());
          return pair;
        });
  }

  /** In the order in which they were taught. */
  public List<Pair> taught(String performer) {
    return book.of(performer);
  }

  /** Changes that the log does not have yet. */
  public long waiting() {
    return pairs.waiting();
  }

  /** "ok", or why they wait or cannot be stored. */
  public String weather() {
    return pairs.weather();
  }
}
