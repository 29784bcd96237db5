package org.latentspace.midi.time;

import org.latentspace.midi.rhythm.Origin;

/** Tells whoever sent a rhythm what became of it. May be called on any thread; never blocks. */
public interface Answer {
  /**
   * A rhythm has been worked on.
   *
   * @param finished the performance is over and what was kept is closed
   */
  void heard(Origin newest, boolean finished);
}
