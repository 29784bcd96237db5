package org.latentspace.training.vae;

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/** Hands the rhythm's loss to Deeplearning4j; activation and mask are within the loss itself. */
@SuppressWarnings("serial")
final class RhythmLossFunction implements ILossFunction {
  private static final long serialVersionUID = 1;

  private final transient RhythmLoss loss;

  RhythmLossFunction(RhythmLoss loss) {
    this.loss = loss;
  }

  @Override
  public double computeScore(
      INDArray labels, INDArray output, IActivation activation, INDArray mask, boolean average) {
    // The parts of the loss are gathered with the gradient; a second pass would only cost time.
    return 0;
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray output, IActivation activation, INDArray mask) {
    return Nd4j.zeros(labels.size(0), 1);
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray output, IActivation activation, INDArray mask) {
    return computeGradientAndScore(labels, output, activation, mask, false).getSecond();
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels, INDArray output, IActivation activation, INDArray mask, boolean average) {
    int rows = (int) labels.size(0);
    float[] target = labels.dup('c').data().asFloat();
    float[] values = output.dup('c').data().asFloat();
    double score = 0;
    for (int row = 0; row < rows; row++) {
      score += loss.row(target, values, row * loss.width());
    }
    return Pair.of(average ? score / rows : score, Nd4j.createFromArray(values).reshape(rows, -1));
  }

  @Override
  public String name() {
    return "masked rhythm loss";
  }
}
