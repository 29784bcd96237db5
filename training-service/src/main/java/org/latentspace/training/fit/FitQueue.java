package org.latentspace.training.fit;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.latentspace.training.data.TaughtPair;

/**
 * Lets performers have their mappings fitted in turn, one fit at a time.
 *
 * <pre>
 *   ask --> TrainingSet --> waits for its turn --(fit)--> Fitter
 *           one a performer: a newer    |  ^
 *           one takes the place of      v  | leave-one-out, a turn each,
 *           the older, which is told    Fit-+ when no other waits
 *                                        +--> the log, the caller
 * </pre>
 */
public final class FitQueue implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(FitQueue.class);
  private static final long DISK_MS = 2000;
  private static final int MOST_SEED = 1 << 30;

  /** What becomes of fits. */
  public enum Fate {
    DONE,
    FAILED,
    REPLACED,
    CANCELLED,
    REFUSED
  }

  private final Function<String, List<TaughtPair>> pairs;
  private final Fit.Fitter fitter;
  private final LongFunction<String> names;
  private final Function<Mapping, CompletionStage<Void>> publisher;
  private final RandomGenerator chance;
  private final WaitingFits line;
  private final Map<Fate, LongAdder> fates = new EnumMap<>(Fate.class);
  private volatile double seconds;

  /**
   * Makes a queue that is empty.
   *
   * @param pairs of a performer, as they are now
   * @param names a mapping that is made now, in milliseconds since 1970: the name sorts after all
   *     that were made before, and is never made again
   * @param publisher completes when the mapping is on the disk, from where it goes into the log
   * @param chance for seeds where the request has none
   * @param room fits that may wait
   */
  public FitQueue(
      Function<String, List<TaughtPair>> pairs,
      Fit.Fitter fitter,
      LongFunction<String> names,
      Function<Mapping, CompletionStage<Void>> publisher,
      RandomGenerator chance,
      int room) {
    this.pairs = pairs;
    this.fitter = fitter;
    this.names = names;
    this.publisher = publisher;
    this.chance = chance;
    line = new WaitingFits(room);
    for (Fate fate : Fate.values()) {
      fates.put(fate, new LongAdder());
    }
  }

  /**
   * Starts its thread.
   *
   * @param first what the thread does before anything else
   */
  public void begin(Runnable first) {
    Thread thread =
        new Thread(
            () -> {
              first.run();
              work();
            },
            "fit");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Puts a fit into the line. Throws NoRoom where there is no room, IllegalStateException or
   * IllegalArgumentException where the pairs cannot be fitted as was asked for.
   */
  public Fit ask(Fit.Spec ask, Fit.Listener listener) {
    Fit fit;
    WaitingFits.Place place;
    listener.waiting("for its turn");
    try {
      List<TaughtPair> own = ask.pairs() == null ? pairs.apply(ask.performer()) : ask.pairs();
      fit = new Fit(ask, listener, own, chance.nextInt(MOST_SEED));
      place = line.add(fit);
    } catch (RuntimeException refusal) {
      count(Fate.REFUSED);
      throw refusal;
    }
    for (Fit older : place.replaced()) {
      count(Fate.REPLACED);
      older.listener().failed("replaced: the performer has asked for a newer fit");
    }
    int before = place.before();
    if (before > 0) {
      listener.waiting("for its turn, after " + before + " other" + (before > 1 ? "s" : ""));
    }
    return fit;
  }

  /** The caller has gone: ends the fit without calling its listener. */
  public void cancel(Fit fit) {
    if (line.end(fit)) {
      count(Fate.CANCELLED);
    }
  }

  private void work() {
    for (Fit fit = line.next(); fit != null; fit = line.next()) {
      try {
        boolean over = fit.turn(fitter);
        if (over && fit.isWanted()) {
          publish(fit);
        } else {
          line.again(fit);
        }
      } catch (FitFault fault) {
        fail(fit, fault.getMessage());
      } catch (InterruptedException ended) {
        return;
      } catch (RuntimeException | OutOfMemoryError fault) {
        LOG.error("a fit has found a fault in this program", fault);
        fail(fit, "a fault in this program: " + fault);
      }
    }
  }

  private void fail(Fit fit, String reason) {
    if (line.end(fit)) {
      count(Fate.FAILED);
      fit.listener().failed(reason);
    }
  }

  private void publish(Fit fit) {
    long now = System.currentTimeMillis();
    Mapping mapping = fit.mapping(names.apply(now), now);
    // From here on it cannot be cancelled.
    if (!line.end(fit)) {
      return;
    }
    count(Fate.DONE);
    seconds = mapping.seconds();
    publisher
        .apply(mapping)
        .toCompletableFuture()
        .orTimeout(DISK_MS, TimeUnit.MILLISECONDS)
        .whenComplete((done, failure) -> fit.listener().done(mapping, remark(mapping, failure)));
  }

  private static String remark(Mapping mapping, Throwable failure) {
    int beginnings = mapping.result().beginnings();
    String begun =
        beginnings == 1
            ? ""
            : "the best of " + beginnings + " beginnings, as the first one's was bad";
    if (failure == null) {
      return begun;
    }
    String why = failure.getMessage();
    return (begun.isEmpty() ? "" : begun + "; ")
        + "it can be played, but is not kept here: "
        + (why == null ? "the disk is slow" : why);
  }

  private void count(Fate fate) {
    fates.get(fate).increment();
  }

  /** How many fits have ended so. */
  public long ended(Fate fate) {
    return fates.get(fate).sum();
  }

  /** Fits that wait for their turn. */
  public int waiting() {
    return line.size();
  }

  /** What the last fit that was done has taken. */
  public double seconds() {
    return seconds;
  }

  @Override
  public void close() {
    line.close();
  }
}
