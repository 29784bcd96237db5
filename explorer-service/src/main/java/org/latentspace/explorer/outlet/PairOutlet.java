package org.latentspace.explorer.outlet;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.latentspace.explorer.feature.Scale;
import org.latentspace.explorer.teaching.Change;
import org.latentspace.explorer.teaching.Pair;
import org.latentspace.explorer.teaching.PairBook;
import org.latentspace.explorer.teaching.PairLedger;
import org.latentspace.explorer.teaching.PairTarget;
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
 * topic is idempotent by key. The disk's status is the teacher's, not the music's.
 */
@ApplicationScoped
public class PairOutlet {
  private static final Logger LOG = Logger.getLogger(PairOutlet.class);
  private static final int MOST_ASKED = 256;
  private static final long END_MS = 2000;

  private final PairBook book;
  private final PairLedger ledger;
  private final RandomGenerator chance = new SecureRandom();
  private final DiskThread thread = new DiskThread("explorer-pairs", MOST_ASKED, END_MS);
  private final PairNotifier news = new PairNotifier(thread);
  private final PairDisk disk;
  private final PairSender sender;

  @Inject
  public PairOutlet(PairBook book) {
    this.book = book;
    ledger = new PairLedger(book);
    disk = new PairDisk(thread, book, ledger);
    sender = new PairSender(thread, disk::lost);
  }

  /**
   * Reads what was taught before, and hands on what was not yet. A disk that cannot be had is
   * status; it is tried again with every change.
   *
   * @param dir need not exist; it is made with the first pair
   */
  public void open(Path dir, Supplier<KeptOutlet> opening) {
    sender.open(opening.get());
    disk.open(dir, () -> sender.handOn(disk.openStore()), sender::letGo);
    disk.ask(
            () -> {
              if (disk.exists()) {
                sender.handOn(disk.store());
              }
              return null;
            })
        .exceptionally(fault -> null)
        .join();
    sender.log().store(this::handOnAll);
  }

  /** Whether the disk had no pairs, and what the log has of them was not yet read. */
  public boolean isLogUnread() {
    return disk.isLogUnread();
  }

  /**
   * Takes over what the log has of pairs; what was changed here meanwhile stays as it is. Completes
   * with how many those were, when the disk has them; fails with a {@link Refusal}.
   */
  public CompletionStage<Integer> takeOver(Collection<Pair> logged) {
    return disk.ask(
        () -> {
          int taken = disk.takeOver(logged);
          sender.handOn(disk.openStore());
          logged.stream().map(Pair::performer).distinct().forEach(news::tell);
          return taken;
        });
  }

  /** Hands all pairs on once more, as the log has lost them; completes with how many. */
  private CompletionStage<Integer> handOnAll() {
    return disk.ask(
            () -> {
              if (!disk.exists()) {
                return CompletableFuture.<Void>completedFuture(null);
              }
              disk.store().handOnAll();
              return sender.handOnAll(disk.openStore());
            })
        .thenCompose(handedOn -> handedOn)
        .thenApply(done -> book.count());
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
  public CompletionStage<Pair> edit(String performer, String name, PairTarget meaning) {
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
          if (disk.openStore() != null && has && !scale.isLike(ledger.scale(performer))) {
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
    return disk.ask(
        () -> {
          sender.requireRoom(this::status);
          // Before the book is asked: opening reads what is in it.
          disk.store();
          return work.call();
        });
  }

  private Void write(Change change) throws IOException {
    disk.store().write(change);
    sender.handOn(disk.openStore());
    news.tell(change.performer());
    return null;
  }

  /** Tells, on the pairs' thread, whose pairs have changed. */
  public void whenChanged(Consumer<String> told) {
    news.hear(told);
  }

  /** Changes that the log does not have yet. */
  public long waiting() {
    return sender.waiting() + (sender.log() == null ? 0 : sender.log().waiting());
  }

  /** "ok", or the status of the disk or of the log. */
  public String status() {
    String ofTheDisk = disk.status();
    return sender.log() == null || !ofTheDisk.equals("ok") ? ofTheDisk : sender.log().status();
  }

  /** "ok", or why no pair can be stored now; looks at the disk. */
  public String room() {
    return disk.room();
  }

  /** Changes of pairs that the disk did not take. */
  public long refused() {
    return disk.refused();
  }

  void end(@Observes ShutdownEvent end) {
    close();
  }

  /** Stores what was asked for and lets the file go. */
  public void close() {
    if (!thread.end(disk::close)) {
      LOG.warn("the disk holds the pairs up; what was answered is stored");
    }
  }
}
