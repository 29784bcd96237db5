package org.latentspace.vae.model;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.latentspace.vae.latent.LatentRange;
import org.latentspace.vae.rhythm.Grid;

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
    DenseLayer trunk = flat(2, new float[4], Activation.IDENTITY);
    Layers.Decoding decoder =
        new Layers.Decoding(
            List.of(trunk),
            List.of(flat(4, onset, Activation.SIGMOID)),
            List.of(flat(4, loud, Activation.SIGMOID)),
            List.of(flat(4, new float[cells], Activation.TANH)));
    List<DenseLayer> branch = List.of(flat(cells, new float[1], Activation.IDENTITY));
    Layers.Encoding encoder =
        new Layers.Encoding(
            branch,
            branch,
            branch,
            List.of(flat(3, new float[2], Activation.IDENTITY)),
            List.of(flat(2, new float[2], Activation.IDENTITY)));
    float[] thresholds = new float[voices];
    Arrays.fill(thresholds, 0.5f);
    LatentRange range = new LatentRange(new float[] {-2, -2}, new float[] {2, 2});
    List<String> names = RandomModel.VOICES.subList(0, voices);
    Model.Score score = new Model.Score(version, GRID, names, range, thresholds);
    return new Model(score, "0".repeat(64), Map.of(), new Layers(encoder, decoder));
  }

  /** A model whose decoder overflows. */
  public static Model absurd() {
    Model model = of("absurd", 0, 2, 0.5f);
    for (DenseLayer layer : model.layers().decoder().trunk()) {
      for (float[] row : layer.rows()) {
        Arrays.fill(row, Float.MAX_VALUE);
      }
    }
    return model;
  }

  /** A model that strikes every cell everywhere, or none. */
  public static Model extreme(boolean full) {
    Model model = of(full ? "full" : "silent", 0, 2, 0.5f);
    Arrays.fill(model.layers().decoder().onset().get(0).bias(), full ? 20 : -20);
    return model;
  }

  private static DenseLayer flat(int in, float[] bias, Activation activation) {
    return DenseLayer.of(new float[in * bias.length], bias, activation, 0);
  }
}
