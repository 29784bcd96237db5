package org.latentspace.feature.dsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.feature.dsp.SyntheticSound.DULL;
import static org.latentspace.feature.dsp.SyntheticSound.SAW;
import static org.latentspace.feature.dsp.SyntheticSound.SINE;
import static org.latentspace.feature.dsp.SyntheticSound.WEAK_FUNDAMENTAL;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One onset for one note, whatever the note and the room; none for what is no note. */
class OnsetsTest {
  private static final double TOLERANCE_SECONDS = 0.050;
  private static final SyntheticSound.Shape SUSTAINED = new SyntheticSound.Shape(0.01, 0.03, 0);
  private static final Map<String, SyntheticSound.Timbre> TIMBRES =
      Map.of("sine", SINE, "saw", SAW, "dull", DULL, "weak", WEAK_FUNDAMENTAL);

  @ParameterizedTest
  @ValueSource(ints = {28, 30, 32, 33, 34, 36, 40, 46, 57, 69, 81, 93, 105, 106, 107, 108})
  void aSteadyNoteIsOneOnsetInEveryTimbre(int midi) {
    TIMBRES.forEach(
        (name, timbre) -> {
          SyntheticSound sound =
              new SyntheticSound(2).note(0.5, 1.7, t -> midi, timbre, -18, SUSTAINED);
          assertOnsets(name + " " + midi, sound.heard().onsets(), 0.5);
        });
  }

  @ParameterizedTest
  @CsvSource({"35, .03", "36, .03", "36, .12", "41, .06", "46, .03", "46, .5", "57, .3"})
  void theEndOfALowNoteBeginsNothing(int midi, double release) {
    SyntheticSound.Shape shape = new SyntheticSound.Shape(0.01, release, 0);
    TIMBRES.forEach(
        (name, timbre) -> {
          SyntheticSound sound =
              new SyntheticSound(2.5).note(0.5, 1.5, t -> midi, timbre, -18, shape);
          assertOnsets(name + " " + midi, sound.heard().onsets(), 0.5);
        });
  }

  @ParameterizedTest
  @CsvSource({
    "50, -55",
    "50, -45",
    "50, -38",
    "60, -57",
    "60, -45",
    "100, -45",
    "12, -42",
    "15, -35",
    "7, -25"
  })
  void humAndRumbleBeginNothingAndNotesOverThemAreHeard(double hz, double dbfs) {
    double[] overtones = hz < 20 ? new double[0] : new double[] {0.5, 0.3, 0.1, 0.25};
    SyntheticSound alone = new SyntheticSound(3).hum(hz, dbfs, overtones);
    assertOnsets("alone", alone.heard().onsets());
    double loud = -23 + Math.max(0, dbfs + 45);
    SyntheticSound.FrameFeatures heard = threeNotes(69, loud).hum(hz, dbfs, overtones).heard();
    assertOnsets("with notes", heard.onsets(), 0.5, 1.5, 2.5);
    assertTrue(heard.largestAmbitus() < 0.2, "ambitus " + heard.largestAmbitus());
  }

  @ParameterizedTest
  @CsvSource({
    "-70, 0",
    "-60, 0",
    "-57, 0",
    "-56, 0",
    "-55, 0",
    "-54, 0",
    "-52, 0",
    "-50, 0",
    "-48, 0",
    "-45, 0",
    "-40, 0",
    "-57, .95",
    "-55, .95",
    "-52, .95",
    "-48, .95",
    "-40, .95"
  })
  void everyNoteIsHeardOverASteadyFloorOfTwentyDecibelsLess(double floorDbfs, double redness) {
    for (double above : new double[] {20, 30}) {
      double dbfs = Math.max(-40, floorDbfs + above);
      for (int midi : new int[] {50, 69}) {
        SyntheticSound sound = threeNotes(midi, dbfs).noise(floorDbfs, redness, 3);
        assertOnsets(above + " dB above, " + midi, sound.heard().onsets(), 0.5, 1.5, 2.5);
      }
    }
  }

