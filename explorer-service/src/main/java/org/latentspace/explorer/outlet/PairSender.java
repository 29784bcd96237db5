package org.latentspace.explorer.outlet;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.latentspace.explorer.teaching.Refusal;
import org.latentspace.kept.KeptOutlet;

/**
 * Hands the journal's changes on to the log, in their order and many at a time, and notes in the
 * journal what is handed on. All but the questions is of the pairs' thread.
 */
final class PairSender {
  private static final int AT_A_TIME = 1024;
  private static final int MOST_WAITING = 20_000;
  private static final long AGAIN_MS = 1000;

  private final DiskThread thread;
  private final Consumer<Exception> lost;
  // Of the thread; null while the disk is gone.
  private PairStore store;
  private boolean handing;
  private CompletableFuture<Void> all = new CompletableFuture<>();

  private volatile KeptOutlet log;
  private volatile long waiting;

  /**
   * @param lost hears that the journal's disk is gone
   */
  PairSender(DiskThread thread, Consumer<Exception> lost) {
    this.thread = thread;
    this.lost = lost;
  }

  void open(KeptOutlet keeping) {
    log = keeping;
  }

  /** "ok", or the status of the log. */
  String status() {
    return log == null ? "ok" : log.status();
  }

  /** Changes that the log does not have. */
  long waiting() {
    return waiting + (log == null ? 0 : log.waiting());
  }

  /** Throws {@link Refusal} when as many changes wait as may. */
  void requireRoom(Supplier<String> status) {
    if (waiting >= MOST_WAITING) {
      throw new Refusal(
          Refusal.Kind.UNAVAILABLE,
          waiting + " changes wait for the log, at most " + MOST_WAITING + ": " + status.get());
    }
  }

  /** Hands on what the journal has; completes when the log's disk has all of it. */
  CompletableFuture<Void> handOnAll(PairStore journal) {
    if (all.isDone()) {
      all = new CompletableFuture<>();
    }
    CompletableFuture<Void> asked = all;
    handOn(journal);
    return asked;
  }

  /** The journal is closed. */
  void letGo() {
    store = null;
    all.completeExceptionally(new IOException("the pairs' journal is closed"));
  }

  /** Hands the oldest changes of the journal on, and the next when the outlet's disk has them. */
  void handOn(PairStore journal) {
    store = journal;
    handOn();
  }

  private void handOn() {
    waiting = store == null ? waiting : store.waiting();
    if (store != null && waiting == 0) {
      all.complete(null);
    }
    List<PairStore.Waiting> oldest = store == null || handing ? List.of() : store.oldest(AT_A_TIME);
    if (oldest.isEmpty()) {
      return;
    }
    handing = true;
    long last = oldest.get(oldest.size() - 1).number();
    CompletableFuture<?>[] kept =
        oldest.stream()
            .map(change -> log.keepIfNew(change.key(), change.value()).toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new);
    // If one cannot be kept, all are handed on again: in order, so that the newest of a key is
    // last.
    CompletableFuture.allOf(kept)
        .whenComplete((done, fault) -> thread.later(() -> kept(last, fault), 0));
  }

  private void kept(long last, Throwable fault) {
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
      lost.accept(e);
    }
    handOn();
  }
}
