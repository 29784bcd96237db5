package org.latentspace.training.vae;

import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.latentspace.training.rhythm.Example;
import org.latentspace.training.rhythm.Rhythm;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Measures the losses on examples that are not learned from, as the network would play them. */
final class Validation {
  private static final int ROWS = 128;

  private final List<Example> examples;
  private final AttributePrior prior;
  private final int cells;
  private final int latent;
  private final RhythmLoss loss;

  Validation(List<Example> examples, HyperParameters hyper, AttributePrior prior) {
    this.examples = examples;
    this.prior = prior;
    this.cells = examples.get(0).rhythm().size();
    this.latent = hyper.layers().latent();
    this.loss = new RhythmLoss(cells, latent, hyper.weights());
  }

  /** Without noise: what is decoded is the mean of each example's place. */
  Losses judge(ComputationGraph network) {
    for (int from = 0; from < examples.size(); from += ROWS) {
      List<Example> some = examples.subList(from, Math.min(examples.size(), from + ROWS));
      float[] output = Norm.floats(network.output(false, inputs(some, latent))[0]);
      float[] target = new float[some.size() * loss.width()];
      for (int row = 0; row < some.size(); row++) {
        int at = row * loss.width();
        Rhythm rhythm = some.get(row).rhythm();
        System.arraycopy(rhythm.onset(), 0, target, at, cells);
        System.arraycopy(rhythm.velocity(), 0, target, at + cells, cells);
        System.arraycopy(rhythm.offset(), 0, target, at + 2 * cells, cells);
        prior.place(rhythm.strokes(), rhythm.loudness(), target, at + 3 * cells, latent);
        loss.row(target, output, at);
      }
    }
    return loss.take();
  }

  /** Onset, velocity, offset, and noise that is none. */
  static INDArray[] inputs(List<Example> examples, int latent) {
    int rows = examples.size();
    float[][][] values = new float[3][rows][];
    for (int row = 0; row < rows; row++) {
      Rhythm rhythm = examples.get(row).rhythm();
      values[0][row] = rhythm.onset();
      values[1][row] = rhythm.velocity();
      values[2][row] = rhythm.offset();
    }
    return new INDArray[] {
      Nd4j.createFromArray(values[0]),
      Nd4j.createFromArray(values[1]),
      Nd4j.createFromArray(values[2]),
      Nd4j.zeros(rows, latent)
    };
  }
}
