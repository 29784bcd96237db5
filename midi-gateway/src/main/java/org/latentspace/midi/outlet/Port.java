package org.latentspace.midi.outlet;

import org.latentspace.midi.time.Outputs;

/** One output. Calls come from the timing thread and never block; {@link #finish} may. */
interface Port extends Outputs, AutoCloseable {
  /** As configured. */
  String address();

  long strokes();

  /** Notes that sounded on for long, because the device took no note-off. */
  default long hung() {
    return 0;
  }

  /** How its strokes would smear on a DIN cable. */
  default DinCable cable() {
    return DinCable.UNUSED;
  }

  default PortState state() {
    DinCable cable = cable();
    return new PortState(
        address(), strokes(), dropped(), status(), hung(), cable.mostAtOnce(), cable.mostNanos());
  }

  /** Strokes are heard so much later than they leave, always. */
  default long leadNanos() {
    return 0;
  }

  /**
   * These notes are struck on the port; a device is silenced by them before it is played.
   *
   * @param noteOffs 0x8cnn00 each
   */
  default void own(int[] noteOffs) {}

  /** How often it is looked after. */
  default long tendMillis() {
    return 1000;
  }

  /** Looks after the port, every {@link #tendMillis}, on the ports' own thread; may block. */
  default void tend() {}

  @Override
  void close();
}
