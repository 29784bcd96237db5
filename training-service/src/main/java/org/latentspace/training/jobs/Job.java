package org.latentspace.training.jobs;

/**
 * A training from its order to its version, as it stands on the disk.
 *
 * @param turn place in the queue: the lowest is run first
 * @param message why it failed, was cancelled or stopped early; what the policy decided
 * @param epoch how many epochs are done
 * @param restarts how often it was started again after this service was gone
 * @param peakBytes largest resident memory of its worker so far
 * @param cancelling a caller has cancelled it
 */
public record Job(
    String id,
    State state,
    Ask ask,
    Material material,
    Times times,
    long turn,
    String message,
    int epoch,
    int restarts,
    long peakBytes,
    boolean cancelling) {

  /** Where a job is on its way. */
  public enum State {
    QUEUED,
    RUNNING,
    DONE,
    CANCELLED,
    FAILED;

    public boolean ended() {
      return this == DONE || this == CANCELLED || this == FAILED;
    }
  }

  /**
   * What was asked for, besides the data.
   *
   * @param automatic by the policy, not by a person
   * @param request the whole request as it came, in base64, so that it can be shown
   */
  public record Ask(
      String model,
      String fromVersion,
      boolean activateIfBetter,
      boolean automatic,
      String request) {}

  /**
   * What it is made from.
   *
   * @param version name that the result will have
   * @param hyperParameters JSON
   * @param loops how many it learns from
   * @param validationLoops how many it is judged by
   */
  public record Material(
      String version,
      String hyperParameters,
      String dataDigest,
      int loops,
      int validationLoops,
      int epochs) {}

  /** In milliseconds since 1970; 0 where it has not come to that. */
  public record Times(long created, long started, long ended) {}

  /** A new job, which waits. */
  static Job queued(String id, Ask ask, Material material, long nowMillis, long turn) {
    Times times = new Times(nowMillis, 0, 0);
    return new Job(id, State.QUEUED, ask, material, times, turn, "", 0, 0, 0, false);
  }

  Job begun(long nowMillis) {
    return in(State.RUNNING, new Times(times.created(), nowMillis, 0), message);
  }

  Job over(State end, long nowMillis, String why) {
    return in(end, new Times(times.created(), times.started(), nowMillis), why);
  }

  private Job in(State next, Times at, String why) {
    return new Job(id, next, ask, material, at, turn, why, epoch, restarts, peakBytes, false);
  }

  Job again(long nextTurn, int times, String why) {
    Times at = new Times(this.times.created(), 0, 0);
    return new Job(
        id, State.QUEUED, ask, material, at, nextTurn, why, epoch, times, peakBytes, false);
  }

  Job at(int newEpoch, long newPeak) {
    long peak = Math.max(peakBytes, newPeak);
    return new Job(
        id, state, ask, material, times, turn, message, newEpoch, restarts, peak, cancelling);
  }

  Job toBeCancelled() {
    return new Job(
        id, state, ask, material, times, turn, message, epoch, restarts, peakBytes, true);
  }
}
