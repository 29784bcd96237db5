package org.latentspace.midi.outlet;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.latentspace.midi.robot.Robot;
import org.latentspace.wire.StartMistake;

/**
 * The ports that are open, each in a slot that it keeps while anything may strike it: a bit each in
 * {@link Robot#ports}. One thread at a time changes them, any thread reads.
 */
final class PortSlots {
  static final int MOST = 64;

  private final Port[] slots = new Port[MOST];
  private volatile List<Port> all = List.of();

  /** All of them, in the order of the slots. */
  List<Port> all() {
    return all;
  }

  /** The port in a slot, or null. */
  Port at(int slot) {
    return slots[slot];
  }

  /** The slot of the port of an address; -1: none. */
  int find(String address) {
    for (int i = 0; i < MOST; i++) {
      if (slots[i] != null && slots[i].address().strip().equals(address)) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Gives a port the first free slot.
   *
   * @throws StartMistake there is none; the port is closed
   */
  int put(Port port) {
    int slot = 0;
    while (slot < MOST && slots[slot] != null) {
      slot++;
    }
    if (slot == MOST) {
      port.close();
      throw new StartMistake(port.address() + ": is one port too many, must be at most " + MOST);
    }
    set(slot, port);
    return slot;
  }

  void set(int slot, Port port) {
    slots[slot] = port;
    all = Arrays.stream(slots).filter(Objects::nonNull).toList();
  }

  /** A bit for each port. */
  long bits() {
    long bits = 0;
    for (int i = 0; i < MOST; i++) {
      bits |= slots[i] == null ? 0 : 1L << i;
    }
    return bits;
  }
}
