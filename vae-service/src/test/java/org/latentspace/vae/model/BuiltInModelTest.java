package org.latentspace.vae.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.latentspace.model.ModelFault;
import org.latentspace.vae.outlet.ModelLocator;
import org.latentspace.vae.playing.DecodedRhythm;
import org.latentspace.vae.playing.LatentQueries;
import org.latentspace.vae.rhythm.Rhythm;

class BuiltInModelTest {
  private static final String NAME = "six-robots";
  private static final int SIDE = 30;

  @Test
  void playsManyRhythmsOnAtLeastFourVoices() throws ModelFault {
    Assumptions.assumeTrue(
        getClass().getResource("/models/" + NAME + ".safetensors") != null,
        "the built-in model has not been trained yet");
    ActiveModel activeModel = new ActiveModel();
    activeModel.put(NAME, ModelLocator.configured(NAME));
    Set<String> rhythms = new HashSet<>();
    Set<Integer> voices = new HashSet<>();
    double missed = 0;
    for (int cell = 0; cell < SIDE * SIDE; cell++) {
      int row = cell / SIDE;
      float[] place = {cell % SIDE / (SIDE - 1f), row / (SIDE - 1f)};
      DecodedRhythm decodedRhythm = LatentQueries.decode(activeModel.playing(), place);
      Rhythm rhythm = decodedRhythm.rhythm();
      rhythms.add(Arrays.toString(rhythm.step()) + Arrays.toString(rhythm.voice()));
      Arrays.stream(rhythm.voice()).forEach(voices::add);
      float[] back = LatentQueries.encode(activeModel.playing(), rhythm);
      missed += Math.hypot(back[0] - place[0], back[1] - place[1]) / (SIDE * SIDE);
    }
    System.out.printf(
        "%s: %d rhythms of %d places, %d voices, encoded again %.2f away%n",
        NAME, rhythms.size(), SIDE * SIDE, voices.size(), missed);
    assertEquals(6, activeModel.playing().model().voices().size());
    assertTrue(rhythms.size() > 100 && voices.size() >= 4);
    assertTrue(missed < 0.3, "decoded rhythms are encoded " + missed + " away");
  }
}
