package org.latentspace.training.vae;

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
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
    float[] target = floats(labels);
    float[] values = floats(output);
    double score = 0;
    for (int row = 0; row < rows; row++) {
      score += loss.row(target, values, row * loss.width());
    }
    // The network is told not to divide by the size of the batch itself.
    float share = 1f / rows;
    for (int i = 0; i < values.length; i++) {
      values[i] *= share;
    }
    INDArray gradient = Nd4j.createUninitialized(DataType.FLOAT, rows, loss.width());
    gradient.data().asNioFloat().put(values);
    return Pair.of(average ? score / rows : score, gradient);
  }

  private static float[] floats(INDArray array) {
    float[] values = new float[(int) array.length()];
    (array.ordering() == 'c' && !array.isView() ? array : array.dup('c'))
        .data()
        .asNioFloat()
        .get(values);
    return values;
  }

  @Override
  public String name() {
    return "masked rhythm loss";
  }
}
