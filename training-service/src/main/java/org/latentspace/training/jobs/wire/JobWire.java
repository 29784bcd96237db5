package org.latentspace.training.jobs.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.Timestamps;
import java.util.Base64;
import org.latentspace.proto.HyperParameterSpec;
import org.latentspace.proto.Job;
import org.latentspace.proto.JobState;
import org.latentspace.proto.StartJobRequest;
import org.latentspace.training.jobs.JobConfig;

/** Says in the words of the contract how a job stands. */
public final class JobWire {
  private static final String PREFIX = "JOB_STATE_";

  private JobWire() {}

  /** A job as it is watched, listed and kept. */
  public static Job job(org.latentspace.training.jobs.Job job) {
    boolean done = job.state() == org.latentspace.training.jobs.Job.State.DONE;
    Job.Builder message =
        Job.newBuilder()
            .setJob(job.id())
            .setState(JobState.valueOf(PREFIX + job.state()))
            .setRequest(request(job.ask().request()))
            .setHyperParametersJson(job.material().hyperParameters())
            .setDataDigest(job.material().dataDigest())
            .setLoops(job.material().loops())
            .setValidationLoops(job.material().validationLoops())
            .setCreatedAt(Timestamps.fromMillis(job.times().created()))
            .setMessage(job.message())
            .setVersion(done ? job.material().version() : "")
            .setEpoch(job.epoch())
            .setEpochs(job.material().epochs())
            .setRestarts(job.restarts())
            .setPeakBytes(job.peakBytes());
    if (job.times().started() > 0) {
      message.setStartedAt(Timestamps.fromMillis(job.times().started()));
    }
    if (job.times().ended() > 0) {
      message.setEndedAt(Timestamps.fromMillis(job.times().ended()));
    }
    return message.build();
  }

  /** Throws IllegalArgumentException for a state that no job has. */
  public static org.latentspace.training.jobs.Job.State state(JobState state) {
    try {
      return org.latentspace.training.jobs.Job.State.valueOf(
          state.name().substring(PREFIX.length()));
    } catch (IllegalArgumentException | IndexOutOfBoundsException unknown) {
      throw new IllegalArgumentException(
          "states: must be of JOB_STATE_QUEUED, _RUNNING, _DONE, _CANCELLED, _FAILED", unknown);
    }
  }

  /** The whole request, as {@link org.latentspace.training.jobs.Job.Ask} keeps it. */
  public static String text(StartJobRequest request) {
    return Base64.getEncoder().encodeToString(request.toByteArray());
  }

  private static StartJobRequest request(String text) {
    try {
      return StartJobRequest.parseFrom(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException | InvalidProtocolBufferException damaged) {
      return StartJobRequest.getDefaultInstance();
    }
  }

  /** The request that stands for a job of the automatic policy. */
  public static StartJobRequest automatic(JobConfig.Policy policy, long newBars) {
    return StartJobRequest.newBuilder()
        .setModel(policy.model())
        .setKit(policy.kit())
        .setHyperParameters(HyperParameterSpec.newBuilder().setPreset(policy.preset()))
        .setActivateIfBetter(true)
        .setNote("automatic: " + newBars + " new bars")
        .build();
  }
}
