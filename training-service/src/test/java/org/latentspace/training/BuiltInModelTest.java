package org.latentspace.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.latentspace.training.groove.SixRobots;
import org.latentspace.training.model.RhythmModel;
import org.latentspace.training.score.LatentMap;

/** The model that ships with vae-service is one of this example set, and is good to play. */
class BuiltInModelTest {
  private static final Path FILE =
      Path.of("../vae-service/src/main/resources/models/six-robots.safetensors");

  @Test
  void itIsSmallAndMadeFromTheExampleSet() throws IOException {
    byte[] bytes = Files.readAllBytes(FILE);
    assertTrue(bytes.length < 8_000_000, bytes.length + " bytes");
    RhythmModel model = RhythmModel.read(FILE);
    assertEquals(SixRobots.VOICES, model.voices());
    assertEquals(TrainingFixtures.sixRobots().digest(), model.provenance().get("data_digest"));
  }

  @Test
  void everyPlaceSoundsAndTheSurfaceIsOrderedByDensityAndLoudness() throws IOException {
    LatentMap map = LatentMap.of(RhythmModel.read(FILE), 30);
    assertEquals(0, map.silent());
    assertTrue(map.unique() >= 600, map.toString());
    assertTrue(map.fourVoices() > 0.95, map.toString());
    assertTrue(map.neighbourMean() < 0.16, map.toString());
    assertTrue(map.densityAlongX() > 0.7, map.toString());
    assertTrue(map.loudnessAlongY() > 0.7, map.toString());
    assertTrue(map.strokesHigh() > 3 * map.strokesLow(), map.toString());
  }
}
