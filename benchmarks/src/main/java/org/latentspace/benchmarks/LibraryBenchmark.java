package org.latentspace.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.latentspace.model.ModelFault;
import org.latentspace.vae.completion.Completion;
import org.latentspace.vae.library.LatentMap;
import org.latentspace.vae.library.LibraryIndex;
import org.latentspace.vae.library.RhythmLibrary;
import org.latentspace.vae.model.ActiveModel;
import org.latentspace.vae.model.CancellableCodec;
import org.latentspace.vae.model.Model;
import org.latentspace.vae.model.RandomModel;
import org.latentspace.vae.playing.DecodedRhythm;
import org.latentspace.vae.rhythm.Rhythm;
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
 * Question: what does a map of 30 x 30 cost, and a search among 10 000 rhythms, with a model of the
 * default size? Fixture: a seeded random model and its own rhythms at random places, with a tenth
 * of their strokes taken away. To reach: 1 s and 50 ms.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class LibraryBenchmark {
  private static final int ENTRIES = 10_000;
  private static final int SIDE = 30;
  private static final int NEIGHBOURS = 10;
  private static final float LOST = 0.1f;

  private final RhythmLibrary library = new RhythmLibrary(Runnable::run, () -> null);
  private Model model;
  private CancellableCodec bench;
  private Rhythm asked;

  @Setup
  public void fill() throws ModelFault {
    model = RandomModel.ofDefaultSize(1);
    bench = new CancellableCodec(new ActiveModel().put("random", model), () -> false);
    Random random = new Random(1);
    RhythmTensor pattern = bench.blank();
    List<RhythmLibrary.Entry> entries = new ArrayList<>();
    for (int e = 0; e < ENTRIES; e++) {
      bench.decode(
          new float[] {(float) random.nextGaussian(), (float) random.nextGaussian()}, pattern);
      for (int cell = 0; cell < pattern.cells(); cell++) {
        if (random.nextFloat() < LOST) {
          pattern.onset()[cell] = 0;
        }
      }
      asked = bench.strike(pattern);
      entries.add(new RhythmLibrary.Entry("r" + e, asked));
    }
    library.replace(entries);
    library.index(model);
  }

  @Benchmark
  public int map() {
    LatentMap.Frame frame = new LatentMap.Frame(SIDE, new float[0], false);
    return LatentMap.draw(frame, bench, library.index(model).onsets()).unique();
  }

  @Benchmark
  public int mapWithRhythms() {
    LatentMap.Frame frame = new LatentMap.Frame(SIDE, new float[0], true);
    return LatentMap.draw(frame, bench, library.index(model).onsets()).unique();
  }

  @Benchmark
  public List<LibraryIndex.Neighbour> nearestByOnsets() {
    return library.index(model).nearest(asked, NEIGHBOURS, false);
  }

  @Benchmark
  public List<LibraryIndex.Neighbour> nearestByPlace() {
    return library.index(model).nearest(asked, NEIGHBOURS, true);
  }

  @Benchmark
  public DecodedRhythm infill() {
    return Completion.infill(bench, asked, List.of("kick", "snare"));
  }
}
