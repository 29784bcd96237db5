package org.latentspace.training.jobs;

/**
 * What a worker says after every epoch, counted from 1.
 *
 * @param validation null without validation data
 * @param residentBytes memory of the worker now
 */
public record Epoch(
    int epoch,
    int epochs,
    Losses training,
    Losses validation,
    double learningRate,
    double seconds,
    double secondsLeft,
    long residentBytes) {

  /** Means per loop; the total is the weighted sum that is minimised. */
  public record Losses(
      double onset, double velocity, double offset, double divergence, double total) {}
}
