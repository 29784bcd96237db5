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
 *
 * <p>Augmented examples are louder or softer as a whole than they were played (at amount 1 by a
 * factor of up to 2 either way), and the network is not shown some of their strokes (at amount 1
 * one in twelve), though it must answer with all of them.
 */
final class Batches {
  private static final double HIDDEN_STROKES = 0.08;
  private static final double LOUDEST_GAIN = Math.log(2);

  private final List<Example> examples;
  private final HyperParameters hyper;
  private final Guide guide;
  private final int batch;
  private final int cells;
  private final int latent;
  private final int[] order;

  Batches(List<Example> examples, HyperParameters hyper) {
    this.examples = examples;
    this.hyper = hyper;
    this.guide = new Guide(examples, hyper.guide());
    this.batch = hyper.batch();
    this.cells = examples.get(0).rhythm().size();
    this.latent = hyper.layers().latent();
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

  /** Batch number `index`: features onset, velocity, offset, noise; labels as RhythmLoss reads. */
  MultiDataSet batch(int index, Random random) {
    int width = 3 * cells + 2 * latent;
    float[][] input = new float[4][batch * cells];
    input[3] = new float[batch * latent];
    float[] target = new float[batch * width];
    for (int row = 0; row < batch; row++) {
      Rhythm rhythm = examples.get(order[(index * batch + row) % order.length]).rhythm();
      double gain = Math.exp(hyper.augment() * LOUDEST_GAIN * (2 * random.nextDouble() - 1));
      wanted(rhythm, gain, target, row * width);
      shown(target, row * width, input, row * cells, random);
      for (int i = 0; i < latent; i++) {
        input[3][row * latent + i] = (float) random.nextGaussian();
      }
    }
    INDArray[] features = new INDArray[4];
    for (int i = 0; i < 4; i++) {
      features[i] = Nd4j.createFromArray(input[i]).reshape(batch, -1);
    }
    INDArray[] labels = {Nd4j.createFromArray(target).reshape(batch, width)};
    return new MultiDataSet(features, labels);
  }

  private void wanted(Rhythm rhythm, double gain, float[] target, int at) {
    System.arraycopy(rhythm.onset(), 0, target, at, cells);
    System.arraycopy(rhythm.offset(), 0, target, at + 2 * cells, cells);
    double sum = 0;
    for (int i = 0; i < cells; i++) {
      float velocity = (float) Math.min(1, gain * rhythm.velocity()[i]);
      target[at + cells + i] = velocity;
      sum += velocity;
    }
    int strokes = rhythm.strokes();
    int centre = at + 3 * cells;
    target[centre] = guide.density(strokes);
    target[centre + 1] = guide.loudness(sum / Math.max(1, strokes));
    for (int i = 0; i < Guide.DIMENSIONS; i++) {
      target[centre + latent + i] = guide.logVariance();
    }
  }

  private void shown(float[] target, int from, float[][] input, int at, Random random) {
    double hidden = hyper.augment() * HIDDEN_STROKES;
    for (int i = 0; i < cells; i++) {
      if (target[from + i] > 0 && random.nextDouble() >= hidden) {
        for (int part = 0; part < 3; part++) {
          input[part][at + i] = target[from + part * cells + i];
        }
      }
    }
  }
}
