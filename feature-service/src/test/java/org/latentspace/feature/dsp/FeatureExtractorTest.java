package org.latentspace.feature.dsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureExtractorTest {
  private static final int RATE = 44_100;

  private record Frame(
      double seconds,
      double[] vector,
      double[] raw,
      double midi,
      boolean onset,
      boolean silent,
      boolean last) {}

  static Stream<Map.Entry<String, float[]>> badSignals() {
    Random random = new Random(5);
    return Stream.of(
        Map.entry("10 s of zeros", sound(RATE, 10, i -> 0)),
        Map.entry("10 s of DC", sound(RATE, 10, i -> 0.7)),
        Map.entry("a single impulse", sound(RATE, 1, i -> i == 20_000 ? 1 : 0)),
        Map.entry("full-scale square", sound(RATE, 2, i -> i / 50 % 2 == 0 ? 1 : -1)),
        Map.entry("+Inf", sound(RATE, 1, i -> i % 3 == 0 ? Double.POSITIVE_INFINITY : 0.1)),
        Map.entry("-Inf", sound(RATE, 1, i -> Double.NEGATIVE_INFINITY)),
        Map.entry("NaN", sound(RATE, 1, i -> i % 7 == 0 ? Double.NaN : Math.sin(i * 0.05))),
        Map.entry("all NaN", sound(RATE, 1, i -> Double.NaN)),
        Map.entry("largest floats", sound(RATE, 1, i -> i % 2 == 0 ? 3e38 : -3e38)),
        Map.entry("smallest floats", sound(RATE, 1, i -> Float.MIN_VALUE)),
        Map.entry("Nyquist", sound(RATE, 1, i -> i % 2 == 0 ? 1 : -1)),
        Map.entry("any bits", sound(RATE, 2, i -> Float.intBitsToFloat(random.nextInt()))));
  }

  @ParameterizedTest
  @MethodSource("badSignals")
  void badSignalsGiveFiniteNumbersWithinZeroAndOne(Map.Entry<String, float[]> signal) {
    for (int rate : new int[] {RATE, 96_000}) {
      for (Frame frame : listen(FeatureSettings.standard(), rate, signal.getValue(), 256)) {
        for (int i = 0; i < Scaling.SIZE; i++) {
          double entry = frame.vector[i];
          assertTrue(entry >= 0 && entry <= 1, signal.getKey() + ", entry " + i + ": " + entry);
          assertTrue(Double.isFinite(frame.raw[i]), signal.getKey() + ", raw " + frame.raw[i]);
        }
        assertTrue(Double.isFinite(frame.midi));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1024, 512, 44100", "1024, 256, 44100", "1024, 512, 44543", "2048, 64, 5000"})
  void hasAFrameForEveryCentreWithinTheSoundAndMarksTheFinalOne(int fft, int hop, int length) {
    float[] sound = new float[length];
    FeatureSettings.Window window = new FeatureSettings.Window(RATE, fft, hop, 2048, 0);
    List<Frame> frames = listen(FeatureSettings.standard().with(window), RATE, sound, 300);
    assertEquals(1 + length / hop, frames.size());
    for (int k = 0; k < frames.size(); k++) {
      assertEquals((double) k * hop / RATE, frames.get(k).seconds, 1e-9);
      assertEquals(k == frames.size() - 1, frames.get(k).last);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 700})
  void hasAFinalFrameHoweverShortTheSound(int length) {
    FeatureSettings.Window window = new FeatureSettings.Window(RATE, 512, 512, 2048, 0);
    for (int rate : new int[] {RATE, 48_000, 8000}) {
      List<Frame> frames =
          listen(FeatureSettings.standard().with(window), rate, new float[length], 64);
      assertTrue(frames.get(frames.size() - 1).last, "at " + rate);
    }
  }

  @Test
  void hearsTheSameInBlocksOfAnyLength() {
    float[] sound = phrase(RATE);
    List<Frame> expected = listen(FeatureSettings.standard(), RATE, sound, sound.length);
    for (int length : new int[] {1, 256, 441, 1024, 4096}) {
      List<Frame> frames = listen(FeatureSettings.standard(), RATE, sound, length);
      assertEquals(expected.size(), frames.size());
      for (int k = 0; k < frames.size(); k++) {
        assertTrue(Arrays.equals(expected.get(k).vector, frames.get(k).vector), "frame " + k);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {48_000, 96_000})
  void hearsTheSameAtEveryRate(int rate) {
    List<Frame> expected = listen(FeatureSettings.standard(), RATE, phrase(RATE), 256);
    List<Frame> frames = listen(FeatureSettings.standard(), rate, phrase(rate), 256);
    assertEquals(expected.size(), frames.size(), 1);
    int compared = 0;
    for (int k = 0; k < expected.size(); k++) {
      double at = expected.get(k).seconds % (1 / 3.0);
      // Frames that hold no attack and no end: those are not limited to any band.
      if (at > 0.04 && at < 0.27) {
        for (int i = 0; i < Scaling.SIZE; i++) {
          double value = expected.get(k).raw[i];
          double off = Math.abs(frames.get(k).raw[i] - value) / Math.max(Math.abs(value), 1e-3);
          assertTrue(off < 0.02, "entry " + i + " of frame " + k + " at " + rate + ": " + off);
        }
        compared++;
      }
    }
    assertTrue(compared > 60, "only " + compared + " frames are steady");
    assertEquals(
        expected.stream().filter(Frame::onset).count(),
        frames.stream().filter(Frame::onset).count());
  }

  @Test
  void silenceFreezesTheSpectrumInTheVectorAndLetsAmbitusAndDensityDecay() {
    float[] sound = Arrays.copyOf(phrase(RATE), 8 * RATE);
    List<Frame> frames = listen(FeatureSettings.standard(), RATE, sound, 256);
    Frame end = frames.get(frames.size() - 1);
    int closed = frames.size() - 1;
    while (frames.get(closed - 1).silent) {
      closed--;
    }
    assertTrue(end.silent && closed < 3 * RATE / 512);
    for (int i = FrameFeatures.CENTROID; i < Scaling.SIZE; i++) {
      assertEquals(frames.get(closed - 1).vector[i], end.vector[i], "entry " + i);
    }
    assertTrue(frames.get(closed - 1).vector[FrameFeatures.AMBITUS] > 0.1);
    assertEquals(0, end.vector[FrameFeatures.AMBITUS]);
    assertEquals(0, end.vector[FrameFeatures.DENSITY]);
    assertEquals(6377.73, end.raw[FrameFeatures.SPREAD], 0.1, "raw values stay as measured");
    assertEquals(0, end.midi);
  }

  @Test
  void smoothingApproachesByItsTimeConstant() {
    FeatureSettings smooth =
        FeatureSettings.standard().with(new FeatureSettings.Smoothing(0, 100, 0));
    float[] sound = sound(RATE, 2, i -> i < RATE ? 0 : 0.1 * Math.sin(i * 0.1));
    Frame after = listen(smooth, RATE, sound, 256).get((int) (1.1 * RATE / 512) + 1);
    double whole = 0.1 / Math.sqrt(2) / 0.2;
    assertEquals((1 - Math.exp(-1)) * whole, after.vector[FrameFeatures.RMS], 0.1 * whole);
  }

  @Test
  void aDrumRollOfSixteenHitsASecondIsHeardHitByHitWithoutAmbitus() {
    Random random = new Random(3);
    float[] sound =
        sound(
            RATE,
            3,
            i -> random.nextGaussian() * 0.3 * Math.exp(-(i % (RATE / 16)) / (0.008 * RATE)));
    List<Frame> frames = listen(FeatureSettings.standard(), RATE, sound, 256);
    assertEquals(48, frames.stream().filter(Frame::onset).count(), 1);
    Frame end = frames.get(frames.size() - 8);
    assertEquals(16, end.raw[FrameFeatures.DENSITY], 1);
    assertEquals(1, end.vector[FrameFeatures.DENSITY]);
    assertEquals(0, end.raw[FrameFeatures.AMBITUS]);
  }

  @ParameterizedTest
  @ValueSource(ints = {RATE, 48_000})
  void allocatesNothing(int rate) {
    FeatureExtractor extractor = new FeatureExtractor(FeatureSettings.standard(), rate);
    float[] sound = Arrays.copyOf(phrase(rate), 512 * 1000);
    long[] frames = new long[1];
    Consumer<FrameFeatures> sink = heard -> frames[0]++;
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < 4; i++) {
      extractor.process(sound, 0, sound.length, sink);
    }
    long thread = Thread.currentThread().getId();
    threads.getThreadAllocatedBytes(thread);
    frames[0] = 0;
    long before = threads.getThreadAllocatedBytes(thread);
    long began = System.nanoTime();
    extractor.process(sound, 0, sound.length, sink);
    long took = System.nanoTime() - began;
    long allocated = threads.getThreadAllocatedBytes(thread) - before;
    System.out.printf(
        "%d Hz: %.1f microseconds a frame, %d bytes in %d frames%n",
        rate, took / 1e3 / frames[0], allocated, frames[0]);
    assertTrue(frames[0] >= 900);
    // The measuring itself may take a few bytes; a frame that allocates would show 1000 fold.
    assertTrue(allocated < 256, allocated + " bytes in " + frames[0] + " frames");
  }

  @Test
  void goesOnInTimeWhereSoundWasLost() {
    FeatureExtractor extractor = new FeatureExtractor(FeatureSettings.standard(), RATE);
    List<Double> times = new ArrayList<>();
    extractor.process(new float[5120], 0, 5120, h -> times.add(h.centreSeconds()));
    extractor.skip(2);
    extractor.process(new float[512], 0, 512, h -> times.add(h.centreSeconds()));
    double gap = times.get(times.size() - 1) - times.get(times.size() - 2);
    assertEquals(2 + 512.0 / RATE, gap, 1e-9);
  }

  @Test
  void refusesWindowsThatItCannotCompute() {
    for (FeatureSettings.Window window :
        List.of(
            new FeatureSettings.Window(RATE, 1000, 512, 2048, 0),
            new FeatureSettings.Window(RATE, 1024, 512, 3000, 0))) {
      assertFalse(accepts(window));
    }
  }

  private static boolean accepts(FeatureSettings.Window window) {
    try {
      return new FeatureExtractor(FeatureSettings.standard().with(window), RATE) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Six notes of eight harmonics with attacks and gaps, 2 s. */
  static float[] phrase(int rate) {
    double[] hz = {220, 261.63, 329.63, 440, 196, 293.66};
    return sound(
        rate,
        2,
        i -> {
          double t = (double) i / rate;
          int note = Math.min(5, (int) (t * 3));
          double at = t - note / 3.0;
          double loud = 0.15 * Math.min(1, at / 0.01) * Math.min(1, Math.max(0, (0.3 - at) / 0.01));
          double x = 0;
          for (int k = 1; k <= 8; k++) {
            x += Math.sin(2 * Math.PI * hz[note] * k * at) / k;
          }
          return loud * x;
        });
  }

  private static float[] sound(int rate, int seconds, IntToDoubleFunction sample) {
    float[] sound = new float[rate * seconds];
    for (int i = 0; i < sound.length; i++) {
      sound[i] = (float) sample.applyAsDouble(i);
    }
    return sound;
  }

  private static List<Frame> listen(FeatureSettings settings, int rate, float[] sound, int block) {
    FeatureExtractor extractor = new FeatureExtractor(settings, rate);
    List<Frame> frames = new ArrayList<>();
    Consumer<FrameFeatures> sink =
        h ->
            frames.add(
                new Frame(
                    h.centreSeconds(),
                    h.vector.clone(),
                    h.raw.clone(),
                    h.pitchMidi(),
                    h.onset(),
                    h.silent(),
                    h.last()));
    int at = 0;
    for (; at + block < sound.length; at += block) {
      extractor.process(sound, at, at + block, sink);
    }
    extractor.finish(sound, at, sound.length, sink);
    return frames;
  }
}
