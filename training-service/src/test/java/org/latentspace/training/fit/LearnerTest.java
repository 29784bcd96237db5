package org.latentspace.training.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentspace.model.ActivationFunction;
import org.latentspace.model.FlucomaJson;
import org.latentspace.training.data.TaughtPair;
import org.latentspace.training.data.TaughtPair.Motion;
import org.latentspace.training.data.TaughtPair.Target;

@Timeout(120)
class LearnerTest {
  private static final int SEEDS = 20;
  private static final int MOST_FITS = 4;

  private final Learner learner = new Learner();

  /** Three hidden units can put four pairs anywhere; more pairs need more units. */
  @ParameterizedTest
  @CsvSource({"4, 3", "5, 8", "8, 8"})
  void everyWayOfPlayingIsLearntWithinFourFits(int pairs, int hidden) throws FitFault {
    for (int seed = 0; seed < SEEDS; seed++) {
      FitOrder order = TrainingSets.ways(pairs, hidden, seed);
      FitResult result = learner.fit(order, TrainingSets.PATIENT);
      int fits = 1;
      while (fits < MOST_FITS && !isLearnt(result, order)) {
        result =
            learner.fit(
                TrainingSets.with(order, order.plan(), result.network()), TrainingSets.PATIENT);
        fits++;
      }
      assertTrue(
          isLearnt(result, order),
          "seed " + seed + ": loss " + result.loss() + ", worst " + worst(result, order));
    }
  }

  private static boolean isLearnt(FitResult result, FitOrder order) {
    return result.loss() <= 0.01 && worst(result, order) <= 0.05;
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

  static FitOrder with(FitOrder order, ActivationFunction curve, int epochs, double learningRate) {
    FitPlan plan = order.plan();
    return TrainingSets.with(
        order, TrainingSets.plan(plan.hidden(), curve, epochs, learningRate, plan.seed()), null);
  }

  @Test
  void theSameSeedGivesTheSameBytesAndAnotherOneOthers() throws FitFault {
    FitOrder order = TrainingSets.random(60, 3);
    String first = FlucomaJson.write(learner.fit(order, TrainingSets.PATIENT).network());
    learner.fit(TrainingSets.random(7, 9), TrainingSets.PATIENT);
    assertEquals(first, FlucomaJson.write(learner.fit(order, TrainingSets.PATIENT).network()));
    FitOrder other = TrainingSets.order(order.inputs(), order.targets(), 3, 4);
    assertNotEquals(first, FlucomaJson.write(learner.fit(other, TrainingSets.PATIENT).network()));
  }

  @ParameterizedTest
  @EnumSource(
      value = ActivationFunction.class,
      names = {"SIGMOID", "RELU", "TANH"})
  void learnsWithEveryCurve(ActivationFunction curve) throws FitFault {
    FitOrder order = with(TrainingSets.ways(4, 8, 1), curve, 1000, FitPlan.LEARNING_RATE);
    FitResult result = learner.fit(order, TrainingSets.PATIENT);
    assertTrue(result.loss() < 0.01, curve + " " + result.loss());
    assertEquals(curve, result.network().layers().get(0).activation());
    assertEquals(ActivationFunction.SIGMOID, result.network().layers().get(1).activation());
  }

  @Test
  void learnsWithFourHiddenLayers() throws FitFault {
    FitOrder four = TrainingSets.ways(4, 3, 2);
    FitOrder deep =
        TrainingSets.with(
            four,
            TrainingSets.plan(List.of(16, 12, 9, 7), ActivationFunction.TANH, 600, 0.02, 1),
            null);
    FitResult result = learner.fit(deep, TrainingSets.PATIENT);
    assertTrue(result.loss() < 0.01, "" + result.loss());
    assertEquals(7, result.network().layers().get(3).outputs());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void theBorderOfAWayThatVariesLiesFartherAwayFromIt(long seed) throws FitFault {
    TaughtPair wide = varied("wide", 1, List.of(.3f, .5f), 0, .15f);
    TaughtPair narrow = varied("narrow", 2, List.of(.7f, .5f), 1, .03f);
    TrainingSet trainingSet = TrainingSet.of(List.of(wide, narrow), Motion.POSITION, List.of());
    FitResult result =
        learner.fit(trainingSet.order(TrainingSets.plan(seed), null), TrainingSets.PATIENT);
    assertTrue(result.network().predict(new float[] {.3f, .5f})[0] < .02);
    assertTrue(result.network().predict(new float[] {.55f, .5f})[0] < .5, "1.7 deviations away");
    assertTrue(result.network().predict(new float[] {.65f, .5f})[0] > .5, "1.7 deviations away");
    assertTrue(result.network().predict(new float[] {.7f, .5f})[0] > .9);
  }

  @Test
  void aPairOfOneFrameCountsAsMuchAsOneThatVaries() throws FitFault {
    List<String> senses = List.of("rms", "crest");
    List<TaughtPair> pairs = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      List<Float> input = List.of(.2f + .1f * i, .3f);
      pairs.add(varied("wide" + i, i, input, 0, .05f));
    }
    pairs.add(TrainingSets.pair("point", 9, senses, List.of(.4f, .5f), meaning(1)));
    TrainingSet trainingSet = TrainingSet.of(pairs, Motion.POSITION, List.of());
    FitResult result =
        learner.fit(trainingSet.order(TrainingSets.plan(1), null), TrainingSets.PATIENT);
    assertTrue(result.errors().get(3) < .05, "" + result.errors());
  }

  private static Target meaning(float x) {
    return new Target(List.of(x, 0f), List.of("x", "y"), Motion.POSITION, 50);
  }

  private static TaughtPair varied(
      String name, int second, List<Float> input, float x, float deviation) {
    float variance = deviation * deviation;
    Target meaning = meaning(x);
    return TrainingSets.with(
        TrainingSets.pair(name, second, List.of("rms", "crest"), input, meaning),
        List.of(variance, 0f, variance),
        meaning);
  }

  @ParameterizedTest
  @CsvSource({"1e6", "1e4", "500"})
  void aFitThatRunsAwayIsNoMapping(double learningRate) {
    FitOrder order =
        with(TrainingSets.random(60, 1), ActivationFunction.SIGMOID, 300, learningRate);
    FitFault fault = assertThrows(FitFault.class, () -> learner.fit(order, TrainingSets.PATIENT));
    assertTrue(fault.getMessage().contains("ran away"), fault.getMessage());
  }

  @Test
  void aFitThatHardlyMovesSaysThatALargerLearningRateHelps() {
    int refused = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      FitOrder order = with(TrainingSets.ways(4, 3, seed), ActivationFunction.SIGMOID, 1, 1e-6);
      try {
        learner.fit(order, TrainingSets.PATIENT);
      } catch (FitFault fault) {
        refused++;
        assertTrue(fault.getMessage().contains("a larger learning_rate"), fault.getMessage());
        assertTrue(fault.getMessage().contains("has learnt too little"), fault.getMessage());
      }
    }
    assertTrue(refused > 0);
  }

