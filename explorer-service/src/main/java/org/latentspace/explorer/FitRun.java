package org.latentspace.explorer;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.latentspace.explorer.mapping.FitEar;
import org.latentspace.explorer.mapping.Fitted;

/** One fit that was asked for: it ends once, whoever ends it, and nothing is told after the end. */
final class FitRun implements FitEar, Runnable {
  private final FitEar ear;
  private final Consumer<FitRun> atEnd;
  // Guarded by this, as is the ear.
  private boolean over;
  private Runnable call;
  private volatile String trouble;

  FitRun(FitEar ear, Consumer<FitRun> atEnd) {
    this.ear = ear;
    this.atEnd = atEnd;
  }

  /** Calls who fits, unless the fit was taken back meanwhile. */
  void follow(Supplier<Runnable> begin) {
    // Within the lock: whoever takes its place calls after this call has been taken back.
    synchronized (this) {
      if (!over) {
        call = begin.get();
      }
    }
  }

  /** Takes the fit back. */
  @Override
  public void run() {
    Runnable begun;
    synchronized (this) {
      over = true;
      begun = call;
    }
    if (begun != null) {
      begun.run();
    }
  }

  /** Another takes its place, which is no trouble. */
  void giveWay(RuntimeException why) {
    boolean first;
    synchronized (this) {
      first = !over;
    }
    run();
    if (first) {
      ear.refused(why);
    }
  }

  /** Whether it has ended or was taken back: what comes now must not play. */
  synchronized boolean isOver() {
    return over;
  }

  /** Why it came to nothing; null if it did not. */
  String trouble() {
    return trouble;
  }

  @Override
  public synchronized void waiting(String what) {
    if (!over) {
      ear.waiting(what);
    }
  }

  @Override
  public synchronized void running(int epoch, int epochs, double loss) {
    if (!over) {
      ear.running(epoch, epochs, loss);
    }
  }

  @Override
  public void done(Fitted fitted, String remark) {
    if (end(null)) {
      ear.done(fitted, remark);
    }
  }

  @Override
  public void failed(String why) {
    if (end(why)) {
      ear.failed(why);
    }
  }

  @Override
  public void refused(RuntimeException why) {
    if (end(why.getMessage())) {
      ear.refused(why);
    }
  }

  private boolean end(String why) {
    synchronized (this) {
      if (over) {
        return false;
      }
      over = true;
      trouble = why;
    }
    atEnd.accept(this);
    return true;
  }
}
