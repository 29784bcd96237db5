package org.latentspace.vae.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentspace.model.ModelFault;
import org.latentspace.vae.outlet.ModelLocator;

class ActiveModelTest {
  private final ActiveModel activeModel = new ActiveModel();

  @Test
  void aBadModelLeavesTheOldOnePlaying() throws ModelFault {
    assertNull(activeModel.playing());
    ActiveModel.Playing old = activeModel.put("old", OneNote.of("old", 0, 2, 0.5f));
    refused(OneNote.absurd(), "not finite");
    refused(OneNote.extreme(true), "nearly every cell");
    refused(OneNote.extreme(false), "strikes nowhere");
    assertSame(old, activeModel.playing());
    activeModel.put("new", OneNote.of("new", 1, 2, 0.5f));
    assertEquals("new", activeModel.playing().model().version());
  }

  @Test
  void thresholdsThatWereSetStayWhereTheVoicesAreTheSame() throws ModelFault {
    float[] own = {0.5f, 0.5f};
    float[] mine = {0.25f, 1};
    assertThrows(IllegalStateException.class, () -> activeModel.setThresholds(own));
    activeModel.put("a", OneNote.of("a", 0, 2, 0.5f));
    assertArrayEquals(own, activeModel.playing().thresholds());
    activeModel.setThresholds(mine);
    activeModel.put("b", OneNote.of("b", 0, 2, 0.5f));
    assertArrayEquals(mine, activeModel.playing().thresholds());
    activeModel.put("c", OneNote.of("c", 0, 3, 0.5f));
    assertArrayEquals(new float[] {0.5f, 0.5f, 0.5f}, activeModel.playing().thresholds());
    activeModel.setThresholds(new float[] {0, 0, 0});
    assertArrayEquals(
        new float[] {0.5f, 0.5f, 0.5f}, activeModel.setThresholds(new float[0]).thresholds());
    assertThrows(IllegalArgumentException.class, () -> activeModel.setThresholds(mine));
    float[] wrong = {0, 2, Float.NaN};
    assertThrows(IllegalArgumentException.class, () -> activeModel.setThresholds(wrong));
  }

  @Test
  void theShelfFindsFilesOfItsFolderByNameAlone(@TempDir Path folder) throws Exception {
    Path inside = Files.createDirectory(folder.resolve("models"));
    Files.write(inside.resolve("a.safetensors"), ModelBytes.of(OneNote.of("a", 0, 2, 0.5f)));
    Files.write(folder.resolve("b.safetensors"), ModelBytes.of(OneNote.of("b", 0, 2, 0.5f)));
    ModelLocator locator = new ModelLocator(inside);
    assertEquals("a", locator.named("a.safetensors").version());
    assertThrows(NoSuchElementException.class, () -> locator.named("b.safetensors"));
    assertThrows(NoSuchElementException.class, () -> locator.named("six"));
    Files.write(inside.resolve("broken.safetensors"), new byte[20]);
    ModelFault fault = assertThrows(ModelFault.class, () -> locator.named("broken.safetensors"));
    assertTrue(fault.getMessage().startsWith("model file broken.safetensors: "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../b.safetensors", "/etc/passwd", "..", ".", "", "a/b", "a\\b", "a\0b", "~"})
  void theShelfRefusesWhateverIsMoreThanAName(String name, @TempDir Path folder) {
    assertThrows(IllegalArgumentException.class, () -> new ModelLocator(folder).named(name));
  }

  @Test
  void theConfigurationMayNameAPathOrWhatIsBuiltIn(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("any.name");
    Files.write(file, ModelBytes.of(OneNote.of("a", 0, 2, 0.5f)));
    assertEquals("a", ModelLocator.configured(file.toString()).version());
    ModelFault fault =
        assertThrows(ModelFault.class, () -> ModelLocator.configured("no-such-model"));
    assertTrue(fault.getMessage().contains("no-such-model"), fault.getMessage());
  }

  private void refused(Model model, String why) {
    ModelFault fault = assertThrows(ModelFault.class, () -> activeModel.put("bad", model));
    assertTrue(fault.getMessage().startsWith("model file bad: "), fault.getMessage());
    assertTrue(fault.getMessage().contains(why), fault.getMessage());
  }
}
