package org.latentspace.training.jobs.inlet;

import io.grpc.stub.StreamObserver;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.latentspace.proto.Job;
import org.latentspace.proto.JobProgress;
import org.latentspace.proto.JobRequest;
import org.latentspace.proto.ListJobsReply;
import org.latentspace.proto.ListJobsRequest;
import org.latentspace.proto.StartJobRequest;
import org.latentspace.proto.TrainingServiceGrpc;
import org.latentspace.training.data.Page;
import org.latentspace.training.inlet.Answers;
import org.latentspace.training.jobs.Job.State;
import org.latentspace.training.jobs.JobQueue;
import org.latentspace.training.jobs.JobRunner;
import org.latentspace.training.jobs.JobSubmission;
import org.latentspace.training.jobs.wire.JobWire;

/** The gRPC service for jobs. Every call may touch the disk. */
@Singleton
public class TrainingInlet extends TrainingServiceGrpc.TrainingServiceImplBase {
  @Inject JobSubmission submission;
  @Inject JobQueue queue;
  @Inject JobRunner runner;

  @Override
  public void startJob(StartJobRequest request, StreamObserver<Job> response) {
    Answers.answer(response, () -> JobWire.job(submission.submit(JobOrders.read(request))));
  }

  @Override
  public void watchJob(JobRequest request, StreamObserver<JobProgress> response) {
    JobStream.watch(queue, request.getJob(), response);
  }

  @Override
  public void getJob(JobRequest request, StreamObserver<Job> response) {
    Answers.answer(response, () -> JobWire.job(queue.get(request.getJob())));
  }

  @Override
  public void listJobs(ListJobsRequest request, StreamObserver<ListJobsReply> response) {
    Answers.answer(response, () -> list(request));
  }

  private ListJobsReply list(ListJobsRequest request) {
    Set<State> states = EnumSet.noneOf(State.class);
    request.getStatesList().forEach(state -> states.add(JobWire.state(state)));
    List<Job> jobs = queue.list(states).stream().map(JobWire::job).toList();
    Page<Job> page =
        Page.behind(
            request.getPageToken(),
            jobs,
            request.getPageSize(),
            Job::getJob,
            Job::getSerializedSize);
    return ListJobsReply.newBuilder()
        .addAllJobs(page.entries())
        .setNextPageToken(page.next())
        .build();
  }

  @Override
  public void cancelJob(JobRequest request, StreamObserver<Job> response) {
    Answers.answer(response, () -> JobWire.job(runner.cancel(request.getJob())));
  }

  @Override
  public void resumeJob(JobRequest request, StreamObserver<Job> response) {
    Answers.answer(response, () -> JobWire.job(queue.resume(request.getJob())));
  }
}
