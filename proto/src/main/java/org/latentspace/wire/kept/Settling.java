package org.latentspace.wire.kept;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Tells those who asked when everything that was kept before they asked has been acknowledged.
 *
 * <pre>
 *   ask --> asked --(the writer has written what was before)--> waiting --(acknowledged)--> told
 * </pre>
 */
final class Settling {
  private static final int MOST_ASKED = 256;

  /** One who waits for a number in the spool. */
  private record Waiting(long number, CompletableFuture<Long> done) {}

  // Guarded by this.
  private final List<CompletableFuture<Long>> asked = new ArrayList<>();
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  // In the writer's hand: neither asked nor waiting.
  private int inHand;
  private long number = NumberFile.NONE;
  private long offset = NumberFile.NONE;
  private boolean closed;

  /**
   * Asks; the writer is to be woken.
   *
   * @param weather says what it is that takes so long
   */
  CompletableFuture<Long> ask(long withinMs, Supplier<String> weather) {
    CompletableFuture<Long> done = new CompletableFuture<>();
    synchronized (this) {
      asked.removeIf(CompletableFuture::isDone);
      waiting.removeIf(one -> one.done.isDone());
      if (closed || asked.size() + inHand + waiting.size() >= MOST_ASKED) {
        done.completeExceptionally(new Weather(closed ? "closed" : MOST_ASKED + " ask already"));
        return done;
      }
      asked.add(done);
    }
    CompletableFuture.delayedExecutor(withinMs, TimeUnit.MILLISECONDS)
        .execute(() -> late(done, withinMs, weather));
    return done;
  }

  private static void late(CompletableFuture<Long> done, long withinMs, Supplier<String> weather) {
    if (!done.isDone()) {
      String why = weather.get();
      done.completeExceptionally(
          new Weather(
              why.equals(Weather.FAIR)
                  ? "the log has not taken everything within " + withinMs + " ms"
                  : why));
    }
  }

  /** Those who have asked until now; the writer takes them together with what is to be written. */
  synchronized void take(List<CompletableFuture<Long>> taken) {
    taken.addAll(asked);
    inHand += asked.size();
    asked.clear();
  }

  /** From now on these wait for this number, which is not lower than before. */
  void await(List<CompletableFuture<Long>> taken, long newest) {
    synchronized (this) {
      inHand -= taken.size();
      taken.forEach(done -> waiting.add(new Waiting(newest, done)));
    }
    tell();
  }

  /** All up to this number have been acknowledged, the last of them at this offset. */
  void reached(long acknowledged, long at) {
    synchronized (this) {
      number = acknowledged;
      offset = at;
    }
    tell();
  }

  private void tell() {
    List<Waiting> reached = new ArrayList<>();
    long at;
    synchronized (this) {
      while (!waiting.isEmpty() && waiting.peek().number <= number) {
        reached.add(waiting.remove());
      }
      at = offset;
    }
    reached.forEach(one -> one.done.complete(at));
  }

  /** These wait in vain. */
  void fail(List<CompletableFuture<Long>> taken, String why) {
    synchronized (this) {
      inHand -= taken.size();
    }
    Weather weather = new Weather(why);
    taken.forEach(done -> done.completeExceptionally(weather));
  }

  /** Whoever still waits waits in vain. */
  void close() {
    List<CompletableFuture<Long>> vain = new ArrayList<>();
    synchronized (this) {
      closed = true;
      waiting.forEach(one -> vain.add(one.done));
      inHand += vain.size();
      take(vain);
      waiting.clear();
    }
    fail(vain, "closed");
  }
}
