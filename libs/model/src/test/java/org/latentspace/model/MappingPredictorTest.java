package org.latentspace.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class MappingPredictorTest {
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

  static MappingNetwork example(ActivationFunction hidden, ActivationFunction last) {
    return new MappingNetwork(
        List.of(
            new MappingLayer(hidden, FIRST, new double[] {0.1, -0.2, 0.3}),
            new MappingLayer(last, SECOND, new double[] {0.05, -0.4, 0.25, -1.0})));
  }

  @Test
  void theWorkedExampleComesOutToOneInAMillion() {
    assertArrayEquals(
        WORKED,
        predict(example(ActivationFunction.SIGMOID, ActivationFunction.SIGMOID), VECTOR),
        1e-6);
  }

  @Test
  void everyActivationIsFluComas() {
    for (ActivationFunction activation :
        EnumSet.complementOf(EnumSet.of(ActivationFunction.LEAKY_RELU))) {
      double[][] one = {{1, -1}};
      MappingNetwork network =
          new MappingNetwork(List.of(new MappingLayer(activation, one, new double[] {0, 0})));
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
  void anArrayOfItsOwnHasTheSame() {
    MappingNetwork network = example(ActivationFunction.TANH, ActivationFunction.SIGMOID);
    assertArrayEquals(predict(network, VECTOR), network.predict(VECTOR), 0);
    assertEquals(49, network.weights());
  }

  @Test
  void aWiderLayerInTheMiddleHasRoom() {
    double[][] widen = new double[1][200];
    double[][] gather = new double[200][2];
    for (int i = 0; i < 200; i++) {
      widen[0][i] = 1;
      gather[i][0] = 0.01;
    }
    MappingNetwork network =
        new MappingNetwork(
            List.of(
                new MappingLayer(ActivationFunction.IDENTITY, widen, new double[200]),
                new MappingLayer(ActivationFunction.IDENTITY, gather, new double[2])));
    assertArrayEquals(new double[] {1, 0}, predict(network, new float[] {0.5f}), 1e-12);
  }

  @Test
  void aPredictionAllocatesNothing() {
    MappingPredictor predictor =
        new MappingPredictor(example(ActivationFunction.SIGMOID, ActivationFunction.TANH));
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

  private static double[] predict(MappingNetwork network, float[] vector) {
    double[] outputs = new double[network.outputs()];
    new MappingPredictor(network).predict(vector, outputs);
    return outputs;
  }
}
