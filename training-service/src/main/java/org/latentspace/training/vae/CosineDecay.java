package org.latentspace.training.vae;

import org.nd4j.linalg.schedule.ISchedule;

/** The learning rate: it falls epoch by epoch along half a cosine to a hundredth of its start. */
final class CosineDecay implements ISchedule {
  private static final long serialVersionUID = 1;
  private static final double END = 0.01;

  private final double start;
  private final int epochs;
  private final int batches;

  /** `batches` is how many steps an epoch has. */
  CosineDecay(double start, int epochs, int batches) {
    this.start = start;
    this.epochs = epochs;
    this.batches = batches;
  }

  /** The rate in an epoch, from 1. */
  double at(int epoch) {
    double fall = 0.5 * (1 + Math.cos(Math.PI * (epoch - 1) / epochs));
    return start * (END + (1 - END) * fall);
  }

  /** Deeplearning4j counts steps; its epochs count something else here. */
  @Override
  public double valueAt(int iteration, int epochOfDeeplearning4j) {
    return at(1 + Math.min(epochs - 1, iteration / batches));
  }

  @Override
  public ISchedule clone() {
    return new CosineDecay(start, epochs, batches);
  }
}
