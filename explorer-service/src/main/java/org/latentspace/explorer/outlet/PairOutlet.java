package org.latentspace.explorer.outlet;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.latentspace.explorer.heard.Scale;
import org.latentspace.explorer.teaching.Change;
import org.latentspace.explorer.teaching.Meaning;
import org.latentspace.explorer.teaching.Pair;
import org.latentspace.explorer.teaching.PairBook;
import org.latentspace.explorer.teaching.PairLedger;
import org.latentspace.explorer.teaching.PairsNow;
import org.latentspace.explorer.teaching.Refusal;
import org.latentspace.explorer.teaching.Undoable;
import org.latentspace.wire.kept.KeptId;
import org.latentspace.wire.kept.KeptOutlet;

/**
 * Stores pairs on this machine's disk at once, and hands every change on to the topic
 * training-pairs.
 *
 * <pre>
 *   add, edit, remove, clear, undo --> this thread: disk --> book --> answer
 *                                                              +----> KeptOutlet --> log;
 *                                             then the disk notes what is handed on
 * </pre>
 *
 * A change that was not noted as handed on is handed on again at the next start: who reads the
 * topic is idempotent by key. The disk's weather is the teacher's, not the music's.
 */
@ApplicationScoped
public class PairOutlet {
  private static final Logger LOG = Logger.getLogger(PairOutlet.class);
  private static final int MOST_WAITING = 20_000;
  private static final int AT_A_TIME = 1024;
  private static final long AGAIN_MS = 1000;

  private final PairBook book;
  private final PairLedger ledger;
  private final RandomGenerator chance = new SecureRandom();
  private final PairThread thread = new PairThread();

  // Of the thread.
  private Path folder;
  private PairStore store;
  private boolean handing;
  private final HandedOn handedOn = new HandedOn();

  private final List<Consumer<Change>> hearers = new CopyOnWriteArrayList<>();
  private final Map<String, Long> revisions = new ConcurrentHashMap<>();
  private volatile KeptOutlet log;
  private volatile long waiting;
  private volatile String weather = "ok";

  @Inject
  public PairOutlet(PairBook book) {
    this.book = book;
    ledger = new PairLedger(book);
  }

  /**
   * Reads what was taught before, and hands on what was not yet. A disk that cannot be had is
   * weather; it is tried again with every change.
   *
   * @param dir need not exist; it is made with the first pair
   */
  public void open(Path dir, Supplier<KeptOutlet> opening) {
    log = opening.get();
    ask(() -> {
          folder = dir;
          if (Files.exists(dir.resolve(PairFile.NAME))) {
            store();
            handOn();
          }
          return null;
        })
        .exceptionally(
            fault -> {
              LOG.warn(weather);
              return null;
            })
        .join();
  }

  /** A name for a pair that no other pair has. */
  public String newName() {
    return KeptId.make(System.currentTimeMillis(), chance);
  }

  /** Completes when the pair is on disk; fails with a {@link Refusal}. */
  public CompletionStage<Pair> add(Pair pair) {
    return change(
        () -> {
          book.requireRoom(pair.performer());
          write(new Change.Added(pair));
          return pair;
        });
  }

  /** Completes with the pair and its other meaning; fails with a {@link Refusal}. */
  public CompletionStage<Pair> edit(String performer, String name, Meaning meaning) {
    return change(
        () -> {
          Pair pair = book.find(performer, name).meaning(meaning);
          write(new Change.Edited(pair));
          return pair;
        });
  }

  /** Completes with what was taken away, when the disk knows it; fails with a {@link Refusal}. */
  public CompletionStage<Pair> remove(String performer, String name) {
    return change(
        () -> {
          Pair pair = book.find(performer, name);
          write(new Change.Removed(performer, name));
          return pair;
        });
  }

  /** Takes all of a performer's pairs away; fails with a {@link Refusal}. */
  public CompletionStage<PairsNow> clear(String performer) {
    return change(
        () -> {
          int count = book.count(performer);
          if (count > 0) {
            write(new Change.Cleared(performer));
          }
          return now(performer, "took away " + count + (count == 1 ? " pair" : " pairs"));
        });
  }

  /** Takes the newest change of a performer's pairs back; fails with a {@link Refusal}. */
  public CompletionStage<PairsNow> undo(String performer) {
    return change(
        () -> {
          Undoable newest = ledger.newest(performer);
          book.requireRoom(performer, newest.before().size());
          write(new Change.Undone(performer, newest.number()));
          return now(performer, newest.takingBack());
        });
  }

  /**
   * Puts pairs in the place of all that a performer has; cannot be undone. Fails with a {@link
   * Refusal}.
   *
   * @param scale that made their inputs; null: not known
   */
  public CompletionStage<PairsNow> replace(String performer, List<Pair> pairs, Scale scale) {
    return change(
        () -> {
          book.requireRoom(performer, pairs.size());
          write(new Change.Replaced(performer, pairs, scale));
          return now(performer, "brought in " + pairs.size() + " pairs");
        });
  }

