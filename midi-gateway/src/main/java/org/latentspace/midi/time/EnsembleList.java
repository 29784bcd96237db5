package org.latentspace.midi.time;

import java.util.Arrays;
import java.util.List;

/** The ensembles of a song, and how they come and go. Timing thread only. */
final class EnsembleList {
  private Ensemble[] ensembles = {};
  private Runnable whenChanged;

  /** In their order; not to be written to. */
  Ensemble[] all() {
    return ensembles;
  }

  /**
   * These are the members from now on.
   *
   * @param inSong a song has begun: new ones come in at the next bar line of the first
   * @param done runs when every one has changed
   */
  void change(List<Ensemble> all, boolean inSong, Runnable done) {
    List<Ensemble> before = List.of(ensembles);
    for (Ensemble ensemble : all) {
      if (inSong && !before.contains(ensemble)) {
        ensemble.join(before.get(0));
      }
    }
    ensembles = all.toArray(new Ensemble[0]);
    whenChanged = done;
  }

  /** No bar line is waited for. */
  void adopt() {
    for (Ensemble ensemble : ensembles) {
      ensemble.adopt();
    }
  }

  /** When all have changed, those that left are gone. */
  void endChange() {
    if (whenChanged == null) {
      return;
    }
    for (Ensemble ensemble : ensembles) {
      if (ensemble.changes()) {
        return;
      }
    }
    for (Ensemble ensemble : ensembles) {
      if (ensemble.hasLeft()) {
        ensemble.halt(false);
      }
    }
    ensembles = Arrays.stream(ensembles).filter(e -> !e.hasLeft()).toArray(Ensemble[]::new);
    listen();
    Runnable done = whenChanged;
    whenChanged = null;
    done.run();
  }

  /** Makes silent who is mute, and who is not solo while another is. */
  void listen() {
    boolean alone = false;
    for (Ensemble ensemble : ensembles) {
      alone |= ensemble.style().solo();
    }
    for (Ensemble ensemble : ensembles) {
      EnsembleStyle style = ensemble.style();
      ensemble.silent(style.mute() || (alone && !style.solo()));
    }
  }

  /** How long before its first stroke a song must begin. */
  long leadInNanos() {
    long longest = 0;
    for (Ensemble ensemble : ensembles) {
      longest = Math.max(longest, ensemble.leadInNanos());
    }
    return longest;
  }

  /** By how much strokes may come in another order than that of the song. */
  long spreadNanos() {
    long latest = 0;
    for (Ensemble ensemble : ensembles) {
      latest = Math.max(latest, ensemble.style().nudgeNanos());
    }
    return leadInNanos() + latest;
  }

  /** When one of them has something to work out next. */
  long nextNanos() {
    long next = Scheduler.NEVER;
    for (Ensemble ensemble : ensembles) {
      next = Math.min(next, ensemble.nextNanos());
    }
    return next;
  }

  /** Of those that have something to work out by now the one that comes first, or null. */
  Ensemble firstDue(long nowNanos) {
    Ensemble first = null;
    for (Ensemble ensemble : ensembles) {
      boolean due = ensemble.isDue(nowNanos);
      if (due && (first == null || ensemble.nextNanos() < first.nextNanos())) {
        first = ensemble;
      }
    }
    return first;
  }

  void show(boolean running, long nowNanos) {
    for (Ensemble ensemble : ensembles) {
      ensemble.show(running, nowNanos);
    }
  }

  /**
   * The song stops or ends.
   *
   * @param ends for those whose last bar is over it is a whole one
   */
  void halt(boolean ends) {
    for (Ensemble ensemble : ensembles) {
      ensemble.halt(ends && ensemble.scheduler().finished());
    }
  }

  void finishAtBarLine() {
    for (Ensemble ensemble : ensembles) {
      ensemble.scheduler().finishAtBarLine();
    }
  }

  /** Whether the last bar of all is over. */
  boolean finished() {
    for (Ensemble ensemble : ensembles) {
      if (!ensemble.scheduler().finished()) {
        return false;
      }
    }
    return true;
  }

  /** Where the last of their last bars ends. */
  long endGrain() {
    long end = 0;
    for (Ensemble ensemble : ensembles) {
      end = Math.max(end, ensemble.scheduler().nextLine());
    }
    return end;
  }
}
