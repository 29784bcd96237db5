package org.latentspace.training.vae;

import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.latentspace.training.model.RhythmModel.Decoder;
import org.latentspace.training.model.RhythmModel.Encoder;
import org.latentspace.training.rhythm.Example;

/**
 * Trains the rhythm VAE with Deeplearning4j. The same examples, hyper-parameters and machine give
 * the same weights, as long as one thread computes (OMP_NUM_THREADS=1).
 */
public final class Trainer {
  private static final int EPOCHS_BETWEEN_COLLECTIONS = 5;

  /** How far the training is: the epoch (from 1) and the losses per window of its batches. */
  public record Progress(int epoch, int epochs, RhythmLoss.Parts losses, double total) {}

  /** What has been learned. */
  public record Learned(Encoder encoder, Decoder decoder, RhythmLoss.Parts losses) {}

  /** Hears of every epoch. */
  public interface Listener {
    /** Returns false to stop after this epoch. */
    boolean heard(Progress progress);
  }

  private final HyperParameters hyper;

  public Trainer(HyperParameters hyper) {
    this.hyper = hyper;
  }

  /** Throws IllegalArgumentException without examples, IllegalStateException if losses diverge. */
  public Learned train(List<Example> examples, Listener listener) {
    if (examples.isEmpty()) {
      throw new IllegalArgumentException("there is nothing to learn from: no windows");
    }
    int latent = hyper.layers().latent();
    int cells = examples.get(0).rhythm().size();
    RhythmLoss loss = new RhythmLoss(cells, latent, hyper.weights());
    ComputationGraph network = RhythmNetwork.build(hyper, cells, loss);
    Batches batches = new Batches(examples, hyper);
    Random random = new Random(hyper.seed());
    RhythmLoss.Parts parts = null;
    boolean goOn = true;
    for (int epoch = 1; epoch <= hyper.epochs() && goOn; epoch++) {
      network.setLearningRate(learningRate(epoch - 1));
      batches.shuffle(random);
      for (int i = 0; i < batches.count(); i++) {
        network.fit(batches.batch(i, random));
      }
      if (epoch % EPOCHS_BETWEEN_COLLECTIONS == 0) {
        // Native arrays are freed only when Java's collector finds their handles, and it sees no
        // need to look: without this the worker grows to a gigabyte.
        System.gc();
      }
      parts = loss.take();
      double total = total(parts);
      if (!Double.isFinite(total)) {
        throw new IllegalStateException("the losses diverge in epoch " + epoch);
      }
      goOn = listener.heard(new Progress(epoch, hyper.epochs(), parts, total));
    }
    Export export = new Export(network);
    return new Learned(export.encoder(), export.decoder(), parts);
  }

  private double total(RhythmLoss.Parts parts) {
    return parts.onset()
        + hyper.weights().velocity() * parts.velocity()
        + hyper.weights().offset() * parts.offset()
        + hyper.weights().beta() * parts.divergence();
  }

  private double learningRate(int epoch) {
    double fall = 0.5 * (1 + Math.cos(Math.PI * epoch / hyper.epochs()));
    return hyper.learningRate() * (0.01 + 0.99 * fall);
  }
}
