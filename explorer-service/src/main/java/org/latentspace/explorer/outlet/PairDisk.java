package org.latentspace.explorer.outlet;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.latentspace.explorer.teaching.Change;
import org.latentspace.explorer.teaching.Pair;
import org.latentspace.explorer.teaching.PairBook;
import org.latentspace.explorer.teaching.PairLedger;
import org.latentspace.explorer.teaching.Refusal;
import org.latentspace.kept.JournalFile;
import org.latentspace.kept.KeptId;
import org.latentspace.kept.KeptOutlet;
import org.latentspace.wire.DiskRoom;

/**
 * Stores changes of pairs on this machine's disk at once, and hands every one on to the topic
 * training-pairs.
 *
 * <pre>
 *   change --> this thread: journal --> ledger, book --> answer
 *                              +----> KeptOutlet --> log; then the journal notes what is handed on
 * </pre>
 *
 * <p>A change that was not noted as handed on is handed on again at the next start: who reads the
 * topic is idempotent by key. The journal is opened when it is needed, and again after the disk was
 * full or gone: with the next change, or by itself once there is room. The disk's status is the
 * teacher's, not the music's.
 */
@ApplicationScoped
public class PairDisk {
  private static final Logger LOG = Logger.getLogger(PairDisk.class);
  private static final int MOST_ASKED = 256;
  private static final long END_MS = 2000;
  private static final long AGAIN_MS = 1000;
  private static final String OK = "ok";
  // A change of the pairs takes no more.
  private static final int TRIAL_BYTES = 64 << 10;
  private static final long LEAST_BYTES = 128 << 10;

  private final PairBook book;
  private final PairLedger ledger;
  private final RandomGenerator chance = new SecureRandom();
  private final DiskThread thread =
      new DiskThread("explorer-pairs", MOST_ASKED, END_MS, this::refusal);
  private final PairSender sender = new PairSender(thread, this::lost);
  private final LongAdder refused = new LongAdder();
  // Of the thread, as the store, which is null while the journal is closed.
  private final Set<String> changed = new HashSet<>();
  private PairStore store;

  private volatile Consumer<String> listener = performer -> {};
  private volatile Path folder;
  private volatile String status = OK;
  // Whether what the log has of pairs is still to be read, as this disk has none.
  private volatile boolean logUnread = true;

  @Inject
  public PairDisk(PairBook book) {
    this.book = book;
    ledger = new PairLedger(book);
  }

  /** What can be taken back, and which scaling made the inputs. */
  public PairLedger ledger() {
    return ledger;
  }

  /**
   * Reads what was taught before, and hands on what was not yet. A disk that cannot be had is
   * status; it is tried again with every change.
   *
   * @param dir need not exist; it is made with the first pair
   */
  public void open(Path dir, KeptOutlet log) {
    folder = dir;
    sender.open(log);
    thread.ask(() -> exists() ? store() : null).exceptionally(fault -> null).join();
    log.store(this::handOnAll);
  }

  private boolean exists() {
    return Files.exists(folder.resolve(PairStore.NAME));
  }

  /** The journal, opened unless it is. */
  private PairStore store() throws IOException {
    if (store == null) {
      if (!status.equals(OK)) {
        // Before what was read is forgotten.
        JournalFile.requireRoom(folder, TRIAL_BYTES);
      }
      ledger.clear();
      store = new PairStore(folder, book, ledger, logUnread);
      logUnread = store.isLogUnread();
      status = OK;
      sender.handOn(store);
    }
    return store;
  }

  /** A name for a pair that no other pair has. */
  public String newName() {
    return KeptId.make(System.currentTimeMillis(), chance);
  }

  /** Does what may {@link #write} a change, on the disk's thread; fails with a {@link Refusal}. */
  public <T> CompletableFuture<T> change(Callable<T> work) {
    return thread.ask(
        () -> {
          sender.requireRoom(this::status);
          // Before the book is asked: opening reads what is in it.
          store();
          return work.call();
        });
  }

