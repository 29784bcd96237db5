package org.latentspace.midi.played;

import java.util.function.Consumer;

/**
 * Makes one of equal loops in a row. It is handed on when another comes, when the music stops, and
 * after {@value #MOST} at the latest, so that a crash loses little.
 */
final class RepeatCounter implements Consumer<PlayedLoop> {
  static final int MOST = 64;

  private final Consumer<PlayedLoop> next;
  private PlayedLoop running;

  RepeatCounter(Consumer<PlayedLoop> next) {
    this.next = next;
  }

  /** Loops in which nothing was struck end a row and go no further. */
  @Override
  public void accept(PlayedLoop loop) {
    if (running != null && running.same(loop)) {
      running = running.times(running.times() + loop.times());
    } else {
      flush();
      running = loop.rhythm().strokes().count() == 0 ? null : loop;
    }
    if (running != null && running.times() >= MOST) {
      flush();
    }
  }

  void flush() {
    if (running != null) {
      next.accept(running);
      running = null;
    }
  }
}
