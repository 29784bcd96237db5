package org.latentspace.audio.sound;

/** Work that is done turn by turn, so that a thread can drive it and a test can, too. */
public interface DutyCycle {
  /** There will be no further turn. */
  long NEVER = Long.MAX_VALUE;

  /**
   * Does what is due and returns in how many nanoseconds there will be something to do again.
   *
   * @param nowNanos of {@link System#nanoTime}
   * @param unixNanos the wall clock at the same moment
   */
  long turn(long nowNanos, long unixNanos);
}
