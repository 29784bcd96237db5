package org.latentspace.training.vae;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.latentspace.model.RhythmNetworks;
import org.latentspace.training.model.RhythmModel;
import org.latentspace.training.rhythm.Example;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Trains the rhythm VAE with Deeplearning4j. The same examples, hyper-parameters and machine give
 * the same weights, interrupted or not and by any number of Java's threads, as long as native code
 * has one thread (OMP_NUM_THREADS=1).
 */
public final class Trainer {

  /** How far the training is: the epoch (from 1); validation is null where nothing is held back. */
  public record Progress(
      int epoch, int epochs, Losses training, Losses validation, double learningRate) {}

  /**
   * What there is to learn from.
   *
   * @param validation may be empty
   * @param from the model to continue from; null to start afresh
   */
  public record Materials(List<Example> training, List<Example> validation, RhythmModel from) {}

  /**
   * Where a training keeps what it needs to go on.
   *
   * @param file written every `epochs` epochs and when it is stopped; null: nothing is kept
   * @param identity of the training; a checkpoint with another one is not used
   */
  public record Keeping(Path file, int epochs, String identity) {
    public static final Keeping NOTHING = new Keeping(null, 1, "");
  }

  /**
   * What has been learned.
   *
   * @param epochs how many were done
   * @param best the epoch that the networks are of
   * @param networks null where it was stopped
   */
  public record Learned(int epochs, int best, RhythmNetworks networks, Losses losses) {}

  /** Progress callback of a training, which may stop it. */
  public interface Listener {
    /** Asked before every batch; false stops the training there. */
    boolean goesOn();

    void heard(Progress progress);

    /** Something that the people should know, in one line. */
    void remark(String line);
  }

  private static final int EPOCHS_BETWEEN_COLLECTIONS = 5;

  private final HyperParameters hyper;
  private final Keeping keeping;
  private final Batches batches;
  private final Validation judge;
  private final RhythmLoss loss;
  private final FastAdam adam;
  private final ComputationGraph network;
  private final int patience;
  private int epoch = 1;
  private int batch;
  private double bestTotal = Double.POSITIVE_INFINITY;
  private int bestEpoch;
  private INDArray best;
  private Losses losses;
  private boolean stopped;

  private Trainer(HyperParameters hyper, Materials materials, Keeping keeping) {
    this.hyper = hyper;
    this.keeping = keeping;
    int cells = materials.training().get(0).rhythm().size();
    batches = new Batches(materials.training(), hyper);
    judge =
        materials.validation().isEmpty()
            ? null
            : new Validation(materials.validation(), hyper, batches.prior());
    loss = new RhythmLoss(cells, hyper.layers().latent(), hyper.weights());
    network = RhythmNetwork.build(hyper, cells, loss);
    adam =
        new FastAdam(
            hyper.get(HyperParameter.LEARNING_RATE),
            hyper.epochs(),
            batches.count(),
            network.numParams());
    patience = hyper.whole(HyperParameter.PATIENCE);
    if (materials.from() != null) {
      new NetworkLayers(network).load(materials.from().networks(), materials.training());
    }
  }

  /**
   * Trains to the end, to an early stop, or until the listener stops it.
   *
   * <p>Throws IllegalArgumentException without examples or where the model to continue from has
   * other sizes, IllegalStateException if losses diverge, IOException if the checkpoint cannot be
   * written.
   */
  public static Learned train(
      HyperParameters hyper, Materials materials, Keeping keeping, Listener listener)
      throws IOException {
    if (materials.training().isEmpty()) {
      throw new IllegalArgumentException("there is nothing to learn from: no windows");
    }
    Trainer run = new Trainer(hyper, materials, keeping);
    run.resume(listener);
    while (run.hasNext()) {
      if (!run.epoch(listener)) {
        run.keep();
        return new Learned(run.epochsDone(), 0, null, null);
      }
    }
    return run.learned();
  }

  /** Takes up a checkpoint if there is one; a damaged one is reported and left. */
  private void resume(Listener listener) {
    if (keeping.file() == null || !Files.exists(keeping.file())) {
      return;
    }
    try {
      Checkpoint kept =
          Checkpoint.read(keeping.file(), keeping.identity(), (int) network.numParams());
      Checkpoint.Position position = kept.position();
      network.params().assign(kept.parameters());
      adam.goOn(position.steps(), kept.updater());
      loss.goOn(position.sums());
      epoch = position.epoch();
      batch = position.batch();
      bestTotal = position.bestTotal();
      bestEpoch = position.bestEpoch();
      best = kept.best();
      listener.remark("goes on from epoch " + epoch + ", batch " + batch);
    } catch (IOException damaged) {
      listener.remark(
          "the checkpoint cannot be used, the training begins anew: " + damaged.getMessage());
    }
  }

  private boolean hasNext() {
    return epoch <= hyper.epochs() && !stopped;
  }

  private int epochsDone() {
    return epoch - 1;
  }

  /** Learns to the end of the epoch; false where the listener stopped it before. */
  private boolean epoch(Listener listener) throws IOException {
    loss.warm(warmth());
    for (; batch < batches.count(); batch++) {
      if (!listener.goesOn()) {
        return false;
      }
      RhythmNetwork.learn(network, adam, batches.batch(epoch, batch));
    }
    if (epoch % EPOCHS_BETWEEN_COLLECTIONS == 0) {
      // Native arrays are freed only when Java's collector finds their handles, and it sees no
      // need to look: without this the worker grows to a gigabyte.
      System.gc();
    }
    Losses training = loss.take();
    Losses validation = judge == null ? null : judge.judge(network);
    losses = validation == null ? training : validation;
    if (!Double.isFinite(training.total()) || !Double.isFinite(losses.total())) {
      throw new IllegalStateException(
          "the losses diverge in epoch " + epoch + "; a lower learning rate may help");
    }
    compare();
    listener.heard(new Progress(epoch, hyper.epochs(), training, validation, adam.rate(epoch)));
    batch = 0;
    epoch++;
    if (hasNext() && (epoch - 1) % keeping.epochs() == 0) {
      keep();
    }
    return true;
  }

  private void keep() throws IOException {
    if (keeping.file() != null) {
      new Checkpoint(
              new Checkpoint.Position(
                  keeping.identity(),
                  epoch,
                  batch,
                  adam.steps(),
                  loss.sums(),
                  bestTotal,
                  bestEpoch),
              network.params(),
              adam.state(),
              best)
          .write(keeping.file());
    }
  }

  private Learned learned() {
    if (best != null) {
      network.params().assign(best);
    }
    int done = epochsDone();
    RhythmNetworks networks = new NetworkLayers(network).networks();
    return new Learned(done, best == null ? done : bestEpoch, networks, losses);
  }

  /** Keeps the best parameters where the training may end early. */
  private void compare() {
    if (patience == 0) {
      return;
    }
    if (losses.total() < bestTotal) {
      bestTotal = losses.total();
      bestEpoch = epoch;
      if (best == null) {
        best = network.params().dup();
      } else {
        best.assign(network.params());
      }
    }
    stopped = epoch - bestEpoch >= patience;
  }

  private double warmth() {
    double last = hyper.get(HyperParameter.WARM_UP) * hyper.epochs();
    return last == 0 ? 1 : Math.min(1, epoch / last);
  }
}
