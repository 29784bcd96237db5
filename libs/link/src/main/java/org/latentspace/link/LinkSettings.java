package org.latentspace.link;

import java.net.NetworkInterface;
import java.util.function.Predicate;

/**
 * How a session is joined.
 *
 * @param bpm 20..999; holds until a session with another tempo is joined
 * @param startStop whether starts and stops are shared with the peers
 * @param offsetMillis this side's beats come so much later than the session's; negative: earlier
 * @param ttlSeconds 1..60: peers forget this side when it was silent for so long; it speaks twenty
 *     times as often
 * @param interfaces which network interfaces are used
 */
public record LinkSettings(
    double bpm,
    boolean startStop,
    double offsetMillis,
    int ttlSeconds,
    Predicate<NetworkInterface> interfaces) {
  private static final double MOST_OFFSET_MILLIS = 1000;

  /** Throws IllegalArgumentException that names the value and its range. */
  public LinkSettings {
    Timeline.microsPerBeat(bpm);
    if (!(Math.abs(offsetMillis) <= MOST_OFFSET_MILLIS)) {
      throw new IllegalArgumentException("offset is " + offsetMillis + ", expected -1000..1000 ms");
    }
    if (ttlSeconds < 1 || ttlSeconds > 60) {
      throw new IllegalArgumentException("time to live is " + ttlSeconds + ", expected 1..60 s");
    }
  }

  /** At such a tempo; starts and stops are shared; no offset; every interface. */
  public static LinkSettings at(double bpm) {
    return new LinkSettings(bpm, true, 0, 5, any -> true);
  }
}