  /**
   * The inputs of the performer's pairs shall be what this scaling makes of the raw values. Never
   * waits; what cannot be done now is done when the scaling is heard again.
   */
  public void scale(String performer, Scale scale) {
    thread.ask(
        () -> {
          boolean has = ledger.undoableCount(performer) > 0 || book.count(performer) > 0;
          if (store != null && has && !scale.isLike(ledger.scale(performer))) {
            change(() -> write(new Change.Scaled(performer, scale)));
          }
          return null;
        });
  }

  private PairsNow now(String performer, String change) {
    return new PairsNow(change, book.count(performer), ledger.undoableCount(performer));
  }

  /** Changes of a performer's pairs that can be taken back. */
  public int undoable(String performer) {
    return ledger.undoableCount(performer);
  }

  /** The scaling that made the inputs of a performer's pairs; null if it is not known. */
  public Scale scale(String performer) {
    return ledger.scale(performer);
  }

  private <T> CompletableFuture<T> change(Callable<T> work) {
    return ask(
        () -> {
          if (waiting >= MOST_WAITING) {
            throw new Refusal(
                Refusal.Kind.WEATHER,
                waiting + " changes wait for the log, at most " + MOST_WAITING + ": " + weather());
          }
          // Before the book is asked: opening reads what is in it.
          store();
          return work.call();
        });
  }

  private Void write(Change change) throws IOException {
    store().write(change);
    handOn();
    revisions.merge(change.performer(), 1L, Long::sum);
    hearers.forEach(hearer -> hearer.accept(change));
    return null;
  }

  /** From now on hears every change that is on disk, on the thread that owns the disk. */
  public void hear(Consumer<Change> hearer) {
    hearers.add(hearer);
  }

  /** Goes up with every change of a performer's pairs. */
  public long revision(String performer) {
    return revisions.getOrDefault(performer, 0L);
  }

  /** Does something on the thread that owns the disk; what the disk says becomes weather. */
  private <T> CompletableFuture<T> ask(Callable<T> work) {
    return thread.ask(
        () -> {
          try {
            return work.call();
          } catch (Refusal no) {
            throw no;
          } catch (Exception fault) {
            weather = "pairs cannot be stored: " + fault.getMessage();
            letGo();
            throw new Refusal(Refusal.Kind.WEATHER, weather);
          }
        });
  }

  private PairStore store() throws IOException {
    if (store == null) {
      ledger.clear();
      store = new PairStore(folder, book, ledger);
      weather = "ok";
    }
    return store;
  }

  /** A disk in bad weather is opened anew with the next change. */
  private void letGo() {
    if (store != null) {
      try {
        store.close();
      } catch (IOException e) {
        LOG.debugf("the pairs' file was not closed: %s", e.getMessage());
      }
      store = null;
    }
  }

  /** Hands the oldest changes on, and the next when the outlet's disk has them. */
  private void handOn() {
    waiting = store == null ? waiting : store.waiting();
    handedOn.tell(waiting);
    List<PairStore.Waiting> oldest = store == null || handing ? List.of() : store.oldest(AT_A_TIME);
    if (oldest.isEmpty()) {
      return;
    }
    handing = true;
    long last = oldest.get(oldest.size() - 1).number();
    CompletableFuture<?>[] kept =
        oldest.stream()
            .map(change -> log.keep(change.key(), change.value()).toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new);
    // If one cannot be kept, all are handed on again: in order, so that the newest of a key is
    // last.
    CompletableFuture.allOf(kept)
        .whenComplete((done, fault) -> thread.later(() -> handedOn(last, fault), 0));
  }

  private void handedOn(long last, Throwable fault) {
    handing = false;
    if (fault != null) {
      thread.later(this::handOn, AGAIN_MS);
      return;
    }
    try {
      if (store != null) {
        store.handedOn(last);
      }
    } catch (IOException e) {
      weather = "pairs cannot be stored: " + e.getMessage();
      letGo();
    }
    handOn();
  }

  /**
   * Completes with the position in the log that has the pairs as they are now, -1 if nobody knows;
   * fails with what is missing after so many milliseconds.
   */
  public CompletionStage<Long> settled(long withinMs) {
    CompletableFuture<Void> all = handedOn.ask(withinMs, this::weather);
    ask(() -> {
          store = waiting > 0 ? store() : store;
          handedOn.ready(all);
          handOn();
          return null;
        })
        .exceptionally(fault -> handedOn.fail(all, fault));
    return all.thenCompose(handed -> log.settled(withinMs));
  }

  /** Changes that the log does not have yet. */
  public long waiting() {
    KeptOutlet open = log;
    return waiting + (open == null ? 0 : open.waiting());
  }

  /** "ok", or the weather of the disk or of the log. */
  public String weather() {
    KeptOutlet open = log;
    return open == null || !weather.equals("ok") ? weather : open.weather();
  }

  void end(@Observes ShutdownEvent end) {
    close();
  }

  /** Stores what was asked for and lets the file go. */
  void close() {
    thread.end(this::letGo);
  }
}
