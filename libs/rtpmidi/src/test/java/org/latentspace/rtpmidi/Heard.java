package org.latentspace.rtpmidi;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/** A listener that keeps what it heard, and can be waited on. */
final class Heard implements RtpMidiListener {
  record Message(int message, long dueNanos, long atNanos) {}

  private static final long PATIENCE_NANOS = 30_000_000_000L;

  private final List<Message> messages = new ArrayList<>();
  private final Set<Integer> sounding = new TreeSet<>();

  @Override
  public synchronized void hear(int message, long dueNanos) {
    messages.add(new Message(message, dueNanos, System.nanoTime()));
    if (MidiMessage.isStrike(message)) {
      sounding.add(MidiMessage.key(message));
    } else if (MidiMessage.isNote(message)) {
      sounding.remove(MidiMessage.key(message));
    }
  }

  synchronized List<Message> messages() {
    return List.copyOf(messages);
  }

  synchronized List<Integer> plain() {
    return messages.stream().map(Message::message).toList();
  }

  synchronized Set<Integer> sounding() {
    return Set.copyOf(sounding);
  }

  /** Waits until it holds; fails when it does not for half a minute. */
  static void until(String what, BooleanSupplier holds) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not so after half a minute: " + what);
      }
      Thread.sleep(2);
    }
  }

  static void untilOk(RtpMidiSession... sessions) throws InterruptedException {
    for (RtpMidiSession session : sessions) {
      until("connected: " + session.status(), () -> session.status().equals("ok"));
    }
  }
}
