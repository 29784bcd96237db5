package org.latentspace.benchmarks;

import io.grpc.ManagedChannel;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.latentspace.proto.HyperParameterSpec;
import org.latentspace.proto.Job;
import org.latentspace.proto.JobProgress;
import org.latentspace.proto.JobRequest;
import org.latentspace.proto.Selection;
import org.latentspace.proto.StartJobRequest;
import org.latentspace.proto.TrainingServiceGrpc;

/** A training job of the product's own 448 bars that runs until it is told to end. */
final class TrainingBeside {
  private static final int PATIENCE_S = 120;

  private final TrainingServiceGrpc.TrainingServiceBlockingStub training;
  private final JobRequest job;

  /** Starts the job and waits for its first epoch. */
  TrainingBeside(ManagedChannel channel) {
    training = TrainingServiceGrpc.newBlockingStub(channel);
    Job started =
        training.startJob(
            StartJobRequest.newBuilder()
                .setModel("benchmark")
                .setSelection(Selection.newBuilder().addSources("built-in"))
                .setHyperParameters(
                    HyperParameterSpec.newBuilder().setPreset("rhythm-vae").setEpochs(100_000))
                .build());
    job = JobRequest.newBuilder().setJob(started.getJob()).build();
    Iterator<JobProgress> progress =
        training.withDeadlineAfter(PATIENCE_S, TimeUnit.SECONDS).watchJob(job);
    while (!progress.next().hasEpoch()) {
      // Queued or starting.
    }
  }

  /** Whether it has ended by itself, which it should not. */
  boolean isOver() {
    return training.getJob(job).hasEndedAt();
  }

  /** Ends it, and says how far it came. */
  String end() {
    Job now = training.getJob(job);
    if (!isOver()) {
      training.cancelJob(job);
    }
    return now.getEpoch() + " epochs, peak " + (now.getPeakBytes() >> 20) + " MB";
  }
}
