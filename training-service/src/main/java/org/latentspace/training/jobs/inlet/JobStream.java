package org.latentspace.training.jobs.inlet;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import org.latentspace.proto.JobProgress;
import org.latentspace.training.inlet.Answers;
import org.latentspace.training.jobs.JobEvents;
import org.latentspace.training.jobs.JobQueue;
import org.latentspace.training.jobs.wire.JobWire;

/** Streams the events of a job to one caller, at the caller's pace, until the job's end. */
final class JobStream {
  private static final JsonFormat.Parser REPORTS = JsonFormat.parser().ignoringUnknownFields();

  private final ServerCallStreamObserver<JobProgress> response;
  // All guarded by this.
  private JobEvents.Subscription events;
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

  private void follow(JobEvents.Subscription opened) {
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
    if (event.report() != null) {
      try {
        REPORTS.merge(event.report(), message.getEpochBuilder());
      } catch (InvalidProtocolBufferException unreadable) {
        message.clearEpoch();
      }
    }
    return message.build();
  }
}
