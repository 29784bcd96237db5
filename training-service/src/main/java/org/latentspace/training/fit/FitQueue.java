package org.latentspace.training.fit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.latentspace.training.data.TaughtPair;
import org.latentspace.training.storage.NoRoom;

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
  private final int room;
  // All guarded by this: by performer in order; those whose mapping is fitted, while leave-one-out
  // goes on; the one whose turn it is.
  private final Map<String, Fit> waiting = new LinkedHashMap<>();
  private final Deque<Fit> checking = new ArrayDeque<>();
  private Fit running;
  private boolean closed;
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
    this.room = room;
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
    List<Fit> replaced = new ArrayList<>();
    int before;
    listener.waiting("for its turn");
    try {
      List<TaughtPair> own = ask.pairs() == null ? pairs.apply(ask.performer()) : ask.pairs();
      fit = new Fit(ask, listener, own, chance.nextInt(MOST_SEED));
      before = add(fit, replaced);
    } catch (RuntimeException refusal) {
      count(Fate.REFUSED);
      throw refusal;
    }
    for (Fit older : replaced) {
      count(Fate.REPLACED);
      older.listener().failed("replaced: the performer has asked for a newer fit");
    }
    if (before > 0) {
      listener.waiting("for its turn, after " + before + " other" + (before > 1 ? "s" : ""));
    }
    return fit;
  }

  /** The caller has gone: ends the fit without calling its listener. */
  public void cancel(Fit fit) {
    if (drop(fit)) {
      count(Fate.CANCELLED);
    }
  }

  /**
   * Lets a fit wait in the place of older ones of its performer, which have ended; returns how many
   * come before it.
   */
  private synchronized int add(Fit fit, List<Fit> replaced) {
    String performer = fit.performer();
    Fit older = waiting.get(performer);
    if (closed || (older == null && waiting.size() >= room)) {
      throw new NoRoom(closed ? "training-service ends" : room + " fits wait already");
    }
    Stream.concat(
            Stream.concat(Stream.ofNullable(older), checking.stream()),
            Stream.ofNullable(running).filter(now -> now.isChecking() && now.isWanted()))
        .filter(each -> each.performer().equals(performer))
        .forEach(replaced::add);
    checking.removeAll(replaced);
    replaced.forEach(Fit::drop);
    // A key that is there keeps its place.
    waiting.put(performer, fit);
    notifyAll();
    return List.copyOf(waiting.values()).indexOf(fit) + (running == null ? 0 : 1);
  }

  /** Ends a fit, wherever it is; false if it had ended already. */
  private synchronized boolean drop(Fit fit) {
    waiting.remove(fit.performer(), fit);
    checking.remove(fit);
    boolean wanted = fit.isWanted();
    fit.drop();
    return wanted;
  }

  /** Waits for the next fit; null at the end. */
  private synchronized Fit next() {
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

  /** It has leave-one-out still to do, when no other fit waits. */
  private synchronized void again(Fit fit) {
    if (fit.isWanted()) {
      checking.add(fit);
    }
  }

  private void work() {
    for (Fit fit = next(); fit != null; fit = next()) {
      try {
        boolean over = fit.turn(fitter);
        if (over && fit.isWanted()) {
          publish(fit);
        } else {
          again(fit);
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
    if (drop(fit)) {
      count(Fate.FAILED);
      fit.listener().failed(reason);
    }
  }

  private void publish(Fit fit) {
    long now = System.currentTimeMillis();
    Mapping mapping = fit.mapping(names.apply(now), now);
    // From here on it cannot be cancelled.
    if (!drop(fit)) {
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
  public synchronized int waiting() {
    return waiting.size();
  }

  /** What the last fit that was done has taken. */
  public double seconds() {
    return seconds;
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
