package org.latentspace.explorer.wire;

import jakarta.inject.Singleton;
import java.util.concurrent.atomic.LongAdder;
import org.latentspace.osc.OscReceiver;
import org.latentspace.osc.OscSender;

/** How the ports of Wekinator fare; readiness and ExplorerMetrics show it. */
@Singleton
public class WekinatorMeter {
  private final LongAdder placed = new LongAdder();
  // Null where they are switched off.
  private volatile OscReceiver in;
  private volatile OscSender out;

  /** The port on which points come in. */
  public void in(OscReceiver port) {
    in = port;
  }

  /** The port to which inputs and outputs go. */
  public void out(OscSender port) {
    out = port;
  }

  /** A point has come and was placed. */
  public void placed() {
    placed.increment();
  }

  public long placedCount() {
    return placed.sum();
  }

  public long refusedCount() {
    return in == null ? 0 : in.refused();
  }

  public long sentCount() {
    return out == null ? 0 : out.sent();
  }

  public long droppedCount() {
    return out == null ? 0 : out.dropped();
  }

  /** "off", "ok", or what is wrong. */
  public String status() {
    if (in == null || out == null) {
      return "off";
    }
    return in.status().equals("ok") ? out.status() : in.status();
  }
}
