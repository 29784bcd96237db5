package org.latentspace.midi.time;

import java.util.Arrays;

/** Last value sent of each MIDI controller, so that changes alone are sent. Timing thread only. */
final class Controllers {
  private static final int SLOTS = 16 * 128;
  private static final int UNKNOWN = -1;

  private final int[] values = new int[SLOTS];

  Controllers() {
    forget();
  }

  /** From now on their positions are unknown. */
  void forget() {
    Arrays.fill(values, UNKNOWN);
  }

  /**
   * Notes a control change.
   *
   * @param message 0xbcnnvv
   * @return whether it changes anything
   */
  boolean turn(int message) {
    int slot = (message >> 16 & 0xf) * 128 + (message >> 8 & 0x7f);
    boolean changes = values[slot] != (message & 0x7f);
    values[slot] = message & 0x7f;
    return changes;
  }

  /** Sends all that are known, in their order. */
  void sendAll(Outputs outputs, long grain) {
    for (int slot = 0; slot < SLOTS; slot++) {
      if (values[slot] != UNKNOWN) {
        outputs.control(grain, 0xb00000 | slot / 128 << 16 | slot % 128 << 8 | values[slot]);
      }
    }
  }
}
