package org.latentspace.training.vae;

import java.io.IOException;
import java.nio.file.Files;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One training from its first batch to its last: everything that a checkpoint keeps. */
final class TrainingRun {
  private static final int EPOCHS_BETWEEN_COLLECTIONS = 5;

  private final HyperParameters hyper;
  private final Trainer.Keeping keeping;
  private final Batches batches;
  private final Validation judge;
  private final RhythmLoss loss;
  private final CosineDecay learningRate;
  private final ComputationGraph network;
  private final int patience;
  private int epoch = 1;
  private int batch;
  private double bestTotal = Double.POSITIVE_INFINITY;
  private int bestEpoch;
  private INDArray best;
  private Losses losses;
  private boolean stopped;

  TrainingRun(HyperParameters hyper, Trainer.Materials materials, Trainer.Keeping keeping) {
    this.hyper = hyper;
    this.keeping = keeping;
    int cells = materials.training().get(0).rhythm().size();
    batches = new Batches(materials.training(), hyper);
    judge =
        materials.validation().isEmpty()
            ? null
            : new Validation(materials.validation(), hyper, batches.prior());
    loss = new RhythmLoss(cells, hyper.layers().latent(), hyper.weights());
    learningRate =
        new CosineDecay(hyper.get(HyperParameter.LEARNING_RATE), hyper.epochs(), batches.count());
    network = RhythmNetwork.build(hyper, cells, loss, learningRate);
    patience = hyper.whole(HyperParameter.PATIENCE);
    if (materials.from() != null) {
      Continuation.load(network, materials.from(), materials.training());
    }
  }

  /** Takes up a checkpoint if there is one; a damaged one is reported and left. */
  void resume(Trainer.Listener listener) {
    if (keeping.file() == null || !Files.exists(keeping.file())) {
      return;
    }
    try {
      Checkpoint kept = Checkpoint.read(keeping.file(), keeping.identity());
      if (kept.parameters().length() != network.params().length()
          || kept.updater().length() != updater().length()) {
        throw new IOException("its sizes are another network's");
      }
      network.params().assign(kept.parameters());
      updater().assign(kept.updater());
      network.getConfiguration().setIterationCount(kept.iterations());
      loss.goOn(kept.sums());
      epoch = kept.epoch();
      batch = kept.batch();
      bestTotal = kept.bestTotal();
      bestEpoch = kept.bestEpoch();
      best = kept.best();
      listener.remark("goes on from epoch " + epoch + ", batch " + batch);
    } catch (IOException damaged) {
      listener.remark(
          "the checkpoint cannot be used, the training begins anew: " + damaged.getMessage());
    }
  }

  boolean hasNext() {
    return epoch <= hyper.epochs() && !stopped;
  }

  int epochsDone() {
    return epoch - 1;
  }

  /** Learns to the end of the epoch; false where the listener stopped it before. */
  boolean epoch(Trainer.Listener listener) throws IOException {
    loss.warm(warmth());
    for (; batch < batches.count(); batch++) {
      if (!listener.goesOn()) {
        return false;
      }
      network.fit(batches.batch(epoch, batch));
    }
    if (epoch % EPOCHS_BETWEEN_COLLECTIONS == 0) {
      // Native arrays are freed only when Java's collector finds their handles, and it sees no
      // need to look: without this the worker grows to a gigabyte.
      System.gc();
    }
    Losses training = Losses.of(loss.take(), hyper.weights());
    Losses validation = judge == null ? null : judge.judge(network);
    losses = validation == null ? training : validation;
    if (!Double.isFinite(training.total()) || !Double.isFinite(losses.total())) {
      throw new IllegalStateException(
          "the losses diverge in epoch " + epoch + "; a lower learning rate may help");
    }
    compare();
    listener.heard(
        new Trainer.Progress(epoch, hyper.epochs(), training, validation, learningRate.at(epoch)));
    batch = 0;
    epoch++;
    if (hasNext() && (epoch - 1) % keeping.epochs() == 0) {
      keep();
    }
    return true;
  }

  void keep() throws IOException {
    if (keeping.file() != null) {
      new Checkpoint(
              keeping.identity(),
              epoch,
              batch,
              network.getConfiguration().getIterationCount(),
              loss.sums(),
              bestTotal,
              bestEpoch,
              network.params(),
              updater(),
              best)
          .write(keeping.file());
    }
  }

  Trainer.Learned learned() {
    if (best != null) {
      network.params().assign(best);
    }
    Export export = new Export(network);
    int done = epochsDone();
    return new Trainer.Learned(
        true, done, best == null ? done : bestEpoch, export.encoder(), export.decoder(), losses);
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

  private INDArray updater() {
    return network.getUpdater(true).getStateViewArray();
  }
}
