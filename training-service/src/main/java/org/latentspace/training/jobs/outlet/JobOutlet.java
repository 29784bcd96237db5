package org.latentspace.training.jobs.outlet;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.latentspace.training.jobs.Job;
import org.latentspace.training.jobs.JobListener;
import org.latentspace.training.jobs.wire.JobWire;
import org.latentspace.wire.kept.KeptOutlet;
import org.latentspace.wire.kept.KeptOutlets;
import org.latentspace.wire.kept.Topic;

/** Publishes the state of every job in the topic training-jobs. */
@Singleton
public class JobOutlet implements JobListener {
  private final KeptOutlet topic;

  @Inject
  JobOutlet(KeptOutlets outlets) {
    topic = outlets.open(Topic.TRAINING_JOBS);
  }

  @Override
  public CompletionStage<Void> changed(Job job) {
    return topic.keep(job.id(), JobWire.job(job).toByteArray());
  }

  @Override
  public CompletionStage<Void> forgotten(String job) {
    return topic.keep(job, null);
  }

  @Override
  public void whenLost(Supplier<CompletionStage<Integer>> tellAll) {
    topic.store(tellAll::get);
  }
}
