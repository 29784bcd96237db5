package org.latentspace.training.score;

import java.util.List;
import org.latentspace.model.LatentRange;
import org.latentspace.training.model.RhythmModel;
import org.latentspace.training.rhythm.Example;

/** Finds the stretch of the latent space that positions 0..1 stand for. */
public final class LatentSurface {
  private static final double LOW = 0.01;
  private static final double HIGH = 0.99;
  private static final float LEAST_WIDTH = 0.2f;

  private LatentSurface() {}

  /** From the first to the 99th percentile of the examples' means, in every dimension. */
  public static LatentRange of(RhythmModel model, List<Example> examples) {
    int latent = model.latentSize();
    double[][] means = new double[latent][examples.size()];
    List<RhythmModel.Place> places = Reconstructions.places(model, examples);
    for (int i = 0; i < examples.size(); i++) {
      float[] mean = places.get(i).mean();
      for (int d = 0; d < latent; d++) {
        means[d][i] = mean[d];
      }
    }
    float[] low = new float[latent];
    float[] high = new float[latent];
    for (int d = 0; d < latent; d++) {
      low[d] = (float) Figures.percentile(means[d], LOW);
      high[d] = (float) Figures.percentile(means[d], HIGH);
      if (high[d] - low[d] < LEAST_WIDTH) {
        float middle = (low[d] + high[d]) / 2;
        low[d] = middle - LEAST_WIDTH / 2;
        high[d] = middle + LEAST_WIDTH / 2;
      }
    }
    return new LatentRange(low, high);
  }
}
