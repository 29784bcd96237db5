package org.latentspace.feature.dsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AmbitusTest {
  private final Ambitus ambitus = new Ambitus(5, 5, 1);

  @Test
  void isZeroUntilTheSecondNoteThenTheRange() {
    assertEquals(0, ambitus.semitones(0, false));
    play(0, 60);
    assertEquals(0, ambitus.semitones(0.1, false));
    play(0.2, 67);
    assertEquals(7, ambitus.semitones(0.3, false));
  }

  @Test
  void remembersTheLastFiveNotesNoneOlderThanFiveSeconds() {
    play(0, 40, 60, 62, 64, 65, 67);
    assertEquals(7, ambitus.semitones(1, false), "the sixth note pushed 40 out");
    play(5.45, 66);
    assertEquals(1, ambitus.semitones(5.46, false), "only 67 and 66 are younger");
  }

  @Test
  void leavesOutALoneOctaveInANarrowPhraseAndNothingInAWideOne() {
    play(0, 60, 62, 74, 64, 63);
    assertEquals(4, ambitus.semitones(1, false));
    play(1, 50, 62, 74, 61, 80);
    assertEquals(30, ambitus.semitones(2, false));
  }

  @Test
  void decaysToNothingInSilence() {
    play(0, 60, 72);
    assertEquals(12, ambitus.semitones(0.5, false));
    double one = ambitus.semitones(1.5, true);
    assertEquals(12 * Math.exp(-1), one, 1e-9);
    assertTrue(ambitus.semitones(2.5, true) < one);
    assertEquals(0, ambitus.semitones(20, true));
  }

  private void play(double time, double... pitches) {
    for (int i = 0; i < pitches.length; i++) {
      ambitus.add(pitches[i], time + 0.1 * i);
    }
  }
}
