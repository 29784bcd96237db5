package org.latentspace.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DenseLayerTest {
  private static final double CLOSE = 1e-5;

  @ParameterizedTest
  @EnumSource(ActivationFunction.class)
  void oneAtATimeAndManyTogetherEqualAPlainSumInDouble(ActivationFunction activation) {
    Random random = new Random(3);
    DenseLayer layer = DenseLayer.of(floats(11 * 5, random), floats(5, random), activation);
    float[][] inputs = new float[37][];
    for (int n = 0; n < inputs.length; n++) {
      inputs[n] = floats(11, random);
      inputs[n][n % 11] = 0;
    }
    float[][] outputs = layer.forward(inputs);
    float[] one = new float[5];
    for (int n = 0; n < inputs.length; n++) {
      layer.forward(inputs[n], one);
      for (int o = 0; o < 5; o++) {
        double sum = layer.bias()[o];
        for (int i = 0; i < 11; i++) {
          sum += inputs[n][i] * (double) layer.weights()[i * 5 + o];
        }
        assertEquals(activation.of(sum), one[o], CLOSE);
        assertEquals(activation.of(sum), outputs[n][o], CLOSE);
      }
    }
  }

  @Test
  void aChainOfManyIsTheChainOfEach() {
    Random random = new Random(4);
    List<DenseLayer> chain =
        List.of(
            DenseLayer.of(floats(12, random), floats(4, random), ActivationFunction.LEAKY_RELU),
            DenseLayer.of(floats(8, random), floats(2, random), ActivationFunction.TANH));
    float[][] inputs = {floats(3, random), floats(3, random)};
    float[][] outputs = DenseStack.run(chain, inputs);
    DenseStack stack = new DenseStack(chain);
    for (int n = 0; n < inputs.length; n++) {
      assertArrayEquals(outputs[n], stack.run(inputs[n]), (float) CLOSE);
    }
  }

  @Test
  void activationsAreWithinAMillionthOfTheirFormulas() {
    float[] x = new float[4001];
    for (int i = 0; i < x.length; i++) {
      x[i] = (i - 2000) / 50f;
    }
    for (ActivationFunction activation : ActivationFunction.values()) {
      float[] values = x.clone();
      activation.apply(values, ActivationFunction.USUAL_SLOPE);
      for (int i = 0; i < x.length; i++) {
        assertEquals(activation.of(x[i]), values[i], 1e-6, activation + " of " + x[i]);
      }
    }
  }

  @Test
  void weightsThatMakeNoWholeRowsAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> DenseLayer.of(new float[7], new float[2], ActivationFunction.IDENTITY));
  }

  private static float[] floats(int count, Random random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
