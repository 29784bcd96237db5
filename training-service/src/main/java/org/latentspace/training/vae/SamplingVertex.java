package org.latentspace.training.vae;

import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The reparametrisation of the VAE as a vertex of the graph: mean, log-variance and noise in, mean
 * + noise · exp(log-variance / 2) out. The noise is an input, so that chance stays an argument.
 */
final class SamplingVertex extends GraphVertex {
  private static final long serialVersionUID = 1;
  private static final int INPUTS = 3;

  @Override
  public GraphVertex clone() {
    return new SamplingVertex();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SamplingVertex;
  }

  @Override
  public int hashCode() {
    return SamplingVertex.class.hashCode();
  }

  @Override
  public long numParams(boolean backprop) {
    return 0;
  }

  @Override
  public int minVertexInputs() {
    return INPUTS;
  }

  @Override
  public int maxVertexInputs() {
    return INPUTS;
  }

  @Override
  public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType type) {
    return new Step(graph, name, index, type);
  }

  @Override
  public InputType getOutputType(int layer, InputType... inputs) {
    return inputs[0];
  }

  @Override
  public MemoryReport getMemoryReport(InputType... inputs) {
    return null;
  }

  /** Forward and backward of the sampling vertex. */
  private static final class Step extends BaseGraphVertex {
    private static final long serialVersionUID = 1;

    Step(ComputationGraph graph, String name, int index, DataType type) {
      super(graph, name, index, null, null, type);
    }

    @Override
    public boolean hasLayer() {
      return false;
    }

    @Override
    public org.deeplearning4j.nn.api.Layer getLayer() {
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
}
