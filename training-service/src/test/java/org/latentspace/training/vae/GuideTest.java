package org.latentspace.training.vae;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.latentspace.model.Grid;
import org.latentspace.training.rhythm.Example;
import org.latentspace.training.rhythm.Rhythm;

class GuideTest {
  @Test
  void withoutStrengthItIsTheStandardNormalPrior() {
    Guide guide = new Guide(examples(), 0);
    assertEquals(0, guide.density(9));
    assertEquals(0, guide.loudness(0.9));
    assertEquals(0, guide.logVariance());
  }

  @Test
  void denserLiesToTheRightAndLouderHigher() {
    Guide guide = new Guide(examples(), 0.8);
    assertTrue(guide.density(1) < guide.density(3) && guide.density(3) < guide.density(6));
    assertTrue(guide.loudness(0.1) < guide.loudness(0.9));
    assertEquals(0.8 * 1.7, guide.density(100), 1e-6);
    assertEquals(Math.log(1 - 0.64), guide.logVariance(), 1e-6);
  }

  private static List<Example> examples() {
    List<Example> examples = new ArrayList<>();
    for (int n = 1; n < 8; n++) {
      Rhythm rhythm = Rhythm.silent(new Grid(1, 4, 4, 4), 1);
      for (int i = 0; i < n; i++) {
        rhythm.onset()[i] = 1;
        rhythm.velocity()[i] = n / 8f;
      }
      examples.add(new Example("song", n, 120, rhythm));
    }
    return examples;
  }
}
