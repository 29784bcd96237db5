package org.latentspace.feature.dsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each of TarsosDSP's detectors in the place of our own. */
class TarsosPitchDetectorTest {
  private static final int WINDOW = 2048;
  private static final double RATE = 44_100;

  @ParameterizedTest
  @CsvSource({
    "YIN, 55",
    "YIN, 110",
    "YIN, 220",
    "YIN, 440",
    "YIN, 880",
    "YIN, 1760",
    "MPM, 110",
    "MPM, 220",
    "MPM, 440",
    "MPM, 880",
    "MPM, 1760",
    "WAVELET, 110",
    "WAVELET, 220",
    "WAVELET, 440",
    "WAVELET, 880"
  })
  void namesATonesFundamental(PitchDetector.Method method, double hz) {
    PitchDetector detector = method.detector(WINDOW, RATE);
    detector.detect(tone(hz, WINDOW), WINDOW);
    assertEquals(0, cents(detector.hz(), hz), 25, "cents at " + hz);
    assertEquals(RATE / hz, detector.lag(), 0.015 * RATE / hz);
    assertTrue(detector.confidence() > 0.9, "confidence " + detector.confidence());
    assertTrue(detector.confidence() <= 1, "confidence " + detector.confidence());
  }

  @ParameterizedTest
  @EnumSource(PitchDetector.Method.class)
  void aNoteIsHeardFromTheSoundToTheFrame(PitchDetector.Method method) {
    SyntheticSound sound =
        new SyntheticSound(2)
            .note(
                0.5, 1.5, t -> 62, SyntheticSound.SAW, -18, new SyntheticSound.Shape(.01, .03, 0));
    SyntheticSound.FrameFeatures heard = sound.heard(settings(method));
    assertEquals(1, heard.onsets().size(), "onsets " + heard.onsets());
    assertEquals(0.5, heard.onsets().get(0), 0.05);
    for (SyntheticSound.Frame frame : heard.frames()) {
      if (frame.seconds() > 0.6 && frame.seconds() < 1.45) {
        assertEquals(62, frame.midi(), 0.3, "at " + frame.seconds());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(PitchDetector.Method.class)
  void aHeldNoteKeepsItsFitAndAnotherBreaksIt(PitchDetector.Method method) {
    float[] x = new float[2 * WINDOW];
    System.arraycopy(tone(220, WINDOW), 0, x, 0, WINDOW);
    System.arraycopy(tone(277.2, WINDOW), 0, x, WINDOW, WINDOW);
    PitchDetector detector = method.detector(WINDOW, RATE);
    detector.detect(x, WINDOW);
    double lag = detector.lag();
    assertTrue(detector.fit(lag, PitchDetector.SAME_PITCH) > 0.97);
    assertTrue(detector.fit(1.5 * lag, PitchDetector.SAME_PITCH) < 0.9);
    detector.detect(x, WINDOW + 1200);
    assertTrue(detector.fit(lag, PitchDetector.SAME_PITCH) < 0.9);
  }

  @ParameterizedTest
  @EnumSource(PitchDetector.Method.class)
  void silenceHasNoPitchAndWhateverComesIsANumber(PitchDetector.Method method) {
    PitchDetector detector = method.detector(WINDOW, RATE);
    List<float[]> sounds = new ArrayList<>(List.of(new float[WINDOW], new float[WINDOW]));
    float[] click = new float[WINDOW];
    click[700] = 1;
    sounds.add(click);
    float[] offset = new float[WINDOW];
    java.util.Arrays.fill(offset, 8);
    sounds.add(offset);
    float[] noise = new float[WINDOW];
    Random random = new Random(2);
    for (int i = 0; i < WINDOW; i++) {
      noise[i] = (float) random.nextGaussian();
    }
    sounds.add(noise);
    for (float[] sound : sounds) {
      detector.detect(sound, WINDOW);
      assertTrue(Double.isFinite(detector.hz()) && detector.hz() >= 0);
      assertTrue(detector.confidence() >= 0 && detector.confidence() <= 1);
      assertTrue(detector.fit(200, PitchDetector.VIBRATO) <= 1);
    }
    detector.detect(new float[WINDOW], WINDOW);
    assertEquals(0, detector.hz());
    assertEquals(0, detector.confidence());
    assertEquals(0, detector.rms());
  }

  @ParameterizedTest
  @EnumSource(PitchDetector.Method.class)
  void theSameSoundGivesTheSameFrames(PitchDetector.Method method) {
    SyntheticSound sound =
        new SyntheticSound(1)
            .note(0.2, 0.8, t -> 57, SyntheticSound.SAW, -18, new SyntheticSound.Shape(.01, .03, 0))
            .noise(-50, 0.9, 3);
    assertEquals(sound.heard(settings(method)), sound.heard(settings(method)));
  }

  /** MPM as TarsosDSP has it hears nothing below 80 Hz: a limit that the docs tell. */
  @Test
  void mpmHearsNothingBelowEightyHertz() {
    PitchDetector detector = PitchDetector.Method.MPM.detector(WINDOW, RATE);
    detector.detect(tone(70, WINDOW), WINDOW);
    assertEquals(0, detector.hz());
    detector.detect(tone(90, WINDOW), WINDOW);
    assertEquals(0, cents(detector.hz(), 90), 25);
  }

  private static FeatureSettings settings(PitchDetector.Method method) {
    return FeatureSettings.standard()
        .with(new FeatureSettings.Detectors(method, AttackDetector.Method.OWN));
  }

  private static double cents(double hz, double expected) {
    return 1200 * Math.log(hz / expected) / Math.log(2);
  }

  private static float[] tone(double hz, int length) {
    float[] x = new float[length];
    for (int i = 0; i < length; i++) {
      for (int k = 1; k <= 4; k++) {
        x[i] += (float) (0.2 / k / k * Math.sin(2 * Math.PI * hz * k * i / RATE + k));
      }
    }
    return x;
  }
}
