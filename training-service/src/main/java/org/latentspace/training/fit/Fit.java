package org.latentspace.training.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.latentspace.model.MappingNetwork;
import org.latentspace.training.data.TaughtPair;
import org.latentspace.training.data.TaughtPair.Motion;

/**
 * One fit on its way: what was asked for, what it is made of, what is done of it.
 *
 * <p>First the mapping itself, then, where it was asked for, a fit without each of up to 200 pairs
 * (evenly chosen where there are more): each a turn of its own, so that others are not kept
 * waiting.
 */
public final class Fit {
  private static final int MOST_LEFT_OUT = 200;

  private final Spec ask;
  private final Listener listener;
  private final FitPlan plan;
  private final TrainingSet trainingSet;
  private final MappingNetwork from;
  private final List<Integer> leftOut;
  private volatile boolean unwanted;

  // Used by the fitting thread alone.
  private final Double[] leaveOneOut;
  private FitResult result;
  private int turns;
  private double seconds;

  /**
   * A request for a fit.
   *
   * @param outputs that the mapping shall have; none: those of the pairs
   * @param from network to go on from, and its version; null and empty: none
   * @param pairs to be fitted; null: those that are stored of the performer
   */
  public record Spec(
      String performer,
      FitPlan plan,
      Motion motion,
      List<String> outputs,
      MappingNetwork from,
      String fromVersion,
      List<TaughtPair> pairs) {
    public Spec {
      outputs = List.copyOf(outputs);
      pairs = pairs == null ? null : List.copyOf(pairs);
    }
  }

  /** Fits one mapping at a time, as {@link Learner#fit} does. */
  public interface Fitter {
    FitResult fit(FitOrder order, Progress progress) throws FitFault, InterruptedException;
  }

  /** Callback of a fit; it ends with one call of the last two. Implementations never block. */
  public interface Listener extends Progress.Listener {
    void waiting(String what);

    /**
     * It is done.
     *
     * @param remark what else there is to say; may be empty
     */
    void done(Mapping mapping, String remark);

    /** It came to nothing. */
    void failed(String reason);
  }

  /**
   * Takes the pairs. Throws IllegalStateException or IllegalArgumentException where they cannot be
   * fitted as was asked for.
   *
   * @param seed where the request has none
   */
  Fit(Spec ask, Listener listener, List<TaughtPair> pairs, long seed) {
    this.ask = ask;
    this.listener = listener;
    trainingSet = TrainingSet.of(pairs, ask.motion(), ask.outputs());
    int count = trainingSet.pairs().size();
    int inputs = trainingSet.senses().size();
    int outputs = trainingSet.outputs().size();
    FitPlan asked = ask.plan();
    plan =
        asked.with(
            asked.epochsFor(asked.weights(inputs, outputs), count),
            asked.seed() == null ? seed : asked.seed());
    boolean fits = ask.from() != null && plan.fits(ask.from(), inputs, outputs);
    from = plan.goesOn() && fits ? ask.from() : null;
    leaveOneOut = new Double[count];
    leftOut = plan.leaveOneOut() && count > 1 ? spread(count) : List.of();
  }

  String performer() {
    return ask.performer();
  }

  Listener listener() {
    return listener;
  }

  /** The caller has gone. */
  void drop() {
    unwanted = true;
  }

  boolean isWanted() {
    return !unwanted;
  }

  /** True once the mapping itself is fitted. */
  boolean isChecking() {
    return result != null;
  }

  private static List<Integer> spread(int pairs) {
    int count = Math.min(MOST_LEFT_OUT, pairs);
    List<Integer> chosen = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      chosen.add((int) ((long) i * pairs / count));
    }
    return chosen;
  }

  /**
   * Does the next turn; returns true when all is done.
   *
   * @throws FitFault where there is no mapping
   */
  boolean turn(Fitter fitter) throws FitFault, InterruptedException {
    if (result == null) {
      FitResult made = fitter.fit(trainingSet.order(plan, from), progress());
      if (made == null) {
        unwanted = true;
        return true;
      }
      result = made;
      seconds = made.seconds();
    } else {
      check(fitter, leftOut.get(turns - 1));
    }
    return ++turns > leftOut.size();
  }

  private void check(Fitter fitter, int left) throws InterruptedException {
    try {
      // Anew: the network to go on from may have seen the pair.
      FitResult others = fitter.fit(trainingSet.orderWithout(left, plan), progress());
      if (others == null) {
        unwanted = true;
        return;
      }
      seconds += others.seconds();
      leaveOneOut[left] =
          FitResult.error(
              others.network(), trainingSet.inputs()[left], trainingSet.targets()[left]);
    } catch (FitFault unknown) {
      leaveOneOut[left] = null;
    }
  }

  private Progress progress() {
    int all = (1 + leftOut.size()) * plan.epochs();
    return new Progress(this::isWanted, listener, turns * plan.epochs(), all);
  }

  Mapping mapping(String version, long nowMillis) {
    return new Mapping(
        ask.performer(),
        version,
        nowMillis,
        plan,
        ask.motion(),
        trainingSet,
        result,
        from == null ? "" : ask.fromVersion(),
        Arrays.asList(leaveOneOut),
        seconds);
  }
}
