package org.latentspace.explorer.outlet;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.latentspace.explorer.teaching.Refusal;

/** Tells those who asked when all changes of the pairs have been handed on. */
final class HandedOn {
  private static final int MOST_ASKED = 256;

  // Guarded by this.
  private final List<CompletableFuture<Void>> asked = new ArrayList<>();
  private final List<CompletableFuture<Void>> ready = new ArrayList<>();

  /**
   * Asks; what was changed before is to be in the journal when {@link #ready} is called.
   *
   * @param weather says what it is that takes so long
   */
  CompletableFuture<Void> ask(long withinMs, Supplier<String> weather) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    synchronized (this) {
      asked.removeIf(CompletableFuture::isDone);
      ready.removeIf(CompletableFuture::isDone);
      if (asked.size() + ready.size() >= MOST_ASKED) {
        done.completeExceptionally(
            new Refusal(Refusal.Kind.NO_ROOM, MOST_ASKED + " wait for the log already"));
        return done;
      }
      asked.add(done);
    }
    CompletableFuture.delayedExecutor(withinMs, TimeUnit.MILLISECONDS)
        .execute(() -> late(done, withinMs, weather));
    return done;
  }

  private static void late(CompletableFuture<Void> done, long withinMs, Supplier<String> weather) {
    if (!done.isDone()) {
      String why = weather.get();
      String line = why.equals("ok") ? "the pairs' disk takes more than " + withinMs + " ms" : why;
      done.completeExceptionally(new Refusal(Refusal.Kind.WEATHER, line));
    }
  }

  /** Of the pairs' thread: what was changed before this one asked is in the journal. */
  synchronized void ready(CompletableFuture<Void> done) {
    if (asked.remove(done)) {
      ready.add(done);
    }
  }

  <T> T fail(CompletableFuture<Void> done, Throwable why) {
    done.completeExceptionally(why);
    return null;
  }

  /** Of the pairs' thread: so many changes are still to be handed on. */
  void tell(long waiting) {
    List<CompletableFuture<Void>> told;
    synchronized (this) {
      if (waiting > 0 || ready.isEmpty()) {
        return;
      }
      told = new ArrayList<>(ready);
      ready.clear();
    }
    told.forEach(done -> done.complete(null));
  }
}
