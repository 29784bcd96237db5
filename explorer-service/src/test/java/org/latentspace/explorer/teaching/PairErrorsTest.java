package org.latentspace.explorer.teaching;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.latentspace.explorer.mapping.TaughtMapping;
import org.latentspace.model.ActivationFunction;
import org.latentspace.model.MappingLayer;
import org.latentspace.model.MappingNetwork;

/** The error of a pair is that of the pair and the mapping as they are now. */
class PairErrorsTest {
  private static final double EXACT = 1e-6;

  /** Two inputs that go straight to x and y. */
  private static final MappingNetwork STRAIGHT =
      new MappingNetwork(
          List.of(
              new MappingLayer(
                  ActivationFunction.IDENTITY, new double[][] {{1, 0}, {0, 1}}, new double[2])));

  private static TaughtMapping named(float... meanInput) {
    return new TaughtMapping(
        "v", STRAIGHT, List.of("rms", "density"), List.of("x", "y"), "lse", null, meanInput);
  }

  @Test
  void followsThePairWhenItsOutputsAreChanged() {
    PairErrors errors = new PairErrors(named(.5f, .5f));
    List<String> heard = List.of("density", "rms");
    float[] vector = {.2f, .8f};
    List<String> names = List.of("x", "y", "noise", "z-ramp");
    assertEquals(0, errors.of(vector, heard, new float[] {.8f, .2f, 1, 1}, names), EXACT);
    assertEquals(
        Math.sqrt(.09 / 2),
        errors.of(vector, heard, new float[] {.5f, .2f, 0, 0}, names),
        EXACT,
        "x was moved by 0.3");
    assertEquals(
        .3, errors.of(vector, heard, new float[] {.5f}, List.of("x")), EXACT, "what both know");
    assertEquals(
        PairErrors.UNKNOWN, errors.of(vector, heard, new float[] {.5f}, List.of("wet")), EXACT);
  }

  @Test
  void anInputThatThePairDoesNotHaveIsTheMean() {
    PairErrors errors = new PairErrors(named(.5f, .4f));
    assertEquals(
        .1, errors.of(new float[] {1}, List.of("rms"), new float[] {.3f}, List.of("y")), EXACT);
  }

  @Test
  void aMappingWithoutNamesTakesTheFirstEntries() {
    PairErrors errors = new PairErrors(TaughtMapping.unnamed(STRAIGHT));
    List<String> heard = List.of("ambitus", "density", "rms");
    float[] target = {.1f, .1f};
    List<String> names = List.of("x", "y");
    assertEquals(0, errors.of(new float[] {.1f, .1f, 1}, heard, target, names), EXACT);
    assertEquals(
        PairErrors.UNKNOWN, errors.of(new float[] {.1f}, List.of("ambitus"), target, names));
  }
}
