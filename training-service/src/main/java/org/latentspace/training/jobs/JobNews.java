package org.latentspace.training.jobs;

import java.util.concurrent.CompletionStage;

/** Where others hear of jobs. */
public interface JobNews {
  /** Completes when what was said cannot get lost. */
  CompletionStage<Void> changed(Job job);

  /** A job of long ago is not remembered any more. */
  CompletionStage<Void> forgotten(String job);
}
