package org.latentspace.training.vae;

/**
 * Means per example of the parts of the loss.
 *
 * @param onset binary cross-entropy of the onsets, nats
 * @param velocity squared errors at the strokes, unweighted
 * @param offset the same of the offsets, in half steps squared; straight beyond the offset edge
 * @param divergence Kullback-Leibler divergence, nats
 * @param total the weighted sum
 */
public record Losses(
    double onset, double velocity, double offset, double divergence, double total) {}
