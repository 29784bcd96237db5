package org.latentspace.training.jobs.inlet;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import org.latentspace.proto.JobProgress;
import org.latentspace.training.inlet.Answers;
import org.latentspace.training.jobs.Epoch;
import org.latentspace.training.jobs.Feed;
import org.latentspace.training.jobs.JobQueue;
import org.latentspace.training.jobs.outlet.JobWire;

/** Tells one watcher what a job does, as fast as that one hears it, until the job's end. */
final class JobStream {
  private final ServerCallStreamObserver<JobProgress> response;
  // All guarded by this.
  private Feed feed;
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

  private void follow(Feed opened) {
    synchronized (this) {
      feed = opened;
      if (over) {
        opened.close();
      }
    }
    go();
  }

  private synchronized void go() {
    while (feed != null && !over && response.isReady()) {
      Feed.News news = feed.poll();
      if (news == null) {
        return;
      }
      response.onNext(progress(news));
      if (news.job().state().ended()) {
        over = true;
        response.onCompleted();
      }
    }
  }

  private synchronized void leave() {
    over = true;
    if (feed != null) {
      feed.close();
    }
  }

  private static JobProgress progress(Feed.News news) {
    JobProgress.Builder message = JobProgress.newBuilder().setJob(JobWire.job(news.job()));
    if (news.epoch() != null) {
      message.setEpoch(report(news.epoch()));
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
