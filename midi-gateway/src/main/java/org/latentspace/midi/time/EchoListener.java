package org.latentspace.midi.time;

import org.latentspace.performer.Origin;

/** Told by the clock that a rhythm has been worked on. Called on any thread; never blocks. */
public interface EchoListener {
  /**
   * A rhythm has been worked on.
   *
   * @param finished the performance is over and what was kept is closed
   */
  void echo(Origin newest, boolean finished);
}
