package org.latentspace.training.jobs;

/** Where a job is on its way. */
public enum JobState {
  QUEUED,
  RUNNING,
  DONE,
  CANCELLED,
  FAILED;

  public boolean ended() {
    return this == DONE || this == CANCELLED || this == FAILED;
  }
}
