package org.latentspace.training.jobs.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.Timestamps;
import org.latentspace.proto.HyperParameterSpec;
import org.latentspace.proto.Job;
import org.latentspace.proto.JobState;
import org.latentspace.proto.StartJobRequest;
import org.latentspace.training.jobs.JobConfig;

/** Says in the words of the contract how a job stands. */
public final class JobWire {
  private JobWire() {}

  /** A job as it is watched, listed and kept. */
  public static Job job(org.latentspace.training.jobs.Job job) {
    boolean done = job.state() == org.latentspace.training.jobs.JobState.DONE;
    Job.Builder message =
        Job.newBuilder()
            .setJob(job.id())
            .setState(state(job.state()))
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

  private static JobState state(org.latentspace.training.jobs.JobState state) {
    return switch (state) {
      case QUEUED -> JobState.JOB_STATE_QUEUED;
      case RUNNING -> JobState.JOB_STATE_RUNNING;
      case DONE -> JobState.JOB_STATE_DONE;
      case CANCELLED -> JobState.JOB_STATE_CANCELLED;
      case FAILED -> JobState.JOB_STATE_FAILED;
    };
  }

  private static StartJobRequest request(byte[] bytes) {
    try {
      return StartJobRequest.parseFrom(ByteString.copyFrom(bytes));
    } catch (InvalidProtocolBufferException damaged) {
      return StartJobRequest.getDefaultInstance();
    }
  }

  /** The request that stands for a job of the automatic policy. */
  public static StartJobRequest automatic(JobConfig.Policy policy) {
    return StartJobRequest.newBuilder()
        .setModel(policy.model())
        .setKit(policy.kit())
        .setHyperParameters(HyperParameterSpec.newBuilder().setPreset(policy.preset()))
        .setActivateIfBetter(true)
        .setNote("automatic: " + policy.newBars() + " new bars")
        .build();
  }
}
