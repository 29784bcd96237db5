package org.latentspace.training.vae;

import java.util.List;
import java.util.Random;
import org.latentspace.training.rhythm.Example;
import org.latentspace.training.rhythm.Rhythm;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Deals examples out in batches of one size, shuffled anew for every epoch; what is missing to the
 * last batch is dealt again from the start, so that a single clip makes a whole batch.
 */
final class Batches {
  private final List<Example> examples;
  private final float[][] centres;
  private final int batch;
  private final int cells;
  private final int latent;
  private final int[] order;

  Batches(List<Example> examples, float[][] centres, int batch, int latent) {
    this.examples = examples;
    this.centres = centres;
    this.batch = batch;
    this.cells = examples.get(0).rhythm().size();
    this.latent = latent;
    this.order = new int[examples.size()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
  }

  int count() {
    return (examples.size() + batch - 1) / batch;
  }

  void shuffle(Random random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
  }

  /** Batch number `index` with noise for the sampling: standard normal, or none without chance. */
  MultiDataSet batch(int index, Random noise) {
    int width = 3 * cells + 2 * latent;
    float[][] input = new float[4][batch * cells];
    input[3] = new float[batch * latent];
    float[] target = new float[batch * width];
    for (int row = 0; row < batch; row++) {
      int which = order[(index * batch + row) % order.length];
      Rhythm rhythm = examples.get(which).rhythm();
      float[][] parts = {rhythm.onset(), rhythm.velocity(), rhythm.offset()};
      for (int part = 0; part < 3; part++) {
        System.arraycopy(parts[part], 0, input[part], row * cells, cells);
        System.arraycopy(parts[part], 0, target, row * width + part * cells, cells);
      }
      System.arraycopy(centres[which], 0, target, row * width + 3 * cells, latent);
      for (int i = 0; noise != null && i < latent; i++) {
        input[3][row * latent + i] = (float) noise.nextGaussian();
      }
    }
    INDArray[] features = new INDArray[4];
    for (int i = 0; i < 4; i++) {
      features[i] = Nd4j.createFromArray(input[i]).reshape(batch, -1);
    }
    INDArray[] labels = {Nd4j.createFromArray(target).reshape(batch, width)};
    return new MultiDataSet(features, labels);
  }
}
