package org.latentspace.training;

import java.io.IOException;
import org.latentspace.training.vae.Trainer;
import org.latentspace.training.work.Training;
import org.latentspace.training.work.WorkOrder;

/**
 * Rhythms become a model. Read this first.
 *
 * <pre>
 * pieces -> windows on a grid -> split by piece -> train -> range, thresholds -> score card -> model
 * </pre>
 */
public final class TrainingFlow {

  /** Trains in this process; see {@link Training} for what it throws. */
  public Training.Trained train(
      WorkOrder order, Trainer.Materials materials, Trainer.Listener listener) throws IOException {
    return new Training(order).train(materials, null, listener);
  }
}
