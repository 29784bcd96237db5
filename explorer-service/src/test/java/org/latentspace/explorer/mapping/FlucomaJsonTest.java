package org.latentspace.explorer.mapping;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlucomaJsonTest {
  private static final String SMALL =
      "{\"layers\":[{\"activation\":3,\"biases\":[0.5,-1],\"cols\":2,\"rows\":1,"
          + "\"weights\":[[1e-3,2]]},"
          + "{\"activation\":1,\"biases\":[0,0],\"cols\":2,\"rows\":2,"
          + "\"weights\":[[1,2],[3,4]]}]}";

  @TempDir Path folder;

  @Test
  void exportAndImportAreTheIdentity() throws MappingMistake {
    Network network = PredictorTest.example(Activation.SIGMOID, Activation.TANH);
    network.layers().get(0).biases()[0] = Math.nextUp(1.0 / 3);
    network.layers().get(0).biases()[1] = 4.9e-324;
    String text = FlucomaJson.write(network);
    Network again = FlucomaJson.read(text);
    for (int i = 0; i < 2; i++) {
      Layer was = network.layers().get(i);
      Layer is = again.layers().get(i);
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
  void theWorkedExampleOfAFilePlaysAsAnIndependentComputationSays() throws MappingMistake {
    Network network = FlucomaJson.read(worked());
    assertWorked(network);
    String written = FlucomaJson.write(network);
    assertWorked(FlucomaJson.read(written));
    assertEquals(written, FlucomaJson.write(FlucomaJson.read(written)));
  }

  private static void assertWorked(Network network) {
    double[] outputs = new double[4];
    Predictor predictor = new Predictor(network);
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
  void otherKeysAndTheDumpsOwnOrderArePassed() throws MappingMistake {
    String text =
        SMALL
            .replace("{\"layers\"", "{\"version\":2,\"layers\"")
            .replace("\"rows\":1", "\"rows\":1.0,\"note\":{}");
    Network network = FlucomaJson.read(text);
    assertEquals(1, network.inputs());
    assertEquals(2, network.outputs());
    assertEquals(2, network.layers().get(0).weights()[0][1]);
    assertEquals(3, network.layers().get(1).weights()[1][0]);
  }

  @Test
  void aListOfOneMayBeABareNumberAsMaxWritesIt() throws MappingMistake {
    Network network =
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
          "rows":1              | "rows":"one"          | layers[0].rows is "one"
          [[1,2],[3,4]]         | [[1,2],[3,NaN]]       | is no JSON
          ]]}]}                 | ]]}]} x               | is no JSON
          [{"activation":3      | [7,{"activation":3    | layers[0] is 7
          """)
  void aFileOfAnotherShapeIsRefusedByName(String right, String wrong, String line) {
    String text = SMALL.replace(right.strip(), wrong.strip());
    MappingMistake fault = assertThrows(MappingMistake.class, () -> FlucomaJson.read(text));
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
        assertThrows(MappingMistake.class, () -> FlucomaJson.read(text)).getMessage());
  }

  @Test
  void filesAreCheckedBeforeTheyPlay() throws Exception {
    Path file = folder.resolve("small.json");
    Files.writeString(file, SMALL);
    assertEquals(
        "has 1 inputs (layers[0].rows), but the vector has 10",
        assertThrows(MappingMistake.class, () -> Mappings.load(file.toString(), 10)).getMessage());
    assertEquals(2, Mappings.load(file.toString(), 1).outputs());
    Files.writeString(file, SMALL + " ".repeat(FlucomaJson.MOST_BYTES));
    assertRefused(file.toString(), "longer than");
    assertRefused(folder.resolve("none.json").toString(), "no such file");
    assertRefused(folder.toString(), "no such file");
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
    assertRefused(file.toString(), "cannot be read as UTF-8");
  }

  @Test
  void oneOutputIsNotEnough() {
    String text =
        "{\"layers\":[{\"activation\":1,\"biases\":[0],\"cols\":1,\"rows\":1,\"weights\":[[1]]}]}";
    MappingMistake fault =
        assertThrows(MappingMistake.class, () -> Mappings.check(FlucomaJson.read(text), 1));
    assertTrue(fault.getMessage().contains("at least 2"), fault.getMessage());
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
      } catch (MappingMistake e) {
        assertEquals(1, e.getMessage().lines().count(), text.toString());
      }
    }
    assertThrows(MappingMistake.class, () -> FlucomaJson.read("[".repeat(100_000)));
    assertThrows(MappingMistake.class, () -> FlucomaJson.read(""));
  }

  private static void assertRefused(String path, String saying) {
    MappingMistake fault = assertThrows(MappingMistake.class, () -> Mappings.load(path, 1));
    assertTrue(fault.getMessage().contains(saying), fault.getMessage());
  }
}
