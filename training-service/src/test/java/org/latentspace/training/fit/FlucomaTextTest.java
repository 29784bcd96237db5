package org.latentspace.training.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlucomaTextTest {
  private static final MappingNetwork SMALL =
      new MappingNetwork(
          List.of(
              new MappingLayer(
                  Curve.TANH, new float[][] {{0.1f, -2}, {3, 1e-7f}}, new float[] {0.5f, -0.25f}),
              new MappingLayer(Curve.SIGMOID, new float[][] {{1}, {-1}}, new float[] {0})));

  @Test
  void writesTheShapeThatFlucomaReads() throws Exception {
    JsonNode layer = new ObjectMapper().readTree(FlucomaText.write(SMALL)).at("/layers/0");
    assertEquals(3, layer.get("activation").intValue());
    assertEquals(2, layer.get("rows").intValue());
    assertEquals(2, layer.get("cols").intValue());
    assertEquals(0.1f, layer.at("/weights/0/0").doubleValue(), 0, "the very same, as a double");
    assertEquals(-2, layer.at("/weights/0/1").doubleValue());
    assertEquals(-0.25, layer.at("/biases/1").doubleValue());
  }

  @Test
  void readsBackEveryBit() {
    Random chance = new Random(1);
    float[][] weights = new float[50][20];
    for (float[] row : weights) {
      for (int i = 0; i < row.length; i++) {
        row[i] = Float.intBitsToFloat(chance.nextInt(0x7f800000) | chance.nextInt(2) << 31);
      }
    }
    MappingLayer layer = new MappingLayer(Curve.RELU, weights, new float[20]);
    MappingNetwork read = FlucomaText.read(FlucomaText.write(new MappingNetwork(List.of(layer))));
    for (int in = 0; in < 50; in++) {
      assertArrayEquals(weights[in], read.layers().get(0).weights()[in], 0);
    }
  }

  @Test
  void predictsAsAnIndependentSumDoes() {
    double hidden0 = Math.tanh(0.3f * 0.1f + 0.7f * 3 + 0.5);
    double hidden1 = Math.tanh(0.3f * -2.0 + 0.7f * 1e-7f - 0.25);
    double expected = 1 / (1 + Math.exp(-(hidden0 - hidden1)));
    assertEquals(expected, SMALL.predict(new float[] {0.3f, 0.7f})[0], 1e-6);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "[]",
        "{\"layers\":[]}",
        "{\"layers\":[{}]}",
        "{\"layers\":[{\"activation\":1,\"biases\":[0],\"cols\":1,\"rows\":1,\"weights\":[[]]}]}",
        "{\"layers\":[{\"activation\":4,\"biases\":[0],\"cols\":1,\"rows\":1,\"weights\":[[1]]}]}",
        "{\"layers\":[{\"activation\":1,\"biases\":[0],\"cols\":1,\"rows\":1,\"weights\":[[\"a\"]]}]}",
        "{\"layers\":[{\"activation\":1,\"biases\":[0],\"cols\":1,\"rows\":1,\"weights\":[[1e99]]}]}",
        "{\"layers\":[{\"activation\":1,\"biases\":[],\"cols\":0,\"rows\":1,\"weights\":[[]]}]}"
      })
  void refusesWhatIsNoNetwork(String text) {
    assertThrows(IllegalArgumentException.class, () -> FlucomaText.read(text));
  }
}
