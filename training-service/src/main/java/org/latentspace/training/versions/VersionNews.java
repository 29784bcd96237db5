package org.latentspace.training.versions;

import java.util.concurrent.CompletionStage;

/** Where others hear of versions. Every call completes when what was said cannot get lost. */
public interface VersionNews {
  CompletionStage<Void> published(Version version);

  CompletionStage<Void> deleted(String model, String version);

  CompletionStage<Void> activated(Activation activation);
}
