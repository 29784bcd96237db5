package org.latentspace.explorer.wire;

import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** How the ports of Wekinator fare; readiness and ExplorerMetrics show it. */
@Singleton
public class WekinatorMeter {
  private static final String OFF = "off";

  private final AtomicLong placed = new AtomicLong();
  private volatile Supplier<String> in = () -> OFF;
  private volatile Supplier<String> out = () -> OFF;
  private volatile LongSupplier refused = () -> 0;
  private volatile LongSupplier sent = () -> 0;
  private volatile LongSupplier dropped = () -> 0;

  /** How the port fares on which points come in. */
  public void describeIn(Supplier<String> status, LongSupplier refusedMessages) {
    in = status;
    refused = refusedMessages;
  }

  /** How the port fares to which inputs and outputs go. */
  public void describeOut(
      Supplier<String> status, LongSupplier sentMessages, LongSupplier droppedMessages) {
    out = status;
    sent = sentMessages;
    dropped = droppedMessages;
  }

  /** A point has come and was placed. */
  public void placed() {
    placed.incrementAndGet();
  }

  public long placedCount() {
    return placed.get();
  }

  public long refusedCount() {
    return refused.getAsLong();
  }

  public long sentCount() {
    return sent.getAsLong();
  }

  public long droppedCount() {
    return dropped.getAsLong();
  }

  /** "off", "ok", or what is wrong. */
  public String status() {
    String inStatus = in.get();
    return inStatus.equals("ok") ? out.get() : inStatus;
  }
}
