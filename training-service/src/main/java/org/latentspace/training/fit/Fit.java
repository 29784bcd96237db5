package org.latentspace.training.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.latentspace.model.MappingNetwork;
import org.latentspace.training.data.TaughtPair;

/**
 * One fit on its way: what was asked for, what it is made of, what is done of it.
 *
 * <p>First the mapping itself, then, where it was asked for, a fit without each of up to 200 pairs
 * (evenly chosen where there are more): each a turn of its own, so that others are not kept
 * waiting.
 */
public final class Fit {
  private static final int MOST_LEFT_OUT = 200;

  private final FitSpec ask;
  private final FitListener listener;
  private volatile boolean unwanted;

  // Used by the requesting thread first, by the fitting thread after that.
  private FitPlan plan;
  private TrainingSet trainingSet;
  private List<Integer> leftOut = List.of();
  private MappingNetwork from;
  private FitResult result;
  private Double[] leaveOneOut;
  private int turns;
  private double seconds;

  Fit(FitSpec ask, FitListener listener) {
    this.ask = ask;
    this.listener = listener;
  }

  public FitSpec ask() {
    return ask;
  }

  FitListener listener() {
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

  /**
   * Takes the pairs. Throws IllegalStateException or IllegalArgumentException where they cannot be
   * fitted as was asked for.
   */
  void prepare(List<TaughtPair> pairs, long seed) {
    trainingSet = TrainingSet.of(pairs, ask.motion(), ask.outputs());
    FitPlan asked = ask.plan();
    int inputs = trainingSet.senses().size();
    int outputs = trainingSet.outputs().size();
    int weights = asked.weights(inputs, outputs);
    plan = asked.seed() == null ? asked.withSeed(seed) : asked;
    plan = plan.withEpochs(asked.epochsFor(weights, trainingSet.pairs().size()));
    boolean fits = ask.from() != null && plan.fits(ask.from(), inputs, outputs);
    from = plan.goesOn() && fits ? ask.from() : null;
    leaveOneOut = new Double[trainingSet.pairs().size()];
    if (plan.leaveOneOut() && trainingSet.pairs().size() > 1) {
      leftOut = spread(trainingSet.pairs().size());
    }
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