  private static SyntheticSound threeNotes(int midi, double dbfs) {
    SyntheticSound sound = new SyntheticSound(4);
    for (int i = 0; i < 3; i++) {
      sound.note(0.5 + i, 1.25 + i, t -> midi, SAW, dbfs, new SyntheticSound.Shape(.01, .05, 0));
    }
    return sound;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.005, 0.01, 0.1, -0.1})
  void anOffsetChangesNothing(double dc) {
    SyntheticSound.FrameFeatures pure = threeNotes(69, -23).heard();
    SyntheticSound.FrameFeatures heard = threeNotes(69, -23).offset(dc).heard();
    assertEquals(pure.onsets(), heard.onsets());
    assertTrue(heard.silentAtTheEnd(), "the gate closes");
    for (int i = 0; i < heard.frames().size(); i++) {
      SyntheticSound.Frame expected = pure.frames().get(i);
      SyntheticSound.Frame frame = heard.frames().get(i);
      assertEquals(expected.silent(), frame.silent(), "gate at " + frame.seconds());
      assertEquals(expected.rms(), frame.rms(), 0.02 * expected.rms() + 1e-6);
      assertEquals(expected.ambitus(), frame.ambitus(), 0.01);
      if (expected.rms() > 1e-3) {
        assertEquals(expected.midi(), frame.midi(), 0.05, "pitch at " + frame.seconds());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"4", "4.7", "5.5", "6.2", "7"})
  void aVibratoOfUpToAHundredCentsIsOneNote(double rate) {
    for (double cents : new double[] {30, 50, 70, 100}) {
      for (int midi : new int[] {45, 57, 74}) {
        for (double begin : new double[] {0, 0.25, 0.5}) {
          SyntheticSound sound =
              new SyntheticSound(2.6)
                  .note(
                      0.5,
                      2.2,
                      t -> midi + cents / 100 * Math.sin(2 * Math.PI * (rate * t + begin)),
                      SAW,
                      -21,
                      SUSTAINED);
          String what = cents + " cents, midi " + midi + ", begun at " + begin;
          SyntheticSound.FrameFeatures heard = sound.heard();
          assertOnsets(what, heard.onsets(), 0.5);
          assertEquals(0, heard.largestAmbitus(), 0.001, what);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, .5",
    "1, .25",
    "1, .1667",
    "-1, .25",
    "2, .25",
    "2, .1667",
    "-2, .1667",
    "3, .1667",
    "-4, .1667",
    "7, .1667"
  })
  void slursAreHeardUpToSixNotesASecond(int semitones, double length) {
    double[] starts = new double[(int) (2 / length)];
    Arrays.setAll(starts, i -> 0.5 + i * length);
    for (int midi : new int[] {50, 57, 69, 76}) {
      for (double glide : new double[] {0.001, 0.015}) {
        SyntheticSound sound =
            new SyntheticSound(3)
                .note(
                    0.5,
                    0.5 + starts.length * length,
                    t -> midi + semitones * trill(t, length, glide, starts.length),
                    SAW,
                    -18,
                    SUSTAINED);
        assertOnsets("midi " + midi + ", glide " + glide, sound.heard().onsets(), starts);
      }
    }
  }

  /** 0 in even notes, 1 in odd ones, and on the way in between; of so many notes. */
  private static double trill(double t, double length, double glide, int notes) {
    int note = Math.min((int) (t / length), notes - 1);
    double there = note == 0 ? 1 : Math.min(1, (t - note * length) / glide);
    return note % 2 == 0 ? (note == 0 ? 0 : 1 - there) : there;
  }

  @ParameterizedTest
  @ValueSource(doubles = {4, 5.5, 7})
  void aTremoloIsOneNote(double hz) {
    for (int midi : new int[] {45, 57, 69, 81}) {
      SyntheticSound sound =
          new SyntheticSound(2.6)
              .note(0.5, 2.2, t -> midi, SAW, -18, SUSTAINED)
              .times(t -> Math.pow(10, 2.5 / 20 * Math.sin(2 * Math.PI * hz * t)), 0);
      assertOnsets("midi " + midi, sound.heard().onsets(), 0.5);
    }
  }

  @Test
  void fastTonguingIsHeardNoteByNote() {
    for (double gap : new double[] {0.015, 0.025, 0.035}) {
      for (int midi : new int[] {50, 57, 69, 81}) {
        SyntheticSound sound = new SyntheticSound(3);
        double[] starts = new double[20];
        for (int i = 0; i < starts.length; i++) {
          starts[i] = 0.5 + i * 0.1;
          SyntheticSound.Shape tongued = new SyntheticSound.Shape(0.006, 0.01, 0);
          sound.note(starts[i], starts[i] + 0.1 - gap, t -> midi, SAW, -18, tongued);
        }
        assertOnsets("gap " + gap + ", midi " + midi, sound.heard().onsets(), starts);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.005, 0.008, 0.015})
  void aRollIsHeardStrokeByStroke(double decay) {
    Random random = new Random(3);
    SyntheticSound sound = new SyntheticSound(3);
    double[] starts = new double[32];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = 0.5 + i / 16.0;
      sound.stroke(starts[i], decay, -12, random);
    }
    assertOnsets("roll", sound.heard().onsets(), starts);
  }

  /** 60 dB in so many seconds: the pitch has stood still for a while when the gate opens. */
  @ParameterizedTest
  @ValueSource(doubles = {0.4, 0.8, 1.6, 3})
  void aNoteThatSwellsFromNothingIsOneOnset(double seconds) {
    for (int midi : new int[] {33, 45, 57, 69}) {
      SyntheticSound sound =
          new SyntheticSound(4.5)
              .note(0.5, 4, t -> midi, SAW, -14, SUSTAINED)
              .times(t -> Math.pow(10, 3 * (Math.min(1, (t - 0.5) / seconds) - 1)), 0);
      List<Double> onsets = sound.heard().onsets();
      double open = 0.5 + seconds * 24 / 60;
      assertEquals(1, onsets.size(), "midi " + midi + ": " + onsets);
      assertEquals(open, onsets.get(0), 0.15, "midi " + midi);
    }
  }

  @Test
  void whatSoundsWhenListeningBeginsHasNotBegunThere() {
    for (int midi : new int[] {33, 57, 81}) {
      SyntheticSound sound = new SyntheticSound(2);
      sound.note(0, 1.5, t -> midi, SAW, -18, new SyntheticSound.Shape(1e-4, 0.03, 0));
      assertFalse(sound.heard().onsets().stream().anyMatch(onset -> onset > 0.05));
    }
  }

  private static void assertOnsets(String what, List<Double> onsets, double... expected) {
    assertEquals(expected.length, onsets.size(), what + ": " + onsets);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], onsets.get(i), TOLERANCE_SECONDS, what);
    }
  }
}
