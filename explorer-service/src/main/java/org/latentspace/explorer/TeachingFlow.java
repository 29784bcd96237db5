package org.latentspace.explorer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.latentspace.explorer.feature.Frame;
import org.latentspace.explorer.feature.PairInput;
import org.latentspace.explorer.feature.Scale;
import org.latentspace.explorer.mapping.TaughtMapping;
import org.latentspace.explorer.place.Performer;
import org.latentspace.explorer.place.PerformerSettings;
import org.latentspace.explorer.place.Performers;
import org.latentspace.explorer.place.Place.Mode;
import org.latentspace.explorer.place.Setting;
import org.latentspace.explorer.teaching.HeldPairs;
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
  private final PairBook book;
  private final PairFlow pairs;
  private final Performers performers;
  private final HeldPairs held;
  private final FitFlow fits;
  private final ExplorerFlow explorer;

  private final AtomicLong clock = new AtomicLong();

  @Inject
  public TeachingFlow(
      PairBook book,
      PairFlow pairs,
      Performers performers,
      HeldPairs held,
      FitFlow fits,
      ExplorerFlow explorer) {
    this.book = book;
    this.pairs = pairs;
    this.performers = performers;
    this.held = held;
    this.fits = fits;
    this.explorer = explorer;
  }

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
    return teach(performer.name(), played, meaning);
  }

  /** Hears what the live path hears; never waits. */
  public void hear(Frame frame) {
    String performer = frame.origin().performer();
    held.hear(frame);
    if (frame.scale() != null) {
      pairs.scale(performer, frame.scale());
    }
  }

  /**
   * What was played shall mean this.
   *
   * @return completes when the pair is on disk; fails with a {@link Refusal}
   */
  private CompletionStage<Pair> teach(String performer, PairInput played, PairTarget meaning) {
    long latest = book.latestMillis(performer);
    // Later than every other, as pairs stand in the order of their times.
    long now =
        clock.updateAndGet(
            last -> Math.max(System.currentTimeMillis(), Math.max(last, latest) + 1));
    return pairs.add(new Pair(performer, pairs.newName(), now, played, meaning));
  }

  /** What is played from now on until {@link #end} shall mean this. */
  public void begin(Performer performer, HeldPairs.Holder holder, PairTarget meaning) {
    held.keepOnly(name -> performers.find(name) != null);
    held.begin(performer.name(), holder, meaning, System.nanoTime());
  }

  /**
   * Ends what the holder has begun.
   *
   * @param keep or forget it
   * @return completes when the pair is on disk, with null where it is not kept; fails with a {@link
   *     Refusal}
   */
  public CompletionStage<Pair> end(String performer, HeldPairs.Holder holder, boolean keep) {
    HeldPairs.Lesson lesson = held.end(performer, holder, System.nanoTime());
    if (!keep) {
      return CompletableFuture.completedFuture(null);
    }
    if (lesson.played() == null) {
      throw new Refusal(
          Refusal.Kind.NOT_YET,
          "nothing was heard of performer " + performer + " since the pair was begun");
    }
    return teach(performer, lesson.played(), lesson.meaning());
  }

  /** The holder is gone: what it held is discarded. */
  public void discard(HeldPairs.Holder holder) {
    held.discard(holder);
  }

  /**
   * The pairs of a performer have changed: the point knows them, and the mapping follows if set.
   */
  public void changed(String name) {
    Performer performer = performers.find(name);
    if (performer != null) {
      performer.landmarks(Pair.landmarks(book.of(name)));
      if (performer.choices().get(Setting.AUTO_FIT) || isOutdated(performer)) {
        fits.fit(name);
      }
    }
  }

  /** Another scaling has made the pairs' inputs than those that the mapping was fitted to. */
  private boolean isOutdated(Performer performer) {
    TaughtMapping playing = performer.taught();
    Scale now = pairs.scale(performer.name());
    return playing.isNamed()
        && now != null
        && !playing.scaling().isEmpty()
        && !playing.scaling().equals(now.name())
        && book.count(performer.name()) > 0;
  }

  /**
   * The scaling that was heard last, or with which the pairs were made; null if neither is known.
   */
  public Scale scale(String performer) {
    Performer heard = performers.find(performer);
    return heard == null || heard.scale() == null ? pairs.scale(performer) : heard.scale();
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
