package org.latentspace.training.jobs.inlet;

import static org.latentspace.training.inlet.Fields.in;
import static org.latentspace.training.inlet.Fields.or;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.latentspace.proto.GetPolicyRequest;
import org.latentspace.proto.HyperParameterSpec;
import org.latentspace.proto.Job;
import org.latentspace.proto.JobProgress;
import org.latentspace.proto.JobRequest;
import org.latentspace.proto.ListJobsReply;
import org.latentspace.proto.ListJobsRequest;
import org.latentspace.proto.Policy;
import org.latentspace.proto.StartJobRequest;
import org.latentspace.proto.TrainingServiceGrpc;
import org.latentspace.training.data.Kits;
import org.latentspace.training.data.Page;
import org.latentspace.training.data.wire.DataWire;
import org.latentspace.training.inlet.Answers;
import org.latentspace.training.inlet.Fields;
import org.latentspace.training.jobs.AutomaticJobs;
import org.latentspace.training.jobs.Job.Ask;
import org.latentspace.training.jobs.Job.State;
import org.latentspace.training.jobs.JobEvents;
import org.latentspace.training.jobs.JobQueue;
import org.latentspace.training.jobs.JobRunner;
import org.latentspace.training.jobs.JobSubmission;
import org.latentspace.training.jobs.wire.JobWire;
import org.latentspace.training.vae.HyperParameter;
import org.latentspace.training.vae.HyperParameters;

/** The gRPC service for jobs. Every call may touch the disk. */
@Singleton
public class TrainingInlet extends TrainingServiceGrpc.TrainingServiceImplBase {
  @Inject JobSubmission submission;
  @Inject JobQueue queue;
  @Inject JobRunner runner;
  @Inject AutomaticJobs automatic;

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

  @Override
  public void getPolicy(GetPolicyRequest request, StreamObserver<Policy> response) {
    Answers.answer(response, this::policy);
  }

  @Override
  public void setPolicy(Policy wanted, StreamObserver<Policy> response) {
    Answers.answer(
        response,
        () -> {
          if (wanted.hasNewBars()) {
            automatic.want(wanted.getNewBars());
          }
          return policy();
        });
  }

  private Policy policy() {
    AutomaticJobs.State state = automatic.state();
    return Policy.newBuilder()
        .setNewBars(state.wanted())
        .setBarsSince(state.since())
        .setJob(state.job())
        .setStatus(state.status())
        .build();
  }

  /** Streams the events of a job to one caller, at the caller's pace, until the job's end. */
  private static final class JobStream {
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

  /** Reads orders for jobs from the wire, and says which field is wrong. */
  private static final class JobOrders {
    private static final String STANDARD_MODEL = "rhythm";
    private static final int LONGEST_NOTE = 1000;
    private static final int LARGEST_REQUEST = 256 << 10;

    private JobOrders() {}

    /** Throws IllegalArgumentException that names the field, its value and what would be right. */
    static JobSubmission.Order read(StartJobRequest request) {
      if (request.getSerializedSize() > LARGEST_REQUEST) {
        throw new IllegalArgumentException(
            "the request has " + request.getSerializedSize() + " bytes, at most 256 KiB");
      }
      Ask ask =
          new Ask(
              or(request.getModel(), STANDARD_MODEL),
              request.getFromVersion(),
              request.getActivateIfBetter(),
              false,
              JobWire.text(request));
      JobSubmission.Source source =
          new JobSubmission.Source(
              in("selection", () -> DataWire.read(request.getSelection())),
              request.hasValidation()
                  ? in("validation", () -> DataWire.read(request.getValidation()))
                  : null,
              in("grid", () -> Fields.grid(request.getGrid())),
              or(request.getKit(), Kits.SIX_ROBOTS));
      return new JobSubmission.Order(
          ask,
          source,
          in("hyper_parameters", () -> read(request.getHyperParameters())),
          text("licence", request.getLicence()),
          text("attribution", request.getAttribution()),
          text("note", request.getNote()));
    }

    /** The preset's values but for those that are set; a field is named as its hyper-parameter. */
    static HyperParameters read(HyperParameterSpec spec) {
      HyperParameters hyper = HyperParameters.preset(or(spec.getPreset(), "six-robots"));
      for (Map.Entry<FieldDescriptor, Object> set : spec.getAllFields().entrySet()) {
        String name = set.getKey().getName();
        if (name.equals("seed")) {
          hyper = hyper.withSeed(spec.getSeed());
        } else if (!name.equals("preset")) {
          hyper = hyper.with(HyperParameter.named(name), number(set.getKey(), set.getValue()));
        }
      }
      return hyper;
    }

    private static double number(FieldDescriptor field, Object value) {
      return field.getType() == FieldDescriptor.Type.UINT32
          ? Integer.toUnsignedLong((Integer) value)
          : ((Number) value).doubleValue();
    }

    private static String text(String field, String value) {
      if (value.length() > LONGEST_NOTE) {
        throw new IllegalArgumentException(
            field + " has " + value.length() + " characters, at most " + LONGEST_NOTE);
      }
      return value;
    }
  }
}
