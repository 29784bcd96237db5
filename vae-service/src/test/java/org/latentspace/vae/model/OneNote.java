package org.latentspace.vae.model;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.latentspace.model.ActivationFunction;
import org.latentspace.model.DenseLayer;
import org.latentspace.model.Grid;
import org.latentspace.model.LatentRange;
import org.latentspace.model.RhythmModelFile;
import org.latentspace.model.RhythmNetworks;

/** Makes models for tests that play one thing everywhere, so that one hears which model it was. */
public final class OneNote {
  private static final Grid GRID = new Grid(1, 4, 4, 4);
  private static final int STEPS = 16;

  private OneNote() {}

  /** Strikes every step with one voice of so many, always at this velocity (0..1, excluded). */
  public static Model of(String version, int voice, int voices, float velocity) {
    int cells = STEPS * voices;
    float[] onset = new float[cells];
    for (int cell = 0; cell < cells; cell++) {
      onset[cell] = cell % voices == voice ? 20 : -20;
    }
    float[] loud = new float[cells];
    Arrays.fill(loud, (float) Math.log(velocity / (1 - velocity)));
    DenseLayer trunk = flat(2, new float[4], ActivationFunction.IDENTITY);
    RhythmNetworks.DecoderLayers decoder =
        new RhythmNetworks.DecoderLayers(
            List.of(trunk),
            List.of(flat(4, onset, ActivationFunction.SIGMOID)),
            List.of(flat(4, loud, ActivationFunction.SIGMOID)),
            List.of(flat(4, new float[cells], ActivationFunction.TANH)));
    List<DenseLayer> branch = List.of(flat(cells, new float[1], ActivationFunction.IDENTITY));
    RhythmNetworks.EncoderLayers encoder =
        new RhythmNetworks.EncoderLayers(
            branch,
            branch,
            branch,
            List.of(flat(3, new float[2], ActivationFunction.IDENTITY)),
            List.of(flat(2, new float[2], ActivationFunction.IDENTITY)),
            List.of(flat(2, new float[2], ActivationFunction.IDENTITY)));
    float[] thresholds = new float[voices];
    Arrays.fill(thresholds, 0.5f);
    LatentRange range = new LatentRange(new float[] {-2, -2}, new float[] {2, 2});
    List<String> names = RandomModel.VOICES.subList(0, voices);
    RhythmNetworks networks = new RhythmNetworks(encoder, decoder);
    RhythmModelFile file =
        new RhythmModelFile(version, GRID, names, range, thresholds, networks, Map.of());
    return new Model(file, "0".repeat(64));
  }

  /** A model whose decoder overflows. */
  public static Model absurd() {
    Model model = of("absurd", 0, 2, 0.5f);
    for (DenseLayer layer : model.networks().decoder().trunk()) {
      for (float[] row : layer.rows()) {
        Arrays.fill(row, Float.MAX_VALUE);
      }
    }
    return model;
  }

  /** A model that strikes every cell everywhere, or none. */
  public static Model extreme(boolean full) {
    Model model = of(full ? "full" : "silent", 0, 2, 0.5f);
    Arrays.fill(model.networks().decoder().onset().get(0).bias(), full ? 20 : -20);
    return model;
  }

  /** Files that are well formed, but whose model plays absurd things; what must be said of them. */
  public static Stream<Arguments> absurdFiles() {
    return Stream.of(
        Arguments.of("not finite", ModelBytes.of(absurd())),
        Arguments.of("strikes nearly every cell", ModelBytes.of(extreme(true))),
        Arguments.of("strikes nowhere", ModelBytes.of(extreme(false))));
  }

  private static DenseLayer flat(int in, float[] bias, ActivationFunction activation) {
    return DenseLayer.of(new float[in * bias.length], bias, activation, 0);
  }
}
