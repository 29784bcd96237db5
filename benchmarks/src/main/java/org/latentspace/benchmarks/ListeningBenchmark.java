package org.latentspace.benchmarks;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.latentspace.feature.dsp.FeatureExtractor;
import org.latentspace.feature.dsp.FeatureSettings;
import org.latentspace.feature.dsp.FrameFeatures;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Question: what does one analysis frame cost, from samples to the ten numbers? Fixture: a harmonic
 * tone with vibrato and noise, FFT 1024, hop 512, pitch over 2048 samples; each call hears one hop
 * and so makes one frame. To reach: 43 us, 0 B.
 */
@State(Scope.Thread)
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ListeningBenchmark {
  private static final int HOP = 512;
  private static final int HOPS = 256;

  /** Sample rate of the sound in Hz; what is not 44100 is resampled first. */
  @Param({"44100", "48000"})
  private int rate;

  private final float[] sound = new float[HOP * HOPS];
  private final Consumer<FrameFeatures> sink = this::heard;
  private FeatureExtractor extractor;
  private int hop;
  private double sum;

  @Setup
  public void listen() {
    extractor = new FeatureExtractor(FeatureSettings.standard(), rate);
    java.util.Random random = new java.util.Random(1);
    for (int i = 0; i < sound.length; i++) {
      double seconds = (double) i / rate;
      double phase = 2 * Math.PI * 220 * seconds + 2 * Math.sin(2 * Math.PI * 5 * seconds);
      for (int k = 1; k <= 12; k++) {
        sound[i] += (float) (0.1 / k * Math.sin(k * phase));
      }
      sound[i] += (float) (0.002 * random.nextGaussian());
    }
  }

  @Benchmark
  public double hearOneHop() {
    int from = hop * HOP;
    hop = (hop + 1) % HOPS;
    extractor.process(sound, from, from + HOP, sink);
    return sum;
  }

  private void heard(FrameFeatures frame) {
    sum += frame.vector(0);
  }
}
