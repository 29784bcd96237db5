package org.latentspace.training.vae;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Forward and backward of the sampling vertex. */
final class SamplingStep extends BaseGraphVertex {
  private static final long serialVersionUID = 1;

  SamplingStep(ComputationGraph graph, String name, int index, DataType type) {
    super(graph, name, index, null, null, type);
  }

  @Override
  public boolean hasLayer() {
    return false;
  }

  @Override
  public Layer getLayer() {
    return null;
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspace) {
    INDArray spread = spread().muli(inputs[2]);
    return workspace.leverageTo(ArrayType.ACTIVATIONS, inputs[0].add(spread));
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr workspace) {
    INDArray toLogVariance = spread().muli(inputs[2]).muli(epsilon).muli(0.5);
    INDArray[] gradients = {
      workspace.dup(ArrayType.ACTIVATION_GRAD, epsilon),
      workspace.leverageTo(ArrayType.ACTIVATION_GRAD, toLogVariance),
      workspace.leverageTo(ArrayType.ACTIVATION_GRAD, epsilon.mul(0))
    };
    return new Pair<>(null, gradients);
  }

  private INDArray spread() {
    return Transforms.exp(inputs[1].mul(0.5), false);
  }

  @Override
  public void setBackpropGradientsViewArray(INDArray view) {
    // It has no parameters.
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArrays(
      INDArray[] masks, MaskState state, int batch) {
    return null;
  }

  @Override
  public String toString() {
    return "SamplingStep(" + vertexName + ")";
  }
}
