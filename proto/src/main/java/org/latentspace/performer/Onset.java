package org.latentspace.performer;

/**
 * The newest onset that was heard in a performer's sound.
 *
 * @param count onsets since the sound began, this one included; 0: none yet
 * @param capturedNanos Unix time at which its sound was captured
 * @param velocity how loud, 0..1
 */
public record Onset(long count, long capturedNanos, float velocity) {
  /** Nothing was heard yet. */
  public static final Onset NONE = new Onset(0, 0, 0);
}
