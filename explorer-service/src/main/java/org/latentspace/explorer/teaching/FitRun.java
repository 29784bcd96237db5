package org.latentspace.explorer.teaching;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.latentspace.explorer.mapping.FitStatus;
import org.latentspace.explorer.mapping.Fitted;

/**
 * One fit that was asked for: it ends once, whoever ends it, nothing is told after the end, and its
 * mapping plays before anybody is told that it is done.
 */
public final class FitRun implements Consumer<FitStatus> {
  private final String performer;
  private final Consumer<FitStatus> listener;
  private final Function<Fitted, CompletionStage<?>> play;
  private final BiConsumer<FitRun, FitStatus> atEnd;
  // Guarded by this, as is the listener until the end.
  private boolean over;
  private Runnable call;

  /**
   * @param play makes a mapping play
   * @param atEnd is told of the end before the listener, unless the fit was taken back
   */
  public FitRun(
      String performer,
      Consumer<FitStatus> listener,
      Function<Fitted, CompletionStage<?>> play,
      BiConsumer<FitRun, FitStatus> atEnd) {
    this.performer = performer;
    this.listener = listener;
    this.play = play;
    this.atEnd = atEnd;
  }

  public String performer() {
    return performer;
  }

  /** Calls who fits, unless the fit was taken back meanwhile. */
  public void follow(Supplier<Runnable> begin) {
    // Within the lock: whoever takes its place calls after this call has been taken back.
    synchronized (this) {
      if (!over) {
        call = begin.get();
      }
    }
  }

  /** Takes the fit back; returns whether it had not ended before. */
  public boolean takeBack() {
    boolean first;
    Runnable begun;
    synchronized (this) {
      first = !over;
      over = true;
      begun = call;
    }
    if (begun != null) {
      begun.run();
    }
    return first;
  }

  /** Another takes its place, which is no trouble. */
  public void giveWay(RuntimeException why) {
    if (takeBack()) {
      listener.accept(FitStatus.refused(why));
    }
  }

  @Override
  public void accept(FitStatus status) {
    if (status.state() == FitStatus.State.DONE) {
      play(status);
    } else if (status.isEnd()) {
      end(status);
    } else {
      synchronized (this) {
        if (!over) {
          listener.accept(status);
        }
      }
    }
  }

  private void play(FitStatus done) {
    synchronized (this) {
      if (over) {
        return;
      }
    }
    String made = done.fitted().performer();
    if (!made.equals(performer)) {
      end(FitStatus.failed("training-service sent a mapping of " + made));
      return;
    }
    play.apply(done.fitted())
        .whenComplete(
            (plays, fault) -> end(fault == null ? done : FitStatus.refused(refusal(fault))));
  }

  private void end(FitStatus status) {
    synchronized (this) {
      if (over) {
        return;
      }
      over = true;
    }
    atEnd.accept(this, status);
    listener.accept(status);
  }

  private static RuntimeException refusal(Throwable fault) {
    Throwable cause = fault instanceof CompletionException ? fault.getCause() : fault;
    return cause instanceof Refusal refusal
        ? refusal
        : new Refusal(Refusal.Kind.UNAVAILABLE, cause.getMessage());
  }
}
