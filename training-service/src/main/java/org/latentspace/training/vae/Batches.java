package org.latentspace.training.vae;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.latentspace.training.rhythm.Example;
import org.latentspace.training.rhythm.Rhythm;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Deals examples out in batches of one size, shuffled anew for every epoch; what is missing to the
 * last batch, or to the fewest batches of an epoch, is dealt again from the start, so that a single
 * clip makes a whole batch.
 *
 * <p>Augmented examples are louder or softer as a whole than they were played (at amount 1 by a
 * factor of up to 2 either way), and the network is not shown some of their strokes (at amount 1
 * one in twelve), though it must answer with all of them. Turned examples begin with another of
 * their bars, as a loop may.
 */
final class Batches {
  private static final double HIDDEN_STROKES = 0.08;
  private static final double LOUDEST_GAIN = Math.log(2);

  private final List<Example> examples;
  private final double augment;
  private final double hidden;
  private final double turn;
  private final int least;
  private final AttributePrior prior;
  private final long seed;
  private final int batch;
  private final int cells;
  private final int latent;
  private final int[] order;
  private final float[][] input;
  private final float[] target;
  private final INDArray[] features;
  private final INDArray[] labels;
  private int orderedFor;

  Batches(List<Example> examples, HyperParameters hyper) {
    this.examples = examples;
    this.augment = hyper.get(HyperParameter.AUGMENT);
    this.hidden = augment * HIDDEN_STROKES + hyper.get(HyperParameter.HIDE);
    this.turn = hyper.get(HyperParameter.TURN);
    this.least = hyper.whole(HyperParameter.REPEAT);
    this.prior = new AttributePrior(examples, hyper.get(HyperParameter.GUIDE));
    this.seed = hyper.seed();
    this.batch = hyper.batch();
    this.cells = examples.get(0).rhythm().size();
    this.latent = hyper.layers().latent();
    this.order = new int[examples.size()];
    int width = 3 * cells + 2 * latent;
    input =
        new float[][] {
          new float[batch * cells],
          new float[batch * cells],
          new float[batch * cells],
          new float[batch * latent]
        };
    target = new float[batch * width];
    features =
        Arrays.stream(input)
            .map(part -> Nd4j.createUninitialized(DataType.FLOAT, batch, part.length / batch))
            .toArray(INDArray[]::new);
    labels = new INDArray[] {Nd4j.createUninitialized(DataType.FLOAT, batch, width)};
  }

  int count() {
    return Math.max(least, (examples.size() + batch - 1) / batch);
  }

  AttributePrior prior() {
    return prior;
  }

  /**
   * Batch number `index` (from 0) of an epoch (from 1): features onset, velocity, offset, noise;
   * labels as RhythmLoss reads. Holds until the next call.
   */
  MultiDataSet batch(int epoch, int index) {
    if (orderedFor != epoch) {
      shuffle(chance(epoch, -1));
      orderedFor = epoch;
    }
    Random random = chance(epoch, index);
    int width = target.length / batch;
    for (int row = 0; row < batch; row++) {
      int at = (int) (((long) index * batch + row) % order.length);
      Rhythm rhythm = examples.get(order[at]).rhythm();
      double gain = Math.exp(augment * LOUDEST_GAIN * (2 * random.nextDouble() - 1));
      wanted(rhythm, gain, row * width, start(rhythm, random));
      shown(row * width, row * cells, random);
      for (int i = 0; i < latent; i++) {
        input[3][row * latent + i] = (float) random.nextGaussian();
      }
    }
    for (int i = 0; i < 4; i++) {
      features[i].data().asNioFloat().put(input[i]);
    }
    labels[0].data().asNioFloat().put(target);
    return new MultiDataSet(features, labels);
  }

  /**
   * Chance of a batch (from 0) of an epoch (from 1), or of the order that the epoch deals in (-1):
   * each its own, so that a training that goes on from a checkpoint draws what one that was never
   * interrupted draws. SplitMix64's finaliser (Steele, Lea and Flood 2014) over the three numbers.
   */
  private Random chance(int epoch, int batch) {
    long z = seed * 0x9E37_79B9_7F4A_7C15L + ((long) epoch << 32) + batch;
    z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
    return new Random(z ^ (z >>> 31));
  }

  private void shuffle(Random random) {
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
  }

  /** The cell that the example begins with: the first, or that of another bar. */
  private int start(Rhythm rhythm, Random random) {
    int bars = rhythm.grid().bars();
    if (turn == 0 || random.nextDouble() >= turn) {
      return 0;
    }
    return random.nextInt(bars) * (cells / bars);
  }

  private void wanted(Rhythm rhythm, double gain, int at, int start) {
    turned(rhythm.onset(), start, at);
    turned(rhythm.velocity(), start, at + cells);
    turned(rhythm.offset(), start, at + 2 * cells);
    double sum = 0;
    for (int i = at + cells; i < at + 2 * cells; i++) {
      float velocity = (float) Math.min(1, gain * target[i]);
      target[i] = velocity;
      sum += velocity;
    }
    int strokes = rhythm.strokes();
    prior.place(strokes, sum / Math.max(1, strokes), target, at + 3 * cells, latent);
  }

  private void turned(float[] values, int start, int at) {
    System.arraycopy(values, start, target, at, cells - start);
    System.arraycopy(values, 0, target, at + cells - start, start);
  }

  private void shown(int from, int at, Random random) {
    for (int i = 0; i < cells; i++) {
      boolean seen = target[from + i] > 0 && (hidden == 0 || random.nextDouble() >= hidden);
      for (int part = 0; part < 3; part++) {
        input[part][at + i] = seen ? target[from + part * cells + i] : 0;
      }
    }
  }
}
