package org.latentspace.explorer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletionStage;
import org.latentspace.explorer.feature.PairInput;
import org.latentspace.explorer.place.Mode;
import org.latentspace.explorer.place.Performer;
import org.latentspace.explorer.place.PerformerSettings;
import org.latentspace.explorer.place.Setting;
import org.latentspace.explorer.teaching.Holder;
import org.latentspace.explorer.teaching.Pair;
import org.latentspace.explorer.teaching.PairBook;
import org.latentspace.explorer.teaching.PairTarget;
import org.latentspace.explorer.teaching.Refusal;

/**
 * How performers teach; read {@link ExplorerFlow} first, and {@link PairFlow} for what is taught.
 * What returns a stage completes when the disk has the pair, and fails with a {@link Refusal}.
 *
 * <pre>
 *   what is heard now, or while it is held --+
 *                                            +--> pair --> disk --> answer
 *   what it shall mean: where the point is --+               +----> log, for training-service
 * </pre>
 */
@ApplicationScoped
public class TeachingFlow {
  @Inject PairBook book;
  @Inject PairCapture capture;
  @Inject ExplorerFlow explorer;

  /**
   * What the performer plays now shall mean this.
   *
   * @param meanMs 0..10000 of sound over which the playing is taken
   */
  public CompletionStage<Pair> teach(Performer performer, int meanMs, PairTarget meaning) {
    PairInput played = performer.gesture(meanMs);
    if (played == null) {
      throw new Refusal(
          Refusal.Kind.NOT_YET, "performer " + performer.name() + " has not played anything yet");
    }
    return capture.teach(performer.name(), played, meaning);
  }

  /** What the performer plays from now on until {@link #end} shall mean this. */
  public void begin(Performer performer, Holder holder, PairTarget meaning) {
    capture.begin(performer, holder, meaning);
  }

  /** Ends what was begun, and keeps it or not; completes with null where it is not kept. */
  public CompletionStage<Pair> end(String performer, Holder holder, boolean keep) {
    return capture.end(performer, holder, keep);
  }

  /** The holder is gone: what it has begun and not ended is discarded. */
  public void discard(Holder holder) {
    capture.discard(holder);
  }

  /**
   * Puts the hand where a pair leads to, in the motion in which it was taught. Throws {@link
   * Refusal} if there is no such pair, or if it is of another latent space.
   */
  public void audition(Performer performer, String name) {
    PairTarget meaning = book.find(performer.name(), name).meaning();
    int must = performer.hand().position().length;
    if (meaning.position().length != must) {
      throw new Refusal(
          Refusal.Kind.NOT_YET,
          "pair " + name + " has a position of " + meaning.position().length + ", must be " + must);
    }
    explorer.change(
        performer,
        PerformerSettings.of(Setting.MODE, Mode.SELECT).with(Setting.MOTION, meaning.motion()));
    explorer.put(performer, meaning.place(performer.hand()));
  }
}
