package org.latentspace.training.jobs.inlet;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import org.latentspace.proto.JobProgress;
import org.latentspace.training.inlet.Answers;
import org.latentspace.training.jobs.Epoch;
import org.latentspace.training.jobs.JobEvents;
import org.latentspace.training.jobs.JobQueue;
import org.latentspace.training.jobs.wire.JobWire;

/** Streams the events of a job to one caller, at the caller's pace, until the job's end. */
final class JobStream {
  private final ServerCallStreamObserver<JobProgress> response;
  // All guarded by this.
  private JobEvents events;
  private boolean over;

  private JobStream(StreamObserver<JobProgress> response) {
    this.response = (ServerCallStreamObserver<JobProgress>) response;
  }

  /** To be called within the call's own method. */
  static void watch(JobQueue queue, String job, StreamObserver<JobProgress> response) {
    JobStream stream = new JobStream(response);
    stream.response.setOnCancelHandler(stream::leave);
    stream.response.setOnReadyHandler(stream::go);
    try {
      stream.follow(queue.watch(job, stream::go));
    } catch (RuntimeException fault) {
      response.onError(Answers.status(fault));
    }
  }

  private void follow(JobEvents opened) {
    synchronized (this) {
      events = opened;
      if (over) {
        opened.close();
      }
    }
    go();
  }

  private synchronized void go() {
    while (events != null && !over && response.isReady()) {
      JobEvents.Event event = events.poll();
      if (event == null) {
        return;
      }
      response.onNext(progress(event));
      if (event.job().state().ended()) {
        over = true;
        response.onCompleted();
      }
    }
  }

  private synchronized void leave() {
    over = true;
    if (events != null) {
      events.close();
    }
  }

  private static JobProgress progress(JobEvents.Event event) {
    JobProgress.Builder message = JobProgress.newBuilder().setJob(JobWire.job(event.job()));
    if (event.epoch() != null) {
      message.setEpoch(report(event.epoch()));
    }
    return message.build();
  }

  private static org.latentspace.proto.EpochReport report(Epoch epoch) {
    org.latentspace.proto.EpochReport.Builder message =
        org.latentspace.proto.EpochReport.newBuilder()
            .setEpoch(epoch.epoch())
            .setEpochs(epoch.epochs())
            .setLearningRate(epoch.learningRate())
            .setSeconds(epoch.seconds())
            .setSecondsLeft(epoch.secondsLeft())
            .setResidentBytes(epoch.residentBytes());
    if (epoch.training() != null) {
      message.setTraining(losses(epoch.training()));
    }
    if (epoch.validation() != null) {
      message.setValidation(losses(epoch.validation()));
    }
    return message.build();
  }

  private static org.latentspace.proto.Losses losses(Epoch.Losses losses) {
    return org.latentspace.proto.Losses.newBuilder()
        .setOnset(losses.onset())
        .setVelocity(losses.velocity())
        .setOffset(losses.offset())
        .setDivergence(losses.divergence())
        .setTotal(losses.total())
        .build();
  }
}
