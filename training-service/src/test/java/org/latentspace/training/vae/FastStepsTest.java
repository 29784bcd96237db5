package org.latentspace.training.vae;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** The project's own steps do what Deeplearning4j's do. */
class FastStepsTest {
  private static final int PARAMETERS = 5001;

  /** Several strips of outputs, the last one narrow. */
  private static final int WIDE = 300;

  @Test
  void adamTakesTheStepsOfDeeplearning4jsAdam() {
    FastAdam swift = new FastAdam(1e-3, 1, 1000, PARAMETERS);
    INDArray one = Nd4j.rand(1, PARAMETERS);
    INDArray other = one.dup();
    GradientUpdater<?> textbook = new Adam(1e-3).instantiate(Nd4j.create(1, 2 * PARAMETERS), true);
    for (int iteration = 0; iteration < 4; iteration++) {
      INDArray gradient = Nd4j.rand(1, PARAMETERS).subi(0.5).muli(iteration + 1);
      swift.step(one, gradient);
      textbook.applyUpdater(gradient, iteration, 0);
      other.subi(gradient);
      assertArrayEquals(other.data().asFloat(), one.data().asFloat(), 2e-7f);
    }
  }

  @Test
  void oneStepOfTheNormIsOneStepOfBatchNormalisationAndLeakyRelu() {
    ComputationGraph swift = graph(true);
    ComputationGraph textbook = graph(false);
    textbook.params().assign(swift.params());
    INDArray before = swift.params().dup();
    for (int step = 0; step < 3; step++) {
      INDArray[] x = {Nd4j.rand(16, 6).muli(3)};
      INDArray[] y = {Nd4j.rand(16, 3)};
      swift.fit(x, y);
      textbook.fit(x, y);
      assertArrayEquals(textbook.params().data().asFloat(), swift.params().data().asFloat(), 2e-5f);
      assertArrayEquals(
          textbook.output(x)[0].dup('c').data().asFloat(),
          swift.output(x)[0].dup('c').data().asFloat(),
          2e-5f);
    }
    assertTrue(before.distance2(swift.params()) > 0.01, "nothing was learned");
  }

  @Test
  void stepsOfTheDenseLayerAreThoseOfDeeplearning4jsDenseLayer() {
    ComputationGraph swift = stack(Dense.plain(5, WIDE, true), Dense.withBias(WIDE, WIDE + 7));
    ComputationGraph textbook = stack(dense(5, WIDE), biased(WIDE, WIDE + 7));
    textbook.params().assign(swift.params());
    INDArray before = swift.params().dup();
    for (int step = 0; step < 3; step++) {
      INDArray[] x = {Nd4j.rand(16, 5).subi(0.5)};
      INDArray[] y = {Nd4j.rand(16, 3)};
      swift.fit(x, y);
      textbook.fit(x, y);
      assertArrayEquals(textbook.params().data().asFloat(), swift.params().data().asFloat(), 2e-6f);
      assertArrayEquals(
          textbook.output(x)[0].dup('c').data().asFloat(),
          swift.output(x)[0].dup('c').data().asFloat(),
          2e-5f);
    }
    assertTrue(before.distance2(swift.params()) > 0.01, "nothing was learned");
  }

  private static ComputationGraph stack(DenseLayer first, DenseLayer second) {
    GraphBuilder graph =
        new NeuralNetConfiguration.Builder()
            .seed(4)
            .updater(new Sgd(0.1))
            .graphBuilder()
            .addInputs("x")
            .addLayer("first", first, "x")
            .addLayer("second", second, "first")
            .addLayer("out", end((int) second.getNOut()), "second");
    ComputationGraph network = new ComputationGraph(graph.setOutputs("out").build());
    network.init();
    return network;
  }

  private static ComputationGraph graph(boolean swift) {
    GraphBuilder graph =
        new NeuralNetConfiguration.Builder()
            .seed(4)
            .updater(new Sgd(0.1))
            .graphBuilder()
            .addInputs("x")
            .addLayer("first", dense(6, 7), "x");
    if (swift) {
      graph.addLayer("second", new Norm(7, 1e-5, 0.9), "first");
    } else {
      graph.addLayer(
          "norm",
          new BatchNormalization.Builder()
              .nIn(7)
              .nOut(7)
              .eps(1e-5)
              .decay(0.9)
              .useLogStd(false)
              .build(),
          "first");
      graph.addLayer(
          "second",
          new ActivationLayer.Builder().activation(new ActivationLReLU(0.01)).build(),
          "norm");
    }
    graph.addLayer("out", end(7), "second");
    ComputationGraph network = new ComputationGraph(graph.setOutputs("out").build());
    network.init();
    return network;
  }

  private static DenseLayer dense(int in, int out) {
    return new DenseLayer.Builder()
        .nIn(in)
        .nOut(out)
        .hasBias(false)
        .activation(Activation.IDENTITY)
        .build();
  }

  private static DenseLayer biased(int in, int out) {
    return new DenseLayer.Builder().nIn(in).nOut(out).activation(Activation.IDENTITY).build();
  }

  private static OutputLayer end(int in) {
    return new OutputLayer.Builder(LossFunctions.LossFunction.MSE)
        .nIn(in)
        .nOut(3)
        .activation(Activation.IDENTITY)
        .build();
  }
}
