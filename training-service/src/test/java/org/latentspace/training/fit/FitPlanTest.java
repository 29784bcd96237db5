package org.latentspace.training.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.latentspace.model.ActivationFunction;

class FitPlanTest {
  private static FitPlan plan(List<Integer> hidden, int epochs) {
    return new FitPlan(hidden, ActivationFunction.SIGMOID, epochs, 0.1, null, false, false);
  }

  @Test
  void withoutAWordItIsOneLayerOfThree() {
    FitPlan plan = plan(List.of(), 0);
    assertEquals(List.of(3), plan.hidden());
    assertEquals(49, plan.weights(10, 4));
    assertEquals(300, plan.epochsFor(49, 60));
    assertEquals(300, plan.epochsFor(49, 4000));
  }

  @Test
  void epochsShrinkWithTheWorkUnlessTheyWereAskedFor() {
    FitPlan plan = plan(List.of(64, 64), 0);
    int weights = plan.weights(10, 16);
    assertEquals(5904, weights);
    assertEquals(254, plan.epochsFor(weights, 1000));
    assertEquals(50, plan.epochsFor(30_000, 4000));
    assertEquals(1000, plan(List.of(64, 64), 1000).epochsFor(weights, 1000));
    IllegalArgumentException much =
        assertThrows(
            IllegalArgumentException.class,
            () -> plan(List.of(64, 64), 100_000).epochsFor(weights, 1000));
    assertTrue(much.getMessage().contains("at most 8468"), much.getMessage());
  }

  @Test
  void whatIsOutOfItsRangeIsNamed() {
    refused("hidden", () -> plan(List.of(0), 1));
    refused("hidden", () -> plan(List.of(257), 1));
    refused("hidden", () -> plan(Collections.nCopies(5, 3), 1));
    refused("epochs", () -> plan(List.of(3), 100_001));
    refused("epochs", () -> plan(List.of(3), -1));
    for (double rate : new double[] {0, -1, 1e300, 1e-300, Double.NaN}) {
      refused(
          "learning_rate",
          () -> new FitPlan(List.of(), ActivationFunction.SIGMOID, 1, rate, null, false, false),
          "must be 1e-6..1e6");
    }
    refused("activation", () -> FitPlan.activation("identity"));
    refused("hidden", () -> plan(List.of(256, 256), 1).weights(10, 4));
  }

  private static void refused(String name, Runnable wrong) {
    refused(name, wrong, "");
  }

  private static void refused(String name, Runnable wrong, String right) {
    IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, wrong::run);
    assertTrue(refusal.getMessage().startsWith(name + " is "), refusal.getMessage());
    assertTrue(refusal.getMessage().endsWith(right), refusal.getMessage());
  }
}
