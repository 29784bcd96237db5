package org.latentspace.training.vae;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A dense layer without activation as one layer of the graph; see {@link DenseStep}. */
final class Dense extends DenseLayer {
  private static final long serialVersionUID = 1;

  private final boolean first;

  private Dense(int in, int out, boolean bias, boolean first) {
    this.first = first;
    setNIn(in);
    setNOut(out);
    setHasBias(bias);
    setActivationFn(Activation.IDENTITY.getActivationFunction());
  }

  static Dense withBias(int in, int out) {
    return new Dense(in, out, true, false);
  }

  /**
   * For a normalisation behind it, which has a bias of its own.
   *
   * @param first nothing before it learns, so no gradient has to go back further
   */
  static Dense plain(int in, int out, boolean first) {
    return new Dense(in, out, false, first);
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType type) {
    DenseStep step = new DenseStep(conf, type, first);
    step.setListeners(listeners);
    step.setIndex(index);
    step.setParamsViewArray(parameters);
    step.setParamTable(initializer().init(conf, parameters, initialize));
    step.setConf(conf);
    return step;
  }
}
