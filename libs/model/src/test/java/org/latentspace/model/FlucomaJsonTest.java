package org.latentspace.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlucomaJsonTest {
  private static final String SMALL =
      "{\"layers\":[{\"activation\":3,\"biases\":[0.5,-1],\"cols\":2,\"rows\":1,"
          + "\"weights\":[[1e-3,2]]},"
          + "{\"activation\":1,\"biases\":[0,0],\"cols\":2,\"rows\":2,"
          + "\"weights\":[[1,2],[3,4]]}]}";

  @Test
  void exportAndImportAreTheIdentity() throws ModelFault {
    MappingNetwork network =
        MappingPredictorTest.example(ActivationFunction.SIGMOID, ActivationFunction.TANH);
    network.layers().get(0).biases()[0] = Math.nextUp(1.0 / 3);
    network.layers().get(0).biases()[1] = 4.9e-324;
    String text = FlucomaJson.write(network);
    MappingNetwork again = FlucomaJson.read(text);
    for (int i = 0; i < 2; i++) {
      MappingLayer was = network.layers().get(i);
      MappingLayer is = again.layers().get(i);
      assertEquals(was.activation(), is.activation());
      assertArrayEquals(was.biases(), is.biases(), 0);
      for (int in = 0; in < was.inputs(); in++) {
        assertArrayEquals(was.weights()[in], is.weights()[in], 0);
      }
    }
    assertEquals(text, FlucomaJson.write(again));
  }

  /** Weights by a rule, outputs worked out in Python from the rule, with math.exp. */
  @Test
  void theWorkedExampleOfAFilePlaysAsAnIndependentComputationSays() throws ModelFault {
    MappingNetwork network = FlucomaJson.read(worked());
    assertWorked(network);
    String written = FlucomaJson.write(network);
    assertWorked(FlucomaJson.read(written));
    assertEquals(written, FlucomaJson.write(FlucomaJson.read(written)));
  }

  private static void assertWorked(MappingNetwork network) {
    double[] outputs = new double[4];
    MappingPredictor predictor = new MappingPredictor(network);
    predictor.predict(new float[] {0, .1f, .2f, .3f, .4f, .5f, .6f, .7f, .8f, .9f}, outputs);
    double[] rising = {0.2493997886767, 0.5839611854048, 0.3986192530326, 0.7344760472196};
    assertArrayEquals(rising, outputs, 1e-6);
    predictor.predict(new float[] {.5f, .5f, .5f, .5f, .5f, .5f, .5f, .5f, .5f, .5f}, outputs);
    double[] even = {0.3061504294725, 0.5630732393767, 0.3405393969828, 0.7127557433816};
    assertArrayEquals(even, outputs, 1e-6);
  }

  private static String worked() {
    StringBuilder text = new StringBuilder("{\"layers\":[{\"activation\":1,\"weights\":[");
    for (int in = 0; in < 10; in++) {
      text.append(in == 0 ? "[" : ",[");
      for (int out = 0; out < 3; out++) {
        text.append(out == 0 ? "" : ",").append(((in * 7 + out * 3) % 11 - 5) / 4.0);
      }
      text.append(']');
    }
    text.append("],\"rows\":10,\"cols\":3,\"biases\":[0.25,-0.5,0.75]},{\"weights\":[");
    for (int in = 0; in < 3; in++) {
      text.append(in == 0 ? "[" : ",[");
      for (int out = 0; out < 4; out++) {
        text.append(out == 0 ? "" : ",").append(((in * 5 + out * 2) % 7 - 3) / 2.0);
      }
      text.append(']');
    }
    text.append("],\"activation\":1,\"rows\":3,\"cols\":4,\"biases\":[-0.25,0.5,0,0.125]}]}");
    return text.toString();
  }

  @Test
  void otherKeysAndTheDumpsOwnOrderArePassed() throws ModelFault {
    String text =
        SMALL
            .replace("{\"layers\"", "{\"version\":2,\"layers\"")
            .replace("\"rows\":1", "\"rows\":1.0,\"note\":{}");
    MappingNetwork network = FlucomaJson.read(text);
    assertEquals(1, network.inputs());
    assertEquals(2, network.outputs());
    assertEquals(2, network.layers().get(0).weights()[0][1]);
    assertEquals(3, network.layers().get(1).weights()[1][0]);
  }

  @Test
  void aListOfOneMayBeABareNumberAsMaxWritesIt() throws ModelFault {
    MappingNetwork network =
        FlucomaJson.read(
            "{\"layers\":[{\"activation\":0,\"biases\":0.5,\"cols\":1,\"rows\":2,"
                + "\"weights\":[1,2]},{\"activation\":0,\"biases\":[0,1],\"cols\":2,\"rows\":1,"
                + "\"weights\":[[3,4]]}]}");
    assertEquals(2, network.layers().get(0).weights()[1][0]);
    assertEquals(0.5, network.layers().get(0).biases()[0]);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "layers"              | "other"               | has no layers
          "biases":[0.5,-1]     | "biases":[0.5]        | layers[0].biases has 1 numbers, must be cols = 2
          "rows":1              | "rows":2              | layers[0].weights has 1 rows, must be rows = 2
          "weights":[[1e-3,2]]  | "weights":[[1e-3]]    | layers[0].weights[0] has 1 numbers, must be cols = 2
          "weights":[[1e-3,2]]  | "weights":[[1e999,2]] | layers[0].weights[0][0] is
          "weights":[[1e-3,2]]  | "weights":[[null,2]]  | layers[0].weights[0][0] is null, must be a finite number
          "activation":3        | "activation":4        | layers[0].activation is 4, must be 0..3
          "activation":3        | "activation":1.5      | layers[0].activation is 1.5, must be 0..3
          "activation":3        | "a":3                 | layers[0].activation is missing
          "cols":2,"rows":2     | "cols":2,"rows":99999 | layers[1].rows is 99999, must be 1..1024
          "weights":[[1e-3,2]]  | "weights":[[1e99,2]]  | layers[0].weights[0][0] is 1.0E99, must be a finite number
          "rows":1              | "rows":"1"            | layers[0].rows is "1", must be 1..1024
          "biases":[0.5,-1]     | "biases":["a",-1]     | layers[0].biases[0] is "a", must be a finite number
          "cols":2,"rows":1     | "cols":0,"rows":1     | layers[0].cols is 0, must be 1..1024
          "rows":1              | "rows":"one"          | layers[0].rows is "one"
          [[1,2],[3,4]]         | [[1,2],[3,NaN]]       | is no JSON
          ]]}]}                 | ]]}]} x               | is no JSON
          [{"activation":3      | [7,{"activation":3    | layers[0] is 7
          """)
  void aFileOfAnotherShapeIsRefusedByName(String right, String wrong, String line) {
    String text = SMALL.replace(right.strip(), wrong.strip());
    ModelFault fault = assertThrows(ModelFault.class, () -> FlucomaJson.read(text));
    assertTrue(fault.getMessage().contains(line.strip()), fault.getMessage());
    assertEquals(1, fault.getMessage().lines().count());
  }

  @Test
  void layersThatDoNotChainAreRefused() {
    String text =
        SMALL.replace(
            "\"cols\":2,\"rows\":2,\"weights\":[[1,2],[3,4]]",
            "\"cols\":2,\"rows\":3,\"weights\":[[1,2],[3,4],[5,6]]");
    assertEquals(
        "layers[1]: rows is 3, but layers[0] has 2 cols",
        assertThrows(ModelFault.class, () -> FlucomaJson.read(text)).getMessage());
  }

  @Test
  void whateverIsReadIsANetworkOrAOneLineMistake() {
    Random chance = new Random(1);
    String pool = "{}[],:\"0123456789.-eE layersrowcolbiatvnghwu\\";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder(SMALL);
      for (int edits = 1 + chance.nextInt(4); edits > 0; edits--) {
        int at = chance.nextInt(text.length());
        text.setCharAt(at, pool.charAt(chance.nextInt(pool.length())));
      }
      try {
        assertTrue(FlucomaJson.read(text.toString()).outputs() > 0);
      } catch (ModelFault e) {
        assertEquals(1, e.getMessage().lines().count(), text.toString());
      }
    }
    assertThrows(ModelFault.class, () -> FlucomaJson.read("[".repeat(100_000)));
    assertThrows(ModelFault.class, () -> FlucomaJson.read(""));
  }

  @Test
  void writesTheShapeThatFlucomaReads() throws Exception {
    double[][] weights = {{0.1f, -2}, {3, 1e-7f}};
    MappingLayer only =
        new MappingLayer(ActivationFunction.TANH, weights, new double[] {0.5, -0.25});
    String text = FlucomaJson.write(new MappingNetwork(List.of(only)));
    JsonNode layer = new ObjectMapper().readTree(text).at("/layers/0");
    assertEquals(3, layer.get("activation").intValue());
    assertEquals(2, layer.get("rows").intValue());
    assertEquals(2, layer.get("cols").intValue());
    assertEquals(0.1f, layer.at("/weights/0/0").doubleValue(), 0, "the very same, as a double");
    assertEquals(-2, layer.at("/weights/0/1").doubleValue());
    assertEquals(-0.25, layer.at("/biases/1").doubleValue());
  }

  @Test
  void readsBackEveryBitOfAFloat() throws ModelFault {
    Random chance = new Random(1);
    double[][] weights = new double[50][20];
    for (double[] row : weights) {
      for (int i = 0; i < row.length; i++) {
        row[i] = Float.intBitsToFloat(chance.nextInt(0x7f800000) | chance.nextInt(2) << 31);
      }
    }
    MappingLayer layer = new MappingLayer(ActivationFunction.RELU, weights, new double[20]);
    MappingNetwork read = FlucomaJson.read(FlucomaJson.write(new MappingNetwork(List.of(layer))));
    for (int in = 0; in < 50; in++) {
      assertArrayEquals(weights[in], read.layers().get(0).weights()[in], 0);
    }
  }

  @Test
  void leakyReluHasNoNumberThere() {
    MappingLayer layer =
        new MappingLayer(ActivationFunction.LEAKY_RELU, new double[1][1], new double[1]);
    MappingNetwork network = new MappingNetwork(List.of(layer));
    assertThrows(IllegalStateException.class, () -> FlucomaJson.write(network));
  }
}
