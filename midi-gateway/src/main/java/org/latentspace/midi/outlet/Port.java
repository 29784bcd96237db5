package org.latentspace.midi.outlet;

import org.latentspace.midi.time.Outputs;

/** One output. Calls come from the timing thread and never block; {@link #finish} may. */
interface Port extends Outputs, AutoCloseable {
  /** As configured. */
  String address();

  long strokes();

  /** Looks after the port, once a second, on the ports' own thread; may block. */
  default void tend() {}

  @Override
  void close();
}
