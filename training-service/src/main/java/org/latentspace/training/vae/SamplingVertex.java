package org.latentspace.training.vae;

import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

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
    return new SamplingStep(graph, name, index, type);
  }

  @Override
  public InputType getOutputType(int layer, InputType... inputs) {
    return inputs[0];
  }

  @Override
  public MemoryReport getMemoryReport(InputType... inputs) {
    return null;
  }
}
