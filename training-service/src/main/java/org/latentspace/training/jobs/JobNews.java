package org.latentspace.training.jobs;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Where others hear of jobs. */
public interface JobNews {
  /** Completes when what was said cannot get lost. */
  CompletionStage<Void> changed(Job job);

  /** A job of long ago is not remembered any more. */
  CompletionStage<Void> forgotten(String job);

  /**
   * Where others have lost what they had heard, all of it is told again.
   *
   * @param tellAll completes with how many were told, when that cannot get lost; fails while they
   *     cannot be told yet
   */
  default void whenLost(Supplier<CompletionStage<Integer>> tellAll) {
    // Who never loses anything needs nothing again.
  }
}
