package org.latentspace.training.fit;

import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;
import org.latentspace.training.data.TaughtPair;
import org.latentspace.training.jobs.QueueFull;

/**
 * Lets performers have their mappings fitted in turn, one fit at a time.
 *
 * <pre>
 *   ask --> waiting for the log --(fit-log)--> waiting for its turn --(fit)--> Fitter
 *           one a performer: a newer one takes the place           |  ^
 *           of the older, which is told                            v  | leave-one-out, a turn each,
 *                                                     FitNews <-- Fit-+ when nobody else waits
 * </pre>
 */
public final class FitQueue implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(FitQueue.class.getName());
  private static final long LOOK_MS = 3;
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

  /**
   * What fits are made of and with.
   *
   * @param pairs of a performer, as they are now
   * @param chance for seeds that nobody has chosen
   * @param room fits that may wait
   */
  public record Means(
      Function<String, List<TaughtPair>> pairs,
      Fitter fitter,
      FitNews news,
      RandomGenerator chance,
      int room) {}

  private final Means means;
  private final Map<Fate, LongAdder> fates = new EnumMap<>(Fate.class);
  private final Object lock = new Object();
  // Guarded by lock: by performer in order; those of them that have what they need; those whose
  // mapping is fitted, while leave-one-out goes on; the one whose turn it is.
  private final Map<String, Fit> waiting = new LinkedHashMap<>();
  private final Set<Fit> ready = new HashSet<>();
  private final Deque<Fit> checking = new ArrayDeque<>();
  private Fit running;
  private boolean closed;
  private volatile double seconds;

  public FitQueue(Means means) {
    this.means = means;
    for (Fate fate : Fate.values()) {
      fates.put(fate, new LongAdder());
    }
  }

  /** Starts its two threads. */
  public void begin() {
    start(this::followLog, "fit-log");
    start(this::fit, "fit");
  }

  private static void start(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Puts a fit into the queue; throws QueueFull where there is no room. */
  public Fit ask(FitAsk ask, FitListener listener) {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ask.waitMillis());
    Fit fit = new Fit(ask, listener, deadline);
    List<Fit> replaced = new ArrayList<>();
    synchronized (lock) {
      Fit older = waiting.get(ask.performer());
      if (closed || (older == null && waiting.size() >= means.room())) {
        throw new QueueFull(
            closed ? "training-service ends" : waiting.size() + " fits wait already");
      }
      if (older != null) {
        replaced.add(older);
        ready.remove(older);
      }
      // A key that is there keeps its place.
      waiting.put(ask.performer(), fit);
      checking.stream().filter(each -> isOf(ask, each)).forEach(replaced::add);
      if (running != null && running.isChecking() && isOf(ask, running)) {
        replaced.add(running);
      }
      checking.removeAll(replaced);
      replaced.forEach(Fit::drop);
      lock.notifyAll();
    }
    for (Fit each : replaced) {
      count(Fate.REPLACED);
      each.listener().failed("replaced: the performer has asked for a newer fit");
    }
    listener.waiting("for the log");
    return fit;
  }

  private static boolean isOf(FitAsk ask, Fit fit) {
    return fit.ask().performer().equals(ask.performer()) && !fit.isUnwanted();
  }

  /** Whoever asked for it has gone; the listener hears no more. */
  public void cancel(Fit fit) {
    synchronized (lock) {
      waiting.remove(fit.ask().performer(), fit);
      ready.remove(fit);
      checking.remove(fit);
      if (!fit.isUnwanted()) {
        fit.drop();
        count(Fate.CANCELLED);
      }
    }
  }

  private void followLog() {
    List<Fit> early = new ArrayList<>();
    while (takeEarly(early)) {
      for (Fit fit : early) {
        try {
          look(fit);
        } catch (RuntimeException refusal) {
          refuse(fit, refusal);
        }
      }
    }
  }

  /** Waits until there are some whose pairs may not be here yet; false at the end. */
  private boolean takeEarly(List<Fit> early) {
    early.clear();
    synchronized (lock) {
      try {
        while (!closed && waiting.size() == ready.size()) {
          lock.wait();
        }
        lock.wait(LOOK_MS);
      } catch (InterruptedException ended) {
        return false;
      }
      waiting.values().stream().filter(fit -> !ready.contains(fit)).forEach(early::add);
      return !closed;
    }
  }

  private void look(Fit fit) {
    String behind = fit.ask().log().behind();
    if (!behind.isEmpty()) {
      if (fit.isLate(System.nanoTime())) {
        throw new LogBehind(
            "the log has not brought the pairs within "
                + fit.ask().waitMillis()
                + " ms: "
                + behind);
      }
      return;
    }
    List<TaughtPair> pairs = means.pairs().apply(fit.ask().performer());
    fit.prepare(pairs, means.chance().nextInt(MOST_SEED));
    int before;
    synchronized (lock) {
      if (waiting.get(fit.ask().performer()) != fit) {
        return;
      }
      ready.add(fit);
      before = ready.size() - 1 + (running == null ? 0 : 1);
      lock.notifyAll();
    }
    if (before > 0) {
      fit.listener().waiting("for its turn, after " + before + " others");
    }
  }

  private void refuse(Fit fit, RuntimeException refusal) {
    synchronized (lock) {
      if (fit.isUnwanted() || !waiting.remove(fit.ask().performer(), fit)) {
        return;
      }
      fit.drop();
    }
    count(Fate.REFUSED);
    fit.listener().refused(refusal);
  }

  private void fit() {
    for (Fit fit = next(); fit != null; fit = next()) {
      try {
        boolean over = fit.turn(means.fitter());
        if (!fit.isUnwanted() && over) {
          publish(fit);
        } else if (!fit.isUnwanted()) {
          again(fit);
        }
      } catch (FitFault fault) {
        end(fit, fault.getMessage());
      } catch (UncheckedIOException weather) {
        end(fit, weather.getMessage());
      } catch (InterruptedException ended) {
        return;
      } catch (RuntimeException fault) {
        LOG.log(Level.SEVERE, "a fit has found a fault in this program", fault);
        end(fit, "a fault in this program: " + fault);
      }
    }
  }

  private Fit next() {
    synchronized (lock) {
      running = null;
      while (!closed && ready.isEmpty() && checking.isEmpty()) {
        try {
          lock.wait();
        } catch (InterruptedException ended) {
          return null;
        }
      }
      if (closed) {
        return null;
      }
      running =
          waiting.values().stream().filter(ready::contains).findFirst().orElseGet(checking::poll);
      waiting.remove(running.ask().performer(), running);
      ready.remove(running);
      return running;
    }
  }

  private void again(Fit fit) {
    synchronized (lock) {
      if (!fit.isUnwanted()) {
        checking.add(fit);
      }
    }
  }

  private void end(Fit fit, String reason) {
    synchronized (lock) {
      if (fit.isUnwanted()) {
        return;
      }
      fit.drop();
    }
    count(Fate.FAILED);
    fit.listener().failed(reason);
  }

  private void publish(Fit fit) {
    long now = System.currentTimeMillis();
    Mapping mapping = fit.mapping(means.news().name(now), now);
    seconds = mapping.seconds();
    synchronized (lock) {
      if (fit.isUnwanted()) {
        return;
      }
      fit.drop();
    }
    count(Fate.DONE);
    means
        .news()
        .published(mapping)
        .toCompletableFuture()
        .orTimeout(DISK_MS, TimeUnit.MILLISECONDS)
        .whenComplete(
            (kept, weather) ->
                fit.listener()
                    .done(
                        mapping,
                        weather == null
                            ? ""
                            : "it plays, but cannot be kept here: " + weather.getMessage()));
  }

  private void count(Fate fate) {
    fates.get(fate).increment();
  }

  /** How many fits have ended so. */
  public long count(Set<Fate> which) {
    return which.stream().mapToLong(fate -> fates.get(fate).sum()).sum();
  }

  /** Fits that wait, for the log or for their turn. */
  public int waiting() {
    synchronized (lock) {
      return waiting.size();
    }
  }

  /** What the last fit that was done has taken. */
  public double seconds() {
    return seconds;
  }

  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      lock.notifyAll();
    }
  }
}
