package org.latentspace.explorer.outlet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;
import org.latentspace.explorer.teaching.Pair;
import org.latentspace.explorer.teaching.PairBook;
import org.latentspace.explorer.teaching.PairLedger;
import org.latentspace.explorer.teaching.Refusal;
import org.latentspace.wire.DiskRoom;
import org.latentspace.wire.kept.JournalFile;

/**
 * Opens the pairs' journal when it is needed, and again after the disk was full or gone: with the
 * next change, or by itself once there is room. All but the questions is of the pairs' thread.
 */
final class PairDisk {
  private static final Logger LOG = Logger.getLogger(PairDisk.class);
  private static final long AGAIN_MS = 1000;
  private static final String OK = "ok";
  // A change of the pairs takes no more.
  private static final int TRIAL_BYTES = 64 << 10;
  private static final long LEAST_BYTES = 128 << 10;

  private final DiskThread thread;
  private final PairBook book;
  private final PairLedger ledger;
  private final LongAdder refused = new LongAdder();
  private PairStore store;
  private Runnable closed = () -> {};
  private Runnable opened = () -> {};

  private volatile Path folder;
  private volatile String status = OK;
  // Whether what the log has of pairs is still to be read, as this disk has none.
  private volatile boolean logUnread = true;

  PairDisk(DiskThread thread, PairBook book, PairLedger ledger) {
    this.thread = thread;
    this.book = book;
    this.ledger = ledger;
  }

  /**
   * @param dir need not exist; it is made with the first pair
   * @param whenOpened called after the journal was opened again by itself
   * @param whenClosed called when it is closed
   */
  void open(Path dir, Runnable whenOpened, Runnable whenClosed) {
    folder = dir;
    opened = whenOpened;
    closed = whenClosed;
  }

  /** Whether there is a journal on the disk. */
  boolean exists() {
    return Files.exists(folder.resolve(PairStore.NAME));
  }

  /** The journal, opened unless it is. */
  PairStore store() throws IOException {
    if (store == null) {
      if (!status.equals(OK)) {
        // Before what was read is forgotten.
        JournalFile.requireRoom(folder, TRIAL_BYTES);
      }
      ledger.clear();
      store = new PairStore(folder, book, ledger, logUnread);
      logUnread = store.isLogUnread();
      status = OK;
    }
    return store;
  }

  /** Takes over what the log has; returns how many pairs that were. */
  int takeOver(Collection<Pair> logged) throws IOException {
    int taken = logged.isEmpty() && !exists() ? 0 : store().takeOver(logged);
    logUnread = false;
    return taken;
  }

  boolean isLogUnread() {
    return logUnread;
  }

  /** The journal; null while it is closed. */
  PairStore openStore() {
    return store;
  }

  /** Does something on the thread that owns the disk; what the disk says becomes trouble. */
  <T> CompletableFuture<T> ask(Callable<T> work) {
    return thread.ask(
        () -> {
          try {
            return work.call();
          } catch (Refusal no) {
            throw no;
          } catch (Exception fault) {
            lost(fault);
            refused.increment();
            throw new Refusal(Refusal.Kind.UNAVAILABLE, status);
          }
        });
  }

  /** The disk does not take it. */
  void lost(Exception fault) {
    boolean first = status.equals(OK);
    status = "pairs cannot be stored: " + fault.getMessage();
    close();
    if (first) {
      LOG.warn(status);
      thread.later(this::openAgain, AGAIN_MS);
    }
  }

  private void openAgain() {
    try {
      store();
      opened.run();
    } catch (IOException fault) {
      status = "pairs cannot be stored: " + fault.getMessage();
      thread.later(this::openAgain, AGAIN_MS);
    }
  }

  /** Lets the file go; it is opened again when it is needed. */
  void close() {
    if (store != null) {
      try {
        store.close();
      } catch (IOException e) {
        LOG.debugf("the pairs' file was not closed: %s", e.getMessage());
      }
      store = null;
      closed.run();
    }
  }

  /** "ok", or why the last change could not be stored. */
  String status() {
    return status;
  }

  /** "ok", or why no pair can be stored now; looks at the disk. */
  String room() {
    String missing =
        folder == null || !status.equals(OK) ? "" : DiskRoom.missing(folder, LEAST_BYTES);
    return missing.isEmpty() ? status : "pairs cannot be stored: " + missing;
  }

  /** Changes that the disk did not take. */
  long refused() {
    return refused.sum();
  }
}
