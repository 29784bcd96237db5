package org.latentspace.training.score;

import java.util.List;
import org.latentspace.model.LatentRange;
import org.latentspace.training.model.RhythmModel;

/** Finds the stretch of the latent space that positions 0..1 stand for. */
public final class LatentSurface {
  private static final double LOW = 0.01;
  private static final double HIGH = 0.99;
  private static final float LEAST_WIDTH = 0.2f;

  private LatentSurface() {}

  /** From the first to the 99th percentile of the examples' means, in every dimension. */
  public static LatentRange of(List<RhythmModel.Place> places) {
    int latent = places.get(0).mean().length;
    double[][] means = new double[latent][places.size()];
    for (int i = 0; i < places.size(); i++) {
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
