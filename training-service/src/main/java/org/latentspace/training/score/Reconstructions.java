package org.latentspace.training.score;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.latentspace.model.LatentRange;
import org.latentspace.training.model.LatentSearch;
import org.latentspace.training.model.RhythmModel;
import org.latentspace.training.rhythm.Example;
import org.latentspace.training.rhythm.Rhythm;

/**
 * Examples with their places in a model, which are looked for once and serve range, thresholds and
 * all figures of a card.
 *
 * @param encoded where the encoder puts each example
 * @param settled the place that explains each best, see LatentSearch
 */
public record Reconstructions(
    List<Example> examples, List<RhythmModel.Place> encoded, float[][] settled) {
  private static final int TOGETHER = 64;
  private static final double LOW = 0.01;
  private static final double HIGH = 0.99;
  private static final float LEAST_WIDTH = 0.2f;

  static Reconstructions of(LatentSearch search, RhythmModel model, List<Example> examples) {
    List<Rhythm> rhythms = examples.stream().map(Example::rhythm).toList();
    List<RhythmModel.Place> encoded = model.encode(rhythms);
    return new Reconstructions(examples, encoded, search.settle(rhythms, encoded));
  }

  /** Hands over every example with what the model makes of its place. */
  void each(RhythmModel model, BiConsumer<Example, Rhythm> listener) {
    for (int from = 0; from < settled.length; from += TOGETHER) {
      int to = Math.min(settled.length, from + TOGETHER);
      List<Rhythm> decoded = model.decode(Arrays.copyOfRange(settled, from, to));
      for (int i = from; i < to; i++) {
        listener.accept(examples.get(i), decoded.get(i - from));
      }
    }
  }

  /**
   * The stretch of the latent space that positions 0..1 stand for: from the first to the 99th
   * percentile of the encoder's means, in every dimension.
   */
  public LatentRange range() {
    int latent = encoded.get(0).mean().length;
    float[] low = new float[latent];
    float[] high = new float[latent];
    for (int d = 0; d < latent; d++) {
      int dimension = d;
      double[] means = encoded.stream().mapToDouble(place -> place.mean()[dimension]).toArray();
      low[d] = (float) Figures.percentile(means, LOW);
      high[d] = (float) Figures.percentile(means, HIGH);
      if (high[d] - low[d] < LEAST_WIDTH) {
        float middle = (low[d] + high[d]) / 2;
        low[d] = middle - LEAST_WIDTH / 2;
        high[d] = middle + LEAST_WIDTH / 2;
      }
    }
    return new LatentRange(low, high);
  }
}
