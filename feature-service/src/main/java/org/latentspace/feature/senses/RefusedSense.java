package org.latentspace.feature.senses;

/**
 * A sense of which the last list that came was refused.
 *
 * @param name of the sense, which need not be in the vector
 * @param reason in one line
 * @param count lists that were refused since one was last taken
 * @param nanos when the last one came
 */
public record RefusedSense(String name, String reason, long count, long nanos) {
  private static final long CURRENT_NANOS = 5_000_000_000L;

  boolean isCurrent(long nowNanos) {
    return nowNanos - nanos < CURRENT_NANOS;
  }
}
