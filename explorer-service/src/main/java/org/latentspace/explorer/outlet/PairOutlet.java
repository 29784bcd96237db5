package org.latentspace.explorer.outlet;

import com.google.protobuf.InvalidProtocolBufferException;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.latentspace.explorer.PairWire;
import org.latentspace.explorer.teaching.Pair;
import org.latentspace.explorer.teaching.PairBook;
import org.latentspace.explorer.teaching.Refusal;
import org.latentspace.wire.kept.KeptId;
import org.latentspace.wire.kept.KeptOutlet;

/**
 * Stores pairs on this machine's disk at once, and hands every change on to the topic
 * training-pairs.
 *
 * <pre>
 *   add, remove --> this thread: disk --> answer
 *                                  +----> KeptOutlet --> log; then the disk notes that it is handed on
 * </pre>
 *
 * A change that was not noted as handed on is handed on again at the next start: who reads the
 * topic is idempotent by key. The disk's weather is the teacher's, not the music's.
 */
@ApplicationScoped
public class PairOutlet {
  private static final Logger LOG = Logger.getLogger(PairOutlet.class);
  private static final int MOST_ASKED = 256;
  private static final int MOST_WAITING = 20_000;
  private static final long AGAIN_MS = 1000;
  private static final long END_MS = 2000;

  private final PairBook book;
  private final RandomGenerator chance = new SecureRandom();
  private final Semaphore room = new Semaphore(MOST_ASKED);
  private final ScheduledThreadPoolExecutor thread;

  // Of the thread.
  private Path folder;
  private PairStore store;
  private boolean handing;
  private final HandedOn handedOn = new HandedOn();

  private volatile KeptOutlet log;
  private volatile long waiting;
  private volatile String weather = "ok";

  @Inject
  public PairOutlet(PairBook book) {
    this.book = book;
    thread =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread own = new Thread(task, "explorer-pairs");
              own.setDaemon(true);
              return own;
            });
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
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
    return ask(
        () -> {
          requireRoom();
          // Before the book is asked: opening reads what is in it.
          PairStore open = store();
          book.requireRoom(pair.performer());
          open.add(PairWire.pair(pair));
          book.add(pair);
          handOn();
          return pair;
        });
  }

  /** Completes with what was taken away, when the disk knows it; fails with a {@link Refusal}. */
  public CompletionStage<Pair> remove(String performer, String name) {
    return ask(
        () -> {
          requireRoom();
          PairStore open = store();
          Pair pair = book.find(performer, name);
          open.remove(performer, name);
          book.remove(performer, name);
          handOn();
          return pair;
        });
  }

  private void requireRoom() {
    if (waiting >= MOST_WAITING) {
      throw new Refusal(
          Refusal.Kind.WEATHER,
          waiting + " changes wait for the log, at most " + MOST_WAITING + ": " + weather());
    }
  }

  /** Does something on the thread that owns the disk. */
  private <T> CompletableFuture<T> ask(Callable<T> work) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    if (!room.tryAcquire()) {
      answer.completeExceptionally(
          new Refusal(Refusal.Kind.NO_ROOM, "more than " + MOST_ASKED + " changes at a time"));
      return answer;
    }
    try {
      thread.execute(
          () -> {
            room.release();
            answer(work, answer);
          });
    } catch (RejectedExecutionException e) {
      room.release();
      answer.completeExceptionally(new Refusal(Refusal.Kind.WEATHER, "explorer-service is ending"));
    }
    return answer;
  }

  private <T> void answer(Callable<T> work, CompletableFuture<T> answer) {
    try {
      answer.complete(work.call());
    } catch (Refusal no) {
      answer.completeExceptionally(no);
    } catch (Exception fault) {
      weather = "pairs cannot be stored: " + fault.getMessage();
      letGo();
      answer.completeExceptionally(new Refusal(Refusal.Kind.WEATHER, weather));
    }
  }

  private PairStore store() throws IOException {
    if (store == null) {
      book.clear();
      store = new PairStore(folder, this::read);
      weather = "ok";
    }
    return store;
  }

  private void read(boolean added, byte[] message) throws InvalidProtocolBufferException {
    Pair pair = PairWire.pair(org.latentspace.proto.TrainingPair.parseFrom(message));
    if (added) {
      book.add(pair);
    } else {
      book.remove(pair.performer(), pair.name());
    }
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

  /** Hands the oldest change on, and the next when the outlet's disk has it. */
  private void handOn() {
    waiting = store == null ? waiting : store.waiting();
    handedOn.tell(waiting);
    PairStore.Waiting oldest = store == null || handing ? null : store.oldest();
    if (oldest == null) {
      return;
    }
    handing = true;
    log.keep(oldest.key(), oldest.value())
        .whenComplete((done, fault) -> onThread(() -> handedOn(oldest, fault), 0));
  }

  private void handedOn(PairStore.Waiting change, Throwable fault) {
    handing = false;
    if (fault != null) {
      onThread(this::handOn, AGAIN_MS);
      return;
    }
    try {
      if (store != null) {
        store.handedOn(change);
      }
    } catch (IOException e) {
      weather = "pairs cannot be stored: " + e.getMessage();
      letGo();
    }
    handOn();
  }

  private void onThread(Runnable work, long afterMs) {
    try {
      thread.schedule(work, afterMs, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException ending) {
      LOG.debug("what is not handed on is handed on at the next start");
    }
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
    CompletableFuture<Void> last =
        ask(
            () -> {
              letGo();
              return null;
            });
    try {
      last.get(END_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("the disk holds the pairs up; what was answered is stored");
    }
    thread.shutdown();
  }
}
