package org.latentspace.benchmarks;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.latentspace.vae.model.Decoder;
import org.latentspace.vae.model.Model;
import org.latentspace.vae.model.RandomModel;
import org.latentspace.vae.rhythm.RhythmTensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Question: what does one decode of the default architecture cost (2, 1024, 3 x 512, 3 x 864)?
 * Fixture: seeded random weights and places. To reach: p99 1.5 ms, 0 B.
 */
@State(Scope.Thread)
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class DecodeBenchmark {
  private static final int PLACES = 1024;
  private static final int STEPS = 96;
  private static final int TOGETHER = 16;

  private final float[][] places = new float[PLACES][2];
  private final RhythmTensor pattern = new RhythmTensor(STEPS, RandomModel.VOICES.size());
  private final float[][] together = new float[TOGETHER][];
  private final RhythmTensor[] patterns = new RhythmTensor[TOGETHER];
  private Decoder decoder;
  private int place;

  @Setup
  public void load() {
    Model model = RandomModel.ofDefaultSize(1);
    decoder = new Decoder(model, TOGETHER);
    Arrays.setAll(patterns, i -> new RhythmTensor(STEPS, RandomModel.VOICES.size()));
    Random random = new Random(1);
    for (float[] z : places) {
      z[0] = (float) random.nextGaussian();
      z[1] = (float) random.nextGaussian();
    }
  }

  @Benchmark
  public float decode() {
    place = (place + 1) % PLACES;
    decoder.decode(places[place], pattern);
    return pattern.onset()[0];
  }

  /** Sixteen performers' places in one pass: to reach 0.7 ms, 0 B. */
  @Benchmark
  public float decodeTogether() {
    place = (place + TOGETHER) % (PLACES - TOGETHER);
    System.arraycopy(places, place, together, 0, TOGETHER);
    decoder.decode(together, patterns, TOGETHER);
    return patterns[0].onset()[0];
  }
}
