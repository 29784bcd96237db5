package org.latentspace.explorer.outlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.stub.ServerCallStreamObserver;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.latentspace.explorer.teaching.Refusal;
import org.latentspace.wire.grpc.ThisCall;

/** What a disk is asked, while it is slow and while it ends. */
class DiskThreadTest {
  private static final int MOST = 3;
  private static final long LONG_MS = 20_000;

  private final List<String> done = new CopyOnWriteArrayList<>();
  private final CountDownLatch slow = new CountDownLatch(1);
  private DiskThread thread = new DiskThread("test-disk", MOST, LONG_MS, fault -> fault);

  @AfterEach
  void end() {
    slow.countDown();
    thread.end(() -> {});
  }

  private CompletableFuture<String> ask(String name) {
    return thread.ask(
        () -> {
          done.add(name);
          return name;
        });
  }

  /** Returns when the disk is at it. */
  private CompletableFuture<Object> holdUp() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<Object> held =
        thread.ask(
            () -> {
              begun.countDown();
              slow.await();
              return null;
            });
    begun.await();
    return held;
  }

  @Test
  void whatACallerHasGivenUpWhileItWaitedIsNotDone() throws Exception {
    holdUp();
    Caller patient = new Caller();
    Caller gone = new Caller();
    CompletableFuture<String> kept = ThisCall.on(patient, () -> ask("kept"));
    CompletableFuture<String> left = ThisCall.on(gone, () -> ask("left"));
    CompletableFuture<String> own = ask("own");
    gone.cancelled = true;
    slow.countDown();
    assertEquals("kept", kept.join());
    assertEquals("own", own.join());
    assertEquals("not done: the caller has given up", refused(left).getMessage());
    assertEquals(List.of("kept", "own"), done);
  }

  /** Whose call it is. */
  private static final class Caller extends ServerCallStreamObserver<String> {
    private volatile boolean cancelled;

    @Override
    public boolean isCancelled() {
      return cancelled;
    }

    @Override
    public void setOnCancelHandler(Runnable handler) {}

    @Override
    public void setCompression(String compression) {}

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setOnReadyHandler(Runnable handler) {}

    @Override
    public void request(int count) {}

    @Override
    public void setMessageCompression(boolean enable) {}

    @Override
    public void disableAutoInboundFlowControl() {}

    @Override
    public void onNext(String value) {}

    @Override
    public void onError(Throwable fault) {}

    @Override
    public void onCompleted() {}
  }

  private static Refusal refused(CompletableFuture<?> answer) {
    return (Refusal) assertThrows(CompletionException.class, answer::join).getCause();
  }

  @Test
  void doesWhatItIsAskedInOrderAndOnItsOwnThread() {
    List<CompletableFuture<String>> answers = new ArrayList<>();
    for (String name : List.of("a", "b", "c")) {
      answers.add(ask(name));
      assertEquals(name, answers.get(answers.size() - 1).join());
    }
    assertEquals(List.of("a", "b", "c"), done);
    Thread own = thread.ask(Thread::currentThread).join();
    assertEquals("test-disk", own.getName());
    assertTrue(own.isDaemon());
  }

  @Test
  void aFaultIsTheAskersAndTheNextOneIsDone() {
    IOException fault = new IOException("full");
    CompletableFuture<Object> answer =
        thread.ask(
            () -> {
              throw fault;
            });
    assertSame(fault, assertThrows(CompletionException.class, answer::join).getCause());
    assertEquals("next", ask("next").join());
  }

  @Test
  void whenAsMuchWaitsAsMayTheNextIsRefusedAndWhatWaitsIsDone() throws Exception {
    holdUp();
    List<CompletableFuture<String>> waiting = List.of(ask("a"), ask("b"), ask("c"));
    Refusal full = refused(ask("d"));
    assertEquals(Refusal.Kind.NO_ROOM, full.kind());
    assertEquals("more than 3 changes at a time", full.getMessage());
    slow.countDown();
    waiting.forEach(CompletableFuture::join);
    assertEquals("e", ask("e").join());
    assertEquals(List.of("a", "b", "c", "e"), done);
  }

  @Test
  void whatWaitsAtTheEndIsDoneAndThenTheLastEvenWhenItIsFull() throws Exception {
    holdUp();
    ask("a");
    ask("b");
    ask("c");
    slow.countDown();
    assertTrue(thread.end(() -> done.add("last")));
    assertEquals(List.of("a", "b", "c", "last"), done);
    Refusal late = refused(ask("late"));
    assertEquals(Refusal.Kind.UNAVAILABLE, late.kind());
    assertEquals("explorer-service is ending", late.getMessage());
    assertTrue(thread.end(() -> done.add("again")), "ends once");
    assertEquals(4, done.size());
  }

  @Test
  void whatIsForLaterIsDoneUnlessItEndsBefore() {
    CompletableFuture<Void> soon = new CompletableFuture<>();
    thread.later(() -> soon.complete(null), 1);
    soon.join();
    thread.later(() -> done.add("now"), 0);
    thread.later(() -> done.add("never"), LONG_MS);
    assertTrue(thread.end(() -> done.add("last")));
    thread.later(() -> done.add("too late"), 0);
    assertEquals(List.of("now", "last"), done);
  }

  @Test
  void aDiskThatHoldsTheEndUpIsSaidAndWhatItWasAskedIsDoneYet() throws Exception {
    thread = new DiskThread("held-disk", MOST, 1, fault -> fault);
    holdUp();
    CompletableFuture<String> waiting = ask("a");
    CompletableFuture<Void> last = new CompletableFuture<>();
    assertFalse(thread.end(() -> last.complete(null)));
    assertEquals(Refusal.Kind.UNAVAILABLE, refused(ask("late")).kind());
    slow.countDown();
    assertEquals("a", waiting.join());
    last.join();
    assertEquals(List.of("a"), done);
  }
}