  /** Writes a change down and does what it says; on the disk's thread. */
  public void write(Change change) throws IOException {
    store().write(change);
    sender.handOn(store);
    tell(change.performer());
  }

  /** Does something on the disk's thread if the journal is open then; never waits. */
  public void whileOpen(Runnable work) {
    thread.ask(
        () -> {
          if (store != null) {
            work.run();
          }
          return null;
        });
  }

  /** Whether the disk had no pairs, and what the log has of them was not yet read. */
  public boolean isLogUnread() {
    return logUnread;
  }

  /**
   * Takes over what the log has of pairs; what was changed here meanwhile stays as it is. Completes
   * with how many those were, when the disk has them; fails with a {@link Refusal}.
   */
  public CompletionStage<Integer> takeOver(Collection<Pair> logged) {
    return thread.ask(
        () -> {
          int taken = 0;
          if (!logged.isEmpty() || exists()) {
            taken = store().takeOver(logged);
            sender.handOn(store);
          }
          logUnread = false;
          logged.stream().map(Pair::performer).distinct().forEach(this::tell);
          return taken;
        });
  }

  /** Hands all pairs on once more, as the log has lost them; completes with how many. */
  private CompletionStage<Integer> handOnAll() {
    return thread
        .ask(
            () -> {
              if (!exists()) {
                return CompletableFuture.<Void>completedFuture(null);
              }
              store().handOnAll();
              return sender.handOnAll(store);
            })
        .thenCompose(handedOn -> handedOn)
        .thenApply(done -> book.count());
  }

  /** Tells, on the disk's thread, whose pairs have changed: after the answer, once of many. */
  public void whenChanged(Consumer<String> told) {
    listener = told;
  }

  private void tell(String performer) {
    if (changed.add(performer)) {
      thread.later(
          () -> {
            changed.remove(performer);
            listener.accept(performer);
          },
          0);
    }
  }

  private Refusal refusal(Exception fault) {
    lost(fault);
    refused.increment();
    return new Refusal(Refusal.Kind.UNAVAILABLE, status);
  }

  /** The disk does not take it. */
  private void lost(Exception fault) {
    boolean first = status.equals(OK);
    status = "pairs cannot be stored: " + fault.getMessage();
    closeStore();
    if (first) {
      LOG.warn(status);
      thread.later(this::openAgain, AGAIN_MS);
    }
  }

  private void openAgain() {
    try {
      store();
    } catch (IOException fault) {
      status = "pairs cannot be stored: " + fault.getMessage();
      thread.later(this::openAgain, AGAIN_MS);
    }
  }

  /** Lets the file go; it is opened again when it is needed. */
  private void closeStore() {
    if (store != null) {
      try {
        store.close();
      } catch (IOException e) {
        LOG.debugf("the pairs' file was not closed: %s", e.getMessage());
      }
      store = null;
      sender.letGo();
    }
  }

  /** Changes that the log does not have yet. */
  public long waiting() {
    return sender.waiting();
  }

  /** "ok", or the status of the disk or of the log. */
  public String status() {
    return status.equals(OK) ? sender.status() : status;
  }

  /** "ok", or why no pair can be stored now; looks at the disk. */
  public String room() {
    String missing =
        folder == null || !status.equals(OK) ? "" : DiskRoom.missing(folder, LEAST_BYTES);
    return missing.isEmpty() ? status : "pairs cannot be stored: " + missing;
  }

  /** Changes of pairs that the disk did not take. */
  public long refused() {
    return refused.sum();
  }

  void end(@Observes ShutdownEvent end) {
    close();
  }

  /** Stores what was asked for and lets the file go. */
  public void close() {
    if (!thread.end(this::closeStore)) {
      LOG.warn("the disk holds the pairs up; what was answered is stored");
    }
  }
}
