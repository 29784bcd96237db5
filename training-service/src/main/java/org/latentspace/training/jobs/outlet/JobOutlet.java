package org.latentspace.training.jobs.outlet;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.latentspace.training.jobs.Job;
import org.latentspace.training.jobs.JobNews;
import org.latentspace.wire.kept.KeptOutlet;
import org.latentspace.wire.kept.KeptOutlets;
import org.latentspace.wire.kept.Topic;

/** Tells the topic training-jobs how every job stands. */
@Singleton
public class JobOutlet implements JobNews {
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
