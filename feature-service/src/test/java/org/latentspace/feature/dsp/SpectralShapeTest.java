package org.latentspace.feature.dsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SpectralShapeTest {
  private static final int FFT = 1024;
  private static final double RATE = 44_100;
  private static final double AUDIBLE_RMS = 1e-3; // -60 dB

  private static final double[] TOLERANCE = {1e-9, 1e-9, 1e-9, 1e-9, 1e-9, 1e-8, 1e-8};
  private static final boolean[] RELATIVE = {true, true, true, true, true, false, false};

  static List<String> recordings() {
    return Recordings.ALL;
  }

  @Test
  void digitalSilenceHasTheReferencesFiniteValues() {
    double[] shape = shapeOf(new float[FFT]);
    double[] expected = {11025, 6377.731, 0, 1.8, 20945.342, 0, 0};
    for (int i = 0; i < 7; i++) {
      assertEquals(expected[i], shape[i], 1e-2, "descriptor " + i);
    }
  }

  @Test
  void sineHasItsCentroidAtItsFrequencyAsTheReferenceCountsIt() {
    double hz = 100 * RATE / FFT;
    float[] x = new float[FFT];
    for (int i = 0; i < FFT; i++) {
      x[i] = (float) (0.5 * Math.sin(2 * Math.PI * hz * i / RATE));
    }
    double[] shape = shapeOf(x);
    assertEquals(hz * 512 / 511, shape[0], 0.5);
    assertEquals(20 * Math.log10(512 / 2.0), shape[6], 0.01, "half the magnitude is in one bin");
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void equalsTheReferenceOnEveryAudibleFrame(String name) {
    List<Recordings.Golden> rows = Recordings.golden(name);
    Spectrum spectrum = new Spectrum(FFT);
    SpectralShape shape = new SpectralShape(FFT, RATE);
    Framer framer = new Framer(512, FFT);
    float[] sound = Recordings.sound(name);
    double[] worst = new double[7];
    int at = 0;
    for (Recordings.Golden row : rows) {
      at = framer.take(sound, at, sound.length);
      if (!framer.stepComplete()) {
        framer.pad();
        assertTrue(framer.stepComplete());
      }
      double[] heard = new double[7];
      shape.measure(spectrum.magnitudes(framer.history(), FFT), heard, 0);
      if (row.rms() > AUDIBLE_RMS) {
        compare(row.shape(), heard, worst, name + " at " + row.timeS());
      }
    }
    assertEquals(1 + sound.length / 512, rows.size());
    System.out.println("largest deviations, " + name + ": " + Arrays.toString(worst));
  }

  private static void compare(double[] expected, double[] heard, double[] worst, String where) {
    for (int i = 0; i < 7; i++) {
      double scale = RELATIVE[i] ? Math.abs(expected[i]) : 1;
      double off = Math.abs(heard[i] - expected[i]) / scale;
      worst[i] = Math.max(worst[i], off);
      assertTrue(off <= TOLERANCE[i], where + ", descriptor " + i + ": " + off);
    }
  }

  private static double[] shapeOf(float[] window) {
    SpectralShape shape = new SpectralShape(FFT, RATE);
    double[] heard = new double[7];
    shape.measure(new Spectrum(FFT).magnitudes(window, FFT), heard, 0);
    return heard;
  }
}
