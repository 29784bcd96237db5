package org.latentspace.feature.dsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import be.tarsos.dsp.pitch.FastYin;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AutocorrelationPitchDetectorTest {
  private static final int WINDOW = 2048;
  private static final double RATE = 44_100;
  private static final String[] REGISTERS = {"C#3-F#3", "G3-B3", "C4-B4", "C5-Ab5"};

  @ParameterizedTest
  @ValueSource(doubles = {41.2, 50, 60, 82.4, 110, 146.8, 220, 440, 659.3, 880, 1318, 2093, 4186})
  void hearsATonesFundamental(double hz) {
    float[] x = new float[WINDOW];
    for (int i = 0; i < WINDOW; i++) {
      for (int k = 1; k <= 8 && hz * k < RATE / 2; k++) {
        x[i] += (float) (0.2 / k * Math.sin(2 * Math.PI * hz * k * i / RATE + k));
      }
    }
    AutocorrelationPitchDetector detector = new AutocorrelationPitchDetector(WINDOW, RATE);
    detector.detect(x, WINDOW);
    assertEquals(0, 1200 * Math.log(detector.hz() / hz) / Math.log(2), 5, "cents at " + hz);
    assertTrue(detector.confidence() > 0.9, "confidence " + detector.confidence());
  }

  @ParameterizedTest
  @ValueSource(doubles = {41.2, 48, 52, 55, 58, 62, 70, 110, 220, 440, 1000.3, 2093, 3520, 4186})
  void hearsAPureToneWithinTenCentsWhereverInItsPeriodTheWindowBegins(double hz) {
    AutocorrelationPitchDetector detector = new AutocorrelationPitchDetector(WINDOW, RATE);
    float[] x = new float[WINDOW];
    for (int turn = 0; turn < 16; turn++) {
      for (int i = 0; i < WINDOW; i++) {
        x[i] = (float) (0.2 * Math.sin(2 * Math.PI * (hz * i / RATE + turn / 16.0)));
      }
      detector.detect(x, WINDOW);
      double cents = 1200 * Math.log(detector.hz() / hz) / Math.log(2);
      assertEquals(0, cents, 10, "cents at " + hz + " Hz, turn " + turn);
    }
  }

  @Test
  void hearsNoPitchInNoiseAndNoneInSilence() {
    AutocorrelationPitchDetector detector = new AutocorrelationPitchDetector(WINDOW, RATE);
    Random random = new Random(1);
    int voiced = 0;
    for (int round = 0; round < 100; round++) {
      float[] x = new float[WINDOW];
      for (int i = 0; i < WINDOW; i++) {
        x[i] = (float) random.nextGaussian() * 0.1f;
      }
      detector.detect(x, WINDOW);
      voiced += detector.hz() > 0 ? 1 : 0;
    }
    assertTrue(voiced <= 2, voiced + " of 100 frames of noise have a pitch");
    detector.detect(new float[WINDOW], WINDOW);
    assertEquals(0, detector.hz());
    assertEquals(0, detector.confidence());
  }

  @Test
  void fitsItsPeriodWhileANoteIsHeldAndBreaksWhenAnotherBegins() {
    AutocorrelationPitchDetector detector = new AutocorrelationPitchDetector(WINDOW, RATE);
    float[] x = new float[2 * WINDOW];
    for (int i = 0; i < x.length; i++) {
      double hz = i < WINDOW ? 220 : 233.1;
      x[i] =
          (float) (Math.sin(2 * Math.PI * hz * i / RATE) + Math.sin(10 * Math.PI * hz * i / RATE));
    }
    detector.detect(x, WINDOW);
    double lag = detector.lag();
    assertTrue(detector.fit(lag, PitchDetector.SAME_PITCH) > 0.99);
    detector.detect(x, WINDOW + 800);
    double fit = detector.fit(lag, PitchDetector.SAME_PITCH);
    assertTrue(fit < 0.9, "fit " + fit);
  }

  @Test
  void reachesNinetySevenPercentInEveryRegisterAndBeatsFastYin() {
    AutocorrelationPitchDetector own = new AutocorrelationPitchDetector(WINDOW, RATE);
    double[] ours =
        right(
            window -> {
              own.detect(window, WINDOW);
              return own.hz();
            });
    FastYin fastYin = new FastYin((float) RATE, WINDOW);
    double[] theirs = right(window -> fastYin.getPitch(window).getPitch());
    for (int r = 0; r < REGISTERS.length; r++) {
      System.out.printf(
          "pitch within 50 cents, %s: own %.1f %%, FastYin %.1f %%%n",
          REGISTERS[r], ours[r], theirs[r]);
      assertTrue(ours[r] >= 97, REGISTERS[r] + ": " + ours[r]);
    }
    assertTrue(min(ours) > min(theirs), "worst registers " + min(ours) + " " + min(theirs));
  }

  private static double min(double[] values) {
    return java.util.Arrays.stream(values).min().orElseThrow();
  }

  /** Per cent right by register, of the windows that lie well inside a note. */
  private static double[] right(ToDoubleFunction<float[]> detector) {
    int[] all = new int[REGISTERS.length];
    int[] right = new int[REGISTERS.length];
    float[] window = new float[WINDOW];
    for (String phrase : Recordings.PHRASES) {
      float[] sound = Recordings.sound(phrase);
      // Attacks last 20 ms, the overlaps of the legato phrase 120 ms.
      double head = phrase.contains("legato") ? 0.14 : 0.02;
      for (Recordings.Note note : Recordings.notes(phrase)) {
        int register = note.midi() < 55 ? 0 : note.midi() < 60 ? 1 : note.midi() < 72 ? 2 : 3;
        int end = (int) ((note.start() + head) * RATE) / 512 * 512 + WINDOW + 512;
        for (; end <= (note.end() - 0.015) * RATE; end += 512) {
          System.arraycopy(sound, end - WINDOW, window, 0, WINDOW);
          double midi = 69 + 12 * Math.log(detector.applyAsDouble(window) / 440) / Math.log(2);
          all[register]++;
          right[register] += Math.abs(midi - note.midi()) <= 0.5 ? 1 : 0;
        }
      }
    }
    double[] percent = new double[REGISTERS.length];
    for (int r = 0; r < percent.length; r++) {
      percent[r] = 100.0 * right[r] / all[r];
    }
    return percent;
  }
}
