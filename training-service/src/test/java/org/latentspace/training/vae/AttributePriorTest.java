package org.latentspace.training.vae;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.latentspace.model.Grid;
import org.latentspace.training.rhythm.Example;
import org.latentspace.training.rhythm.Rhythm;

class AttributePriorTest {
  @Test
  void withoutStrengthItIsTheStandardNormalPrior() {
    AttributePrior prior = new AttributePrior(examples(), 0);
    assertEquals(0, prior.density(9));
    assertEquals(0, prior.loudness(0.9));
    assertEquals(0, prior.logVariance());
  }

  @Test
  void denserLiesToTheRightAndLouderHigher() {
    AttributePrior prior = new AttributePrior(examples(), 0.8);
    assertTrue(prior.density(1) < prior.density(3) && prior.density(3) < prior.density(6));
    assertTrue(prior.loudness(0.1) < prior.loudness(0.9));
    assertEquals(0.8 * 1.7, prior.density(100), 1e-6);
    assertEquals(Math.log(1 - 0.64), prior.logVariance(), 1e-6);
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
