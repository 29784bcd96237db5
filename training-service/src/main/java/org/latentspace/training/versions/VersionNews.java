package org.latentspace.training.versions;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Where others hear of versions. Every call completes when what was said cannot get lost. */
public interface VersionNews {
  CompletionStage<Void> published(Version version);

  CompletionStage<Void> deleted(String model, String version);

  CompletionStage<Void> activated(Activation activation);

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
