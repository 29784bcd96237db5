package org.latentspace.training.vae;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.latentspace.model.RhythmNetworks.DecoderLayers;
import org.latentspace.model.RhythmNetworks.EncoderLayers;
import org.latentspace.training.model.RhythmModel;
import org.latentspace.training.rhythm.Example;

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
   * @param whole false where it was stopped; there are no layers then
   * @param epochs how many were done
   * @param best the epoch that the layers are of
   */
  public record Learned(
      boolean whole,
      int epochs,
      int best,
      EncoderLayers encoder,
      DecoderLayers decoder,
      Losses losses) {}

  /** Progress callback of a training, which may stop it. */
  public interface Listener {
    /** Asked before every batch; false stops the training there. */
    boolean goesOn();

    void heard(Progress progress);

    /** Something that the people should know, in one line. */
    void remark(String line);
  }

  private final HyperParameters hyper;

  public Trainer(HyperParameters hyper) {
    this.hyper = hyper;
  }

  /**
   * Trains to the end, to an early stop, or until the listener stops it.
   *
   * <p>Throws IllegalArgumentException without examples or where the model to continue from has
   * other sizes, IllegalStateException if losses diverge, IOException if the checkpoint cannot be
   * written.
   */
  public Learned train(Materials materials, Keeping keeping, Listener listener) throws IOException {
    if (materials.training().isEmpty()) {
      throw new IllegalArgumentException("there is nothing to learn from: no windows");
    }
    TrainingRun run = new TrainingRun(hyper, materials, keeping);
    run.resume(listener);
    while (run.hasNext()) {
      if (!run.epoch(listener)) {
        run.keep();
        return new Learned(false, run.epochsDone(), 0, null, null, null);
      }
    }
    return run.learned();
  }
}
