package org.latentspace.explorer.mapping;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.latentspace.explorer.Frames;

class PredictorTest {
  // 10 inputs -> 3 sigmoid -> 4 sigmoid; worked out in Python with math.fsum and math.exp.
  private static final double[][] FIRST = {
    {0.841, 0.909, 0.141},
    {-0.757, -0.959, -0.279},
    {0.657, 0.989, 0.412},
    {-0.544, -1.0, -0.537},
    {0.42, 0.991, 0.65},
    {-0.288, -0.961, -0.751},
    {0.15, 0.913, 0.837},
    {-0.009, -0.846, -0.906},
    {-0.132, 0.763, 0.956},
    {0.271, -0.664, -0.988}
  };
  private static final double[][] SECOND = {
    {-0.832, -1.98, -1.307, 0.567}, {1.92, 1.508, -0.291, -1.822}, {-1.678, 0.009, 1.688, 1.815}
  };
  private static final float[] VECTOR = {.2f, .5f, .8f, .11f, .19f, .54f, .43f, .19f, .17f, .35f};
  private static final double[] WORKED = {
    0.3977782798461292, 0.3014563241891482, 0.5594914162126045, 0.36086624562882846
  };

  static Network example(Activation hidden, Activation last) {
    return new Network(
        List.of(
            new Layer(hidden, FIRST, new double[] {0.1, -0.2, 0.3}),
            new Layer(last, SECOND, new double[] {0.05, -0.4, 0.25, -1.0})));
  }

  @Test
  void theWorkedExampleComesOutToOneInAMillion() {
    assertArrayEquals(
        WORKED, predict(example(Activation.SIGMOID, Activation.SIGMOID), VECTOR), 1e-6);
  }

  @Test
  void everyActivationIsFluComas() {
    for (Activation activation : Activation.values()) {
      double[][] one = {{1, -1}};
      Network network = new Network(List.of(new Layer(activation, one, new double[] {0, 0})));
      double[] expected =
          switch (activation.number()) {
            case 0 -> new double[] {0.5, -0.5};
            case 1 -> new double[] {0.6224593312018546, 0.3775406687981454};
            case 2 -> new double[] {0.5, 0};
            case 3 -> new double[] {0.46211715726000973, -0.46211715726000973};
            default -> throw new AssertionError(activation);
          };
      assertArrayEquals(expected, predict(network, new float[] {0.5f}), 1e-12, activation.name());
    }
  }

  @Test
  void aWiderLayerInTheMiddleHasRoom() {
    double[][] widen = new double[1][200];
    double[][] gather = new double[200][2];
    for (int i = 0; i < 200; i++) {
      widen[0][i] = 1;
      gather[i][0] = 0.01;
    }
    Network network =
        new Network(
            List.of(
                new Layer(Activation.IDENTITY, widen, new double[200]),
                new Layer(Activation.IDENTITY, gather, new double[2])));
    assertArrayEquals(new double[] {1, 0}, predict(network, new float[] {0.5f}), 1e-12);
  }

  @Test
  void aPredictionAllocatesNothing() {
    Predictor predictor = new Predictor(example(Activation.SIGMOID, Activation.TANH));
    double[] outputs = new double[4];
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    double sum = 0;
    for (int i = 0; i < 10_000; i++) {
      predictor.predict(VECTOR, outputs);
      sum += outputs[0];
    }
    long before = threads.getThreadAllocatedBytes(thread);
    for (int i = 0; i < 10_000; i++) {
      predictor.predict(VECTOR, outputs);
      sum += outputs[0];
    }
    long bytes = threads.getThreadAllocatedBytes(thread) - before;
    assertTrue(bytes < 10_000, "bytes for 10 000 predictions: " + bytes);
    assertTrue(Double.isFinite(sum));
  }

  @Test
  void theFourWaysOfPlayingLandInDifferentPlaces() throws MappingMistake {
    Network steps = Mappings.load(Mappings.FIRST_STEPS, 10);
    float[][] ways = {Frames.SLOW_LOW, Frames.FAST_HIGH, Frames.FAST_WIDE, Frames.PLAYED};
    double[][] places = {{0.14, 0.09}, {0.84, 0.89}, {0.92, 0.39}, {0.22, 0.50}};
    for (int i = 0; i < ways.length; i++) {
      double[] outputs = predict(steps, ways[i]);
      assertEquals(places[i][0], outputs[0], 0.06, "x of way " + i);
      assertEquals(places[i][1], outputs[1], 0.06, "y of way " + i);
      assertTrue(outputs[2] < 0.1, "little noise");
      for (int j = 0; j < i; j++) {
        double[] other = predict(steps, ways[j]);
        double apart = Math.hypot(outputs[0] - other[0], outputs[1] - other[1]);
        assertTrue(apart > 0.3, "ways " + j + " and " + i + " are " + apart + " apart");
      }
    }
  }

  @Test
  void theBuiltInMappingGlidesSlowlyWhenCalmAndFastWhenActive() throws MappingMistake {
    Network steps = Mappings.load(Mappings.FIRST_STEPS, 10);
    assertTrue(predict(steps, Frames.SLOW_LOW)[3] > 0.55);
    assertTrue(predict(steps, Frames.FAST_HIGH)[3] < 0.3);
  }

  private static double[] predict(Network network, float[] vector) {
    double[] outputs = new double[network.outputs()];
    new Predictor(network).predict(vector, outputs);
    return outputs;
  }
}
