package org.latentspace.explorer.teaching;

import java.util.List;
import org.latentspace.explorer.mapping.FitSettings;
import org.latentspace.explorer.mapping.TaughtMapping;

/**
 * A mapping that somebody wants to have.
 *
 * @param pairs all that the performer has
 * @param motion of those pairs that are fitted to
 * @param outputs names of the outputs that it shall have
 * @param from the mapping to go on from; null: begin anew
 */
public record FitOrder(
    String performer,
    FitSettings settings,
    List<Pair> pairs,
    TaughtMapping.Motion motion,
    List<String> outputs,
    TaughtMapping from) {

  /**
   * How a fit stands. One that {@link #isEnd} comes last, and once; after a fit was taken back
   * nothing need come.
   *
   * @param epoch of epochs, those of leave-one-out included, while it runs; else 0
   * @param fitted the new mapping, which plays; null until it is done
   * @param message what it waits for, why it failed, or what else there is to say
   * @param refusal null unless something is missing or wrong, so that there was no fit
   */
  public record FitStatus(
      State state,
      int epoch,
      int epochs,
      double loss,
      TaughtMapping.Fitted fitted,
      String message,
      RuntimeException refusal) {

    /** What a fit does. */
    public enum State {
      WAITING,
      RUNNING,
      DONE,
      /** It came to nothing. */
      FAILED,
      /** There was no fit. */
      REFUSED
    }

    public static FitStatus waiting(String what) {
      return of(State.WAITING, null, what, null);
    }

    public static FitStatus running(int epoch, int epochs, double loss) {
      return new FitStatus(State.RUNNING, epoch, epochs, loss, null, "", null);
    }

    public static FitStatus done(TaughtMapping.Fitted fitted, String remark) {
      return of(State.DONE, fitted, remark, null);
    }

    public static FitStatus failed(String why) {
      return of(State.FAILED, null, why, null);
    }

    public static FitStatus refused(RuntimeException why) {
      return of(State.REFUSED, null, why.getMessage(), why);
    }

    private static FitStatus of(
        State state, TaughtMapping.Fitted fitted, String message, RuntimeException refusal) {
      return new FitStatus(state, 0, 0, 0, fitted, message, refusal);
    }

    public boolean isEnd() {
      return state != State.WAITING && state != State.RUNNING;
    }
  }
}
