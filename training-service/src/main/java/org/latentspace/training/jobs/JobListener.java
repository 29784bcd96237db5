package org.latentspace.training.jobs;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Publishes changes of jobs. */
public interface JobListener {
  /** Completes once the record is durable. */
  CompletionStage<Void> changed(Job job);

  /** An old job is not remembered any more. */
  CompletionStage<Void> forgotten(String job);

  /**
   * Registers what publishes everything anew where the log has lost its records.
   *
   * @param tellAll completes with the number of records once they are durable; fails while they
   *     cannot be published yet
   */
  default void whenLost(Supplier<CompletionStage<Integer>> tellAll) {
    // A log that never loses records needs nothing.
  }
}
