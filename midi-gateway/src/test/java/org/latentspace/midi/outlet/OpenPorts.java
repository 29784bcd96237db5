package org.latentspace.midi.outlet;

import java.util.List;
import org.latentspace.wire.StartMistake;

/** Ports for tests. */
public final class OpenPorts {
  private OpenPorts() {}

  /** Ports at these addresses; throws StartMistake. */
  public static Ports of(List<String> addresses, boolean replace) {
    Ports ports = new Ports(replace, 0);
    try {
      ports.open(Ports.KEY, addresses);
    } catch (StartMistake mistake) {
      ports.close();
      throw mistake;
    }
    return ports;
  }
}
