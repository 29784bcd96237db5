package org.latentspace.training.versions;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Publishes changes of versions. Every call completes once its record is durable. */
public interface VersionListener {
  CompletionStage<Void> published(Version version);

  CompletionStage<Void> deleted(String model, String version);

  CompletionStage<Void> activated(ModelActivation activation);

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
