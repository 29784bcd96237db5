package org.latentspace.training.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.latentspace.model.FlucomaJson;
import org.latentspace.model.MappingNetwork;

/** Fits whose loss stays bad begin again from other weights, and others do not. */
@Timeout(120)
class BeginAgainTest {
  private static final int ALIKE_SEEDS = 30;

  private final Learner learner = new Learner();

  /** Of one beginning each, one fit in four leaves a way 0.4 or more off. */
  @Test
  void fourSingleFramesThatAreAlikeInPairsAreToldApartByBeginningAgain() throws FitFault {
    int more = 0;
    int bad = 0;
    for (int seed = 0; seed < ALIKE_SEEDS; seed++) {
      FitOrder order = TrainingSets.alikeInPairs(seed);
      FitResult result = learner.fit(order, TrainingSets.PATIENT);
      more += result.beginnings() > 1 ? 1 : 0;
      bad += worst(result, order) > 0.1 ? 1 : 0;
      assertTrue(result.beginnings() <= 5, "bounded");
      assertTrue(result.loss() < 0.03, "seed " + seed + ": " + result.loss());
    }
    System.out.println(more + " of " + ALIKE_SEEDS + " fits began again, " + bad + " stayed bad");
    assertTrue(more >= 3, "the inputs are hard: " + more);
    assertTrue(bad <= 1, bad + " fits leave a way more than 0.1 off");
  }

  @Test
  void aFitThatBeganAgainGivesTheSameBytesToo() throws FitFault {
    FitOrder order = hard();
    FitResult first = learner.fit(order, TrainingSets.PATIENT);
    assertTrue(first.beginnings() > 1);
    FitResult second = learner.fit(order, stopped());
    assertEquals(FlucomaJson.write(first.network()), FlucomaJson.write(second.network()));
    assertEquals(first.beginnings(), second.beginnings());
  }

  /** By a clock that stands still. */
  private static Progress stopped() {
    return new Progress(() -> true, (epoch, epochs, loss) -> {}, 0, 0, () -> 0);
  }

  private FitOrder hard() throws FitFault {
    for (int seed = 0; seed < ALIKE_SEEDS; seed++) {
      FitOrder order = TrainingSets.alikeInPairs(seed);
      if (learner.fit(order, TrainingSets.PATIENT).beginnings() > 1) {
        return order;
      }
    }
    throw new AssertionError("none is hard");
  }

  /** What more beginnings cannot mend, or what would take long, begins once. */
  @Test
  void manyPlacesOrMuchWorkOrANetworkToGoOnFromBeginOnce() throws FitFault {
    assertEquals(1, learner.fit(TrainingSets.random(60, 1), TrainingSets.PATIENT).beginnings());
    FitOrder hard = hard();
    FitOrder slow = with(hard, 600, null);
    assertEquals(1, learner.fit(slow, TrainingSets.PATIENT).beginnings());
    FitOrder brief = with(hard, 10, null);
    FitResult bad = learner.fit(brief, TrainingSets.PATIENT);
    assertEquals(5, bad.beginnings());
    assertEquals(1, learner.fit(with(hard, 10, bad.network()), TrainingSets.PATIENT).beginnings());
  }

  private static double worst(FitResult result, FitOrder order) {
    double worst = 0;
    for (int row = 0; row < order.inputs().length; row++) {
      double[] made = result.network().predict(order.inputs()[row]);
      for (int i = 0; i < made.length; i++) {
        worst = Math.max(worst, Math.abs(made[i] - order.targets()[row][i]));
      }
    }
    return worst;
  }

  private static FitOrder with(FitOrder order, int epochs, MappingNetwork from) {
    return TrainingSets.with(order, order.plan().with(epochs, order.plan().seed()), from);
  }
}
