package org.latentspace.midi.robot;

/** Why a stroke is not struck. */
public enum DropReason {
  /** A louder one of its robot, or one that has left, is closer than the robot can. */
  TOO_CLOSE,
  /** It would be beyond its robot's duty. */
  OVER_DUTY,
  /** Its robot or its ensemble is silent. */
  MUTED
}
