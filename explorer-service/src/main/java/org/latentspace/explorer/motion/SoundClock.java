package org.latentspace.explorer.motion;

/**
 * How much of the sound's own time goes by from frame to frame.
 *
 * <p>The sound's time, not the wall's: an offline run moves as the live one did.
 */
public final class SoundClock {
  /** A gap in the frames counts as no more. */
  public static final long MOST_STEP_NANOS = 250_000_000;

  private boolean heard;
  private long newest;

  /**
   * Nanoseconds 0..{@value #MOST_STEP_NANOS} since the frame before; 0 at the first one, and when
   * time runs back because another sound has begun.
   */
  public long step(long soundNanos) {
    long since = heard ? soundNanos - newest : 0;
    heard = true;
    newest = soundNanos;
    return Math.max(0, Math.min(MOST_STEP_NANOS, since));
  }

  /** Whether this moment lies before the newest one: another sound begins. */
  public boolean runsBack(long soundNanos) {
    return heard && soundNanos < newest;
  }
}
