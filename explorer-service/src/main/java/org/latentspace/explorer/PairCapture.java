package org.latentspace.explorer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.latentspace.explorer.feature.Frame;
import org.latentspace.explorer.feature.PairInput;
import org.latentspace.explorer.feature.Scale;
import org.latentspace.explorer.mapping.TaughtMapping;
import org.latentspace.explorer.outlet.PairOutlet;
import org.latentspace.explorer.place.Performer;
import org.latentspace.explorer.place.Performers;
import org.latentspace.explorer.place.Setting;
import org.latentspace.explorer.teaching.HeldPairs;
import org.latentspace.explorer.teaching.Holder;
import org.latentspace.explorer.teaching.Pair;
import org.latentspace.explorer.teaching.PairBook;
import org.latentspace.explorer.teaching.PairTarget;
import org.latentspace.explorer.teaching.Refusal;

/** Makes pairs of what is played, at once or while something is held. */
@ApplicationScoped
public class PairCapture {
  @Inject PairBook book;
  @Inject PairOutlet pairs;
  @Inject Performers performers;
  @Inject Fitting fitting;

  private final HeldPairs held = new HeldPairs();
  private final Map<String, Scale> scales = new ConcurrentHashMap<>();
  private final Map<String, Long> revisions = new ConcurrentHashMap<>();
  private final AtomicLong clock = new AtomicLong();

  /** Hears what the live path hears; never waits. */
  public void hear(Frame frame) {
    String performer = frame.origin().performer();
    held.hear(frame);
    if (frame.scale() != null) {
      scales.put(performer, frame.scale());
      pairs.scale(performer, frame.scale());
      if (scales.size() > 2 * performers.most()) {
        scales.keySet().removeIf(name -> performers.find(name) == null);
      }
    }
  }

  /**
   * What was played shall mean this.
   *
   * @return completes when the pair is on disk; fails with a {@link Refusal}
   */
  public CompletionStage<Pair> teach(String performer, PairInput played, PairTarget meaning) {
    long latest = book.latestMillis(performer);
    // Later than every other, as pairs stand in the order of their times.
    long now =
        clock.updateAndGet(
            last -> Math.max(System.currentTimeMillis(), Math.max(last, latest) + 1));
    return pairs.add(new Pair(performer, pairs.newName(), now, played, meaning));
  }

  /** What is played from now on until {@link #end} shall mean this. */
  public void begin(Performer performer, Holder holder, PairTarget meaning) {
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
  public CompletionStage<Pair> end(String performer, Holder holder, boolean keep) {
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
  public void discard(Holder holder) {
    held.discard(holder);
  }

  /** Who holds a pair of this performer; null if nobody does. */
  public HeldPairs.Holding holding(String performer) {
    return held.holding(performer, System.nanoTime());
  }

  /**
   * The pairs of a performer have changed: the point knows them, and the mapping follows if set.
   */
  public void changed(String name) {
    Performer performer = performers.find(name);
    if (performer != null) {
      revisions.merge(name, 1L, Long::sum);
      performer.landmarks(PairWire.landmarks(book.of(name)));
      if (performer.choices().get(Setting.AUTO_FIT) || isOutdated(performer)) {
        fitting.fit(name);
      }
    }
  }

  /** Goes up when a performer's pairs have changed. */
  public long revision(String performer) {
    return revisions.getOrDefault(performer, 0L);
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
    Scale heard = scales.get(performer);
    return heard == null ? pairs.scale(performer) : heard;
  }
}
