package org.latentspace.training.vae;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex.Op;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.BaseActivationFunction;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Lays the rhythm VAE out as a computation graph.
 *
 * <pre>
 * onset ----[dense]--+                                              +--[dense]--onset logits--+
 * velocity -[dense]--+--[dense]--+--mean---------+                  |                         |
 * offset ---[dense]--+           +--log-variance-+--sample--[dense]-+--[dense]--velocity------+--loss
 * noise -----------------------------------------+                  |                         |
 *                                                                   +--[dense]--offset--------+
 * </pre>
 *
 * [dense] is a dense layer with batch normalisation and leaky ReLU; mean and log-variance go to the
 * loss as well.
 */
final class RhythmNetwork {
  static final String[] BRANCHES = {"onset", "velocity", "offset"};
  static final double NORM_EPSILON = 1e-5;

  private static final double NORM_DECAY = 0.95;

  private RhythmNetwork() {}

  static ComputationGraph build(HyperParameters hyper, int cells, RhythmLoss loss) {
    HyperParameters.Layers layers = hyper.layers();
    GraphBuilder graph =
        new NeuralNetConfiguration.Builder()
            .seed(hyper.seed())
            .updater(new NoOp())
            .miniBatch(false)
            .weightInit(WeightInit.XAVIER)
            .graphBuilder()
            .addInputs("onset", "velocity", "offset", "noise");
    for (String branch : BRANCHES) {
      block(graph, "encoder." + branch + ".0", cells, layers.encoderBranch(), branch);
    }
    graph.addVertex(
        "joined",
        new MergeVertex(),
        "encoder.onset.0.norm",
        "encoder.velocity.0.norm",
        "encoder.offset.0.norm");
    block(graph, "encoder.trunk.0", 3 * layers.encoderBranch(), layers.encoderTrunk(), "joined");
    dense(graph, "encoder.mean.0", layers.encoderTrunk(), layers.latent(), "encoder.trunk.0.norm");
    dense(
        graph,
        "encoder.log_variance.0",
        layers.encoderTrunk(),
        layers.latent(),
        "encoder.trunk.0.norm");
    sample(graph);
    block(graph, "decoder.trunk.0", layers.latent(), layers.decoderTrunk(), "sample");
    for (String branch : BRANCHES) {
      String name = "decoder." + branch;
      block(
          graph,
          name + ".0",
          layers.decoderTrunk(),
          layers.decoderBranch(),
          "decoder.trunk.0.norm");
      dense(graph, name + ".1", layers.decoderBranch(), cells, name + ".0.norm");
    }
    graph.addVertex(
        "all",
        new MergeVertex(),
        "decoder.onset.1",
        "decoder.velocity.1",
        "decoder.offset.1",
        "encoder.mean.0",
        "encoder.log_variance.0");
    LossLayer end = new LossLayer.Builder(new LossFunction(loss)).build();
    end.setActivationFn(Activation.IDENTITY.getActivationFunction());
    graph.addLayer("loss", end, "all").setOutputs("loss");
    ComputationGraph network = new ComputationGraph(graph.build());
    network.init();
    network.initGradientsView();
    return network;
  }

  /** One step of Adam on a batch. */
  static void learn(ComputationGraph network, FastAdam adam, MultiDataSet batch) {
    network.setInputs(batch.getFeatures());
    network.setLabels(batch.getLabels());
    network.computeGradientAndScore();
    adam.step(network.params(), network.getFlattenedGradients());
  }

  /**
   * The reparametrisation of the VAE: mean + noise · exp(log-variance / 2). The noise is an input,
   * so that chance stays an argument.
   */
  private static void sample(GraphBuilder graph) {
    graph
        .addVertex("half", new ScaleVertex(0.5), "encoder.log_variance.0")
        .addLayer("deviation", new ActivationLayer(new Exponential()), "half")
        .addVertex("scatter", new ElementWiseVertex(Op.Product), "deviation", "noise")
        .addVertex("sample", new ElementWiseVertex(Op.Add), "encoder.mean.0", "scatter");
  }

  private static void block(GraphBuilder graph, String name, int in, int out, String from) {
    boolean first = List.of(BRANCHES).contains(from);
    graph.addLayer(name, Dense.plain(in, out, first), from);
    graph.addLayer(name + ".norm", new Norm(out, NORM_EPSILON, NORM_DECAY), name);
  }

  private static void dense(GraphBuilder graph, String name, int in, int out, String from) {
    graph.addLayer(name, Dense.withBias(in, out), from);
  }

  /** exp(x), which Deeplearning4j does not have. */
  private static final class Exponential extends BaseActivationFunction {
    private static final long serialVersionUID = 1;

    @Override
    public INDArray getActivation(INDArray in, boolean training) {
      return Transforms.exp(in, false);
    }

    @Override
    public Pair<INDArray, INDArray> backprop(INDArray in, INDArray epsilon) {
      return new Pair<>(Transforms.exp(in, false).muli(epsilon), null);
    }
  }

  /** Hands the rhythm's loss to Deeplearning4j; activation and mask are within the loss itself. */
  @SuppressWarnings("serial")
  private static final class LossFunction implements ILossFunction {
    private static final long serialVersionUID = 1;

    private final transient RhythmLoss loss;

    LossFunction(RhythmLoss loss) {
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
      float[] target = Norm.floats(labels);
      float[] values = Norm.floats(output);
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

    @Override
    public String name() {
      return "masked rhythm loss";
    }
  }
}
