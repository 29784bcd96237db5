package org.latentspace.midi.outlet;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.latentspace.midi.control.Control;
import org.latentspace.osc.OscMessage;
import org.latentspace.osc.OscSender;

/**
 * Sends controls as OSC over UDP, one float each, when they have changed; never waits. What cannot
 * go at once is dropped and counted.
 */
public final class OscOutlet implements AutoCloseable {
  private static final int MOST_ADDRESSES = 1024;

  // Null while it is switched off.
  private final OscSender sender;
  private final Map<String, Float> sent = new LinkedHashMap<>();

  private OscOutlet(OscSender sender) {
    this.sender = sender;
  }

  /** Sends nothing. */
  public static OscOutlet off() {
    return new OscOutlet(null);
  }

  /**
   * Sends to this host.
   *
   * @param port 1..65535
   */
  public static OscOutlet to(String host, int port) {
    return new OscOutlet(new OscSender(host, port));
  }

  /** Sends those that go by OSC and have another value than before. */
  public void send(List<Control> controls) {
    if (sender == null || controls.isEmpty()) {
      return;
    }
    synchronized (sent) {
      for (Control control : controls) {
        String address = control.oscAddress();
        Float before = address == null ? null : sent.get(address);
        boolean changed = before == null || before != control.value();
        if (address != null && changed && sender.send(OscMessage.of(address, control.value()))) {
          if (sent.size() >= MOST_ADDRESSES) {
            sent.clear();
          }
          sent.put(address, control.value());
        }
      }
    }
  }

  public long sent() {
    return sender == null ? 0 : sender.sent();
  }

  public long dropped() {
    return sender == null ? 0 : sender.dropped();
  }

  @Override
  public void close() {
    if (sender != null) {
      sender.close();
    }
  }
}
