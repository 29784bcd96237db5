package org.latentspace.feature.dsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PercussiveAttackDetectorTest {
  private static final FeatureSettings PERCUSSIVE =
      FeatureSettings.standard()
          .with(
              new FeatureSettings.Detectors(
                  PitchDetector.Method.OWN, AttackDetector.Method.PERCUSSIVE));

  /** In digital silence, and over a room's noise. */
  @ParameterizedTest
  @ValueSource(doubles = {-200, -60})
  void everyClickIsOneOnset(double noiseDbfs) {
    SyntheticSound sound = new SyntheticSound(4.5).noise(noiseDbfs, 0.9, 5);
    for (int i = 0; i < 8; i++) {
      int at = (int) ((0.5 + 0.45 * i) * SyntheticSound.RATE);
      for (int k = 0; k < 40; k++) {
        sound.samples[at + k] += (k % 2 == 0 ? 0.8f : -0.8f) * (1 - k / 40f);
      }
    }
    List<Double> onsets = sound.heard(PERCUSSIVE).onsets();
    assertEquals(8, onsets.size(), "onsets " + onsets);
    for (int i = 0; i < 8; i++) {
      assertEquals(0.5 + 0.45 * i, onsets.get(i), 0.035);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.008, 0.015})
  void aRollIsHeardStrokeByStroke(double decay) {
    Random random = new Random(3);
    SyntheticSound sound = new SyntheticSound(3);
    for (int i = 0; i < 28; i++) {
      sound.stroke(0.5 + i / 14.0, decay, -12, random);
    }
    List<Double> onsets = sound.heard(PERCUSSIVE).onsets();
    assertEquals(28, onsets.size(), "onsets " + onsets);
  }

  @Test
  void silenceSteadyNoiseAndTheEndOfTheSoundBeginNothing() {
    assertEquals(List.of(), new SyntheticSound(2).heard(PERCUSSIVE).onsets());
    List<Double> onsets = new SyntheticSound(2.003).noise(-30, 0, 8).heard(PERCUSSIVE).onsets();
    assertTrue(onsets.stream().allMatch(onset -> onset < 0.05), "onsets " + onsets);
  }
}
