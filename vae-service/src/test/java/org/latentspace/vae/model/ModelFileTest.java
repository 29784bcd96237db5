package org.latentspace.vae.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.latentspace.model.Grid;
import org.latentspace.model.ModelFault;
import org.latentspace.vae.outlet.ModelLocator;
import org.latentspace.vae.rhythm.RhythmTensor;

class ModelFileTest {
  private static final String NAME = "spoilt.safetensors";
  private static final Model SMALL =
      RandomModel.of(
          new RandomModel.Size(new Grid(1, 4, 4, 4), List.of("kick", "snare"), 2, 6), "small-1", 7);

  @Test
  void readsBackWhatWasWritten() throws Exception {
    byte[] bytes = ModelBytes.of(SMALL);
    Model model = Model.read("small", bytes);
    assertEquals("small-1", model.version());
    assertEquals(new Grid(1, 4, 4, 4), model.grid());
    assertEquals(List.of("kick", "snare"), model.voices());
    assertArrayEquals(new float[] {-2.5f, -2.5f}, model.latent().low());
    assertArrayEquals(SMALL.thresholds(), model.thresholds());
    assertEquals("7", model.metadata().get("seed"));
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
    assertEquals(HexFormat.of().formatHex(digest), model.sha256());
    RhythmTensor expected = new RhythmTensor(16, 2);
    RhythmTensor found = new RhythmTensor(16, 2);
    new Decoder(SMALL).decode(new float[] {0.4f, -1}, expected);
    new Decoder(model).decode(new float[] {0.4f, -1}, found);
    assertArrayEquals(expected.onset(), found.onset());
    assertArrayEquals(expected.offset(), found.offset());
  }

  @Test
  void readsFromTheDiskAndSaysWhenThereIsNothing(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("small.safetensors");
    Files.write(file, ModelBytes.of(SMALL));
    assertEquals("small-1", ModelLocator.configured(file.toString()).version());
    ModelFault none =
        assertThrows(
            ModelFault.class,
            () -> ModelLocator.configured(folder.resolve("none.safetensors").toString()));
    assertTrue(none.getMessage().contains("none.safetensors: does not exist"), none.getMessage());
    assertThrows(ModelFault.class, () -> ModelLocator.configured(folder.toString()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("org.latentspace.model.HostileFiles#all")
  void refusesAndNamesFileAndFault(String what, byte[] bytes) {
    ModelFault fault = assertThrows(ModelFault.class, () -> Model.read(NAME, bytes));
    assertTrue(fault.getMessage().startsWith("model file " + NAME + ": "), fault.getMessage());
    assertTrue(fault.getMessage().contains(what), what + " is not in: " + fault.getMessage());
    assertTrue(fault.getMessage().length() < 400, fault.getMessage());
    assertTrue(fault.getMessage().lines().count() == 1, fault.getMessage());
  }
}
