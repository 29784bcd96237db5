package org.latentspace.link;

/**
 * That the session starts or stops at a beat. Of two the one that was said later holds.
 *
 * @param beat millionths of a beat, on the session's timeline
 * @param saidAt ghost time in microseconds; 0 = nobody has said anything yet
 */
record StartStop(boolean playing, long beat, long saidAt) {
  static final StartStop NEVER = new StartStop(false, 0, 0);
}