  @Test
  void onePairAndPairsThatContradictEachOtherAreFitted() throws FitFault {
    FitOrder one = TrainingSets.random(1, 1);
    assertTrue(learner.fit(one, TrainingSets.PATIENT).loss() < 1e-4);
    FitOrder two = TrainingSets.random(2, 1);
    float[][] same = {two.inputs()[0], two.inputs()[0]};
    FitOrder contradicting = TrainingSets.order(same, new float[][] {{0, 1}, {1, 1}}, 3, 1);
    FitResult result = learner.fit(contradicting, TrainingSets.PATIENT);
    double[] made = result.network().predict(same[0]);
    assertEquals(0.5, made[0], 0.05);
    assertEquals(1, made[1], 0.05);
  }

  @Test
  void theCurveFallsAndTheErrorsAreThoseOfTheMapping() throws FitFault {
    FitOrder order = TrainingSets.random(60, 5);
    FitResult result = learner.fit(order, TrainingSets.PATIENT);
    assertEquals(200, result.curve().size());
    assertTrue(result.curve().get(199) < result.curve().get(0));
    assertEquals(result.loss(), result.curve().get(199), 1e-5);
    double sum = 0;
    for (double error : result.errors()) {
      sum += error * error;
    }
    assertEquals(result.loss(), sum / 60, 1e-9);
    assertTrue(result.seconds() > 0);
    FitOrder brief = with(order, ActivationFunction.SIGMOID, 3, 0.1);
    assertEquals(3, learner.fit(brief, TrainingSets.PATIENT).curve().size());
  }

  @Test
  void inputsThatHardlyDifferAreToldApart() throws FitFault {
    FitOrder wide = TrainingSets.ways(4, 3, 3);
    float[][] narrow = new float[4][10];
    for (int row = 0; row < 4; row++) {
      for (int i = 0; i < 10; i++) {
        narrow[row][i] = 0.8f + 0.05f * wide.inputs()[row][i];
      }
    }
    FitOrder order = TrainingSets.order(narrow, wide.targets(), 3, 3);
    FitResult result = learner.fit(order, TrainingSets.PATIENT);
    assertTrue(result.loss() < 0.01, "" + result.loss());
  }

  @Test
  void endsWithinAnEpochWhenNobodyWaitsAnyMore() throws FitFault {
    int[] asked = {0};
    Progress leaving = new Progress(() -> ++asked[0] < 10, (epoch, epochs, loss) -> {}, 0, 0);
    assertNull(learner.fit(TrainingSets.random(60, 1), leaving));
    assertEquals(10, asked[0]);
  }

  /** Points of the loss curve would be half a second apart here. */
  @Test
  void progressIsToldAtOnceAndThenEvery50MillisecondsWhateverTheCurve() throws FitFault {
    long[] millis = {0};
    List<Integer> told = new ArrayList<>();
    Progress.Listener listener =
        (epoch, epochs, loss) -> {
          assertTrue(loss > 0 && loss < 1, "" + loss);
          assertEquals(100_300, epochs);
          told.add(epoch);
        };
    BooleanSupplier wanted =
        () -> {
          millis[0]++;
          return told.size() < 4;
        };
    Progress progress = new Progress(wanted, listener, 300, 100_300, () -> millis[0] * 1_000_000);
    FitOrder endless = with(TrainingSets.random(60, 1), ActivationFunction.SIGMOID, 100_000, 0.1);
    assertNull(learner.fit(endless, progress));
    assertEquals(List.of(301, 351, 401, 451), told);
  }
}
