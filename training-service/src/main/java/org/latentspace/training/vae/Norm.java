package org.latentspace.training.vae;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Batch normalisation and leaky ReLU as one layer of the graph; see {@link NormStep}. */
final class Norm extends BatchNormalization {
  private static final long serialVersionUID = 1;

  Norm(int size, double epsilon, double decay) {
    setNIn(size);
    setNOut(size);
    setEps(epsilon);
    setDecay(decay);
    setGamma(1);
    setBeta(0);
    setMinibatch(true);
    setUseLogStd(false);
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType type) {
    NormStep step = new NormStep(conf, type);
    step.setListeners(listeners);
    step.setIndex(index);
    step.setParamsViewArray(parameters);
    step.setParamTable(initializer().init(conf, parameters, initialize));
    step.setConf(conf);
    return step;
  }
}
