package org.latentspace.explorer.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentspace.explorer.Frames;
import org.latentspace.explorer.outlet.Mappings;
import org.latentspace.model.FlucomaJson;
import org.latentspace.model.MappingNetwork;
import org.latentspace.model.ModelFault;

class MappingsTest {
  private static final String SMALL =
      "{\"layers\":[{\"activation\":3,\"biases\":[0.5,-1],\"cols\":2,\"rows\":1,"
          + "\"weights\":[[1e-3,2]]},"
          + "{\"activation\":1,\"biases\":[0,0],\"cols\":2,\"rows\":2,"
          + "\"weights\":[[1,2],[3,4]]}]}";

  @TempDir Path folder;

  @Test
  void filesAreCheckedBeforeTheyPlay() throws Exception {
    Path file = folder.resolve("small.json");
    Files.writeString(file, SMALL);
    assertEquals(
        "has 1 inputs (layers[0].rows), but the vector has 10",
        assertThrows(ModelFault.class, () -> Mappings.load(file.toString(), 10)).getMessage());
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
    ModelFault fault =
        assertThrows(ModelFault.class, () -> TaughtMapping.check(FlucomaJson.read(text), 1));
    assertTrue(fault.getMessage().contains("at least 2"), fault.getMessage());
  }

  @Test
  void theFourWaysOfPlayingLandInDifferentPlaces() throws ModelFault {
    MappingNetwork steps = Mappings.load(Mappings.FIRST_STEPS, 10);
    float[][] ways = {Frames.SLOW_LOW, Frames.FAST_HIGH, Frames.FAST_WIDE, Frames.PLAYED};
    double[][] places = {{0.14, 0.09}, {0.84, 0.89}, {0.92, 0.39}, {0.22, 0.50}};
    for (int i = 0; i < ways.length; i++) {
      double[] outputs = steps.predict(ways[i]);
      assertEquals(places[i][0], outputs[0], 0.06, "x of way " + i);
      assertEquals(places[i][1], outputs[1], 0.06, "y of way " + i);
      assertTrue(outputs[2] < 0.1, "little noise");
      for (int j = 0; j < i; j++) {
        double[] other = steps.predict(ways[j]);
        double apart = Math.hypot(outputs[0] - other[0], outputs[1] - other[1]);
        assertTrue(apart > 0.3, "ways " + j + " and " + i + " are " + apart + " apart");
      }
    }
  }

  @Test
  void theBuiltInMappingGlidesSlowlyWhenCalmAndFastWhenActive() throws ModelFault {
    MappingNetwork steps = Mappings.load(Mappings.FIRST_STEPS, 10);
    assertTrue(steps.predict(Frames.SLOW_LOW)[3] > 0.55);
    assertTrue(steps.predict(Frames.FAST_HIGH)[3] < 0.3);
  }

  private static void assertRefused(String path, String saying) {
    ModelFault fault = assertThrows(ModelFault.class, () -> Mappings.load(path, 1));
    assertTrue(fault.getMessage().contains(saying), fault.getMessage());
  }
}
