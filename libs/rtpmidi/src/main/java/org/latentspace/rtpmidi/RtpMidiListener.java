package org.latentspace.rtpmidi;

/** Gets what peers play, in the session's thread; must not block. */
@FunctionalInterface
public interface RtpMidiListener {
  /**
   * A message, when it is due.
   *
   * @param message status, first and second data byte: {@code 0xSSDDDD}, as {@code 0x903c40}
   * @param dueNanos when it was to sound, by {@link System#nanoTime}
   */
  void hear(int message, long dueNanos);
}
