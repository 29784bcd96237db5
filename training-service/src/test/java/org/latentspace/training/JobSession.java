package org.latentspace.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.function.Executable;
import org.latentspace.proto.CompareReply;
import org.latentspace.proto.CompareRequest;
import org.latentspace.proto.EvaluateReply;
import org.latentspace.proto.EvaluateRequest;
import org.latentspace.proto.HyperParameterSpec;
import org.latentspace.proto.Job;
import org.latentspace.proto.JobProgress;
import org.latentspace.proto.JobRequest;
import org.latentspace.proto.JobState;
import org.latentspace.proto.LibraryRequest;
import org.latentspace.proto.ListJobsRequest;
import org.latentspace.proto.ListVersionsReply;
import org.latentspace.proto.ListVersionsRequest;
import org.latentspace.proto.ModelChunk;
import org.latentspace.proto.ModelServiceGrpc;
import org.latentspace.proto.ModelVersion;
import org.latentspace.proto.RollBackRequest;
import org.latentspace.proto.Selection;
import org.latentspace.proto.StartJobRequest;
import org.latentspace.proto.TrainingServiceGrpc;
import org.latentspace.proto.VersionReply;
import org.latentspace.proto.VersionRequest;

/** A researcher who trains, looks at versions and lets them play, over gRPC. */
final class JobSession {
  /** A training has the lowest priority: on a busy machine it waits for all others. */
  private static final int PATIENCE_S = 150;

  private static final Selection BUILT_IN = Selection.newBuilder().addSources("built-in").build();

  private final ManagedChannel channel;
  private final TrainingServiceGrpc.TrainingServiceBlockingStub jobs;
  private final ModelServiceGrpc.ModelServiceBlockingStub models;
  private final String model = "line-" + Long.toString(System.nanoTime(), 36);
  private String first;
  private String second;

  JobSession(ManagedChannel channel) {
    this.channel = channel;
    jobs = TrainingServiceGrpc.newBlockingStub(channel);
    models = ModelServiceGrpc.newBlockingStub(channel);
  }

  private StartJobRequest.Builder order(int epochs) {
    return StartJobRequest.newBuilder()
        .setModel(model)
        .setSelection(BUILT_IN)
        .setActivateIfBetter(true)
        .setNote("a test")
        .setHyperParameters(
            HyperParameterSpec.newBuilder()
                .setEpochs(epochs)
                .setEncoderBranch(8)
                .setEncoderTrunk(8)
                .setDecoderTrunk(16)
                .setDecoderBranch(16)
                .setSeed(3));
  }

  void trainsAndWatches() {
    Job queued = jobs.startJob(order(2).build());
    assertTrue(queued.getJob().matches("job-[a-z0-9]{12}"), queued.getJob());
    List<JobProgress> heard = watch(queued.getJob());
    Job done = heard.get(heard.size() - 1).getJob();
    assertEquals(JobState.JOB_STATE_DONE, done.getState(), done.getMessage());
    assertEquals(2, heard.stream().filter(JobProgress::hasEpoch).count());
    assertTrue(
        heard.stream().anyMatch(listener -> listener.getEpoch().getTraining().getOnset() > 0));
    assertTrue(
        heard.stream().anyMatch(listener -> listener.getEpoch().getValidation().getOnset() > 0));
    assertTrue(done.getMessage().startsWith("not activated: no version"), done.getMessage());
    assertTrue(done.getPeakBytes() > 50_000_000, "peak " + done.getPeakBytes());
    assertTrue(done.getLoops() > done.getValidationLoops() && done.getValidationLoops() > 0);
    assertEquals("a test", done.getRequest().getNote());
    first = done.getVersion();
    assertEquals(model + "-1", first);
    assertEquals(done, jobs.getJob(name(done.getJob())));
    assertEquals(
        done, jobs.listJobs(ListJobsRequest.newBuilder().setPageSize(1).build()).getJobs(0));
  }

  private List<JobProgress> watch(String job) {
    List<JobProgress> heard = new ArrayList<>();
    Iterator<JobProgress> stream =
        jobs.withDeadlineAfter(PATIENCE_S, TimeUnit.SECONDS).watchJob(name(job));
    stream.forEachRemaining(heard::add);
    return heard;
  }

  void activatesWhatIsBetter() {
    assertEquals("researcher", models.activate(version(first)).getReason());
    Job job = jobs.startJob(order(25).setFromVersion(first).build());
    List<JobProgress> heard = watch(job.getJob());
    Job done = heard.get(heard.size() - 1).getJob();
    assertEquals(JobState.JOB_STATE_DONE, done.getState(), done.getMessage());
    assertTrue(done.getMessage().contains(first + " (plays)"), done.getMessage());
    assertTrue(done.getMessage().contains("F1"), done.getMessage());
    second = done.getVersion();
    boolean activated = done.getMessage().startsWith("activated");
    VersionReply reply = models.getVersion(version(second));
    assertEquals(activated, reply.getActive(), done.getMessage());
    assertEquals(first, reply.getVersion().getContinuedFrom());
    assertTrue(reply.getScoreCardTable().contains("onset F1"), reply.getScoreCardTable());
    if (!activated) {
      models.activate(version(second));
    }
    CompareReply compared =
        models.compare(
            CompareRequest.newBuilder()
                .setModel(model)
                .setVersionA(first)
                .setVersionB(second)
                .build());
    assertTrue(compared.getTable().contains("onset F1"), compared.getTable());
    assertEquals(activated, compared.getBetter().equals("b"), compared.getTable());
  }

  void takesFilesOutAndBringsThemIn() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Iterator<ModelChunk> chunks = models.download(version(first));
    ModelVersion description = chunks.next().getDescription();
    chunks.forEachRemaining(chunk -> bytes.writeBytes(chunk.getData().toByteArray()));
    assertEquals(description.getBytes(), bytes.size());
    String other = model + "-b";
    ModelVersion brought = upload(other, first, description.getSha256(), bytes.toByteArray());
    assertEquals(description.getSha256(), brought.getSha256());
    refused(
        Status.Code.ALREADY_EXISTS,
        "never used twice",
        () -> upload(other, first, "", bytes.toByteArray()));
    refused(
        Status.Code.INVALID_ARGUMENT,
        "sha256",
        () -> upload(model, "x", "00", bytes.toByteArray()));
    byte[] damaged = bytes.toByteArray();
    damaged[20] ^= 64;
    refused(Status.Code.INVALID_ARGUMENT, "", () -> upload(model, "x", "", damaged));
    ListVersionsReply all =
        models.listVersions(ListVersionsRequest.newBuilder().setModel(other).build());
    assertEquals(List.of(brought), all.getVersionsList());
    assertEquals(brought, models.deleteVersion(version(first).toBuilder().setModel(other).build()));
  }

  private ModelVersion upload(String line, String name, String sum, byte[] file) throws Exception {
    return Uploads.upload(channel, line + "/" + name, sum, file);
  }

  void scoresOnOtherDataAndGivesPlayersTheirLibrary() {
    EvaluateReply card =
        models.evaluate(
            EvaluateRequest.newBuilder()
                .setModel(model)
                .setVersion(first)
                .setSelection(BUILT_IN)
                .build());
    assertTrue(card.getScoreCardJson().contains("\"f1\""), card.getScoreCardJson());
    List<String> voices = new ArrayList<>();
    int[] loops = {0};
    models
        .library(LibraryRequest.newBuilder().setModel(model).setVersion(first).build())
        .forEachRemaining(
            entry -> {
              loops[0]++;
              voices.addAll(loops[0] == 1 ? entry.getRhythm().getVoicesList() : List.of());
            });
    assertTrue(loops[0] > 100 && voices.size() == 6, loops[0] + " " + voices);
    refused(
        Status.Code.NOT_FOUND,
        "voices",
        () ->
            models
                .library(LibraryRequest.newBuilder().setModel("x").addVoices("gong").build())
                .next());
  }

  void goesBackToWhatPlayedBefore() {
    RollBackRequest back = RollBackRequest.newBuilder().setModel(model).build();
    refused(Status.Code.FAILED_PRECONDITION, "plays", () -> models.deleteVersion(version(second)));
    assertEquals(first, models.rollBack(back).getVersion());
    assertEquals("built-in", models.rollBack(back).getVersion());
    refused(Status.Code.FAILED_PRECONDITION, "nothing to go back", () -> models.rollBack(back));
  }

  void cancelsAndResumes() {
    Job long1 = jobs.startJob(order(100_000).build());
    Iterator<JobProgress> listener =
        jobs.withDeadlineAfter(PATIENCE_S, TimeUnit.SECONDS).watchJob(name(long1.getJob()));
    while (!listener.next().hasEpoch()) {
      // Before the first epoch there is nothing to go on from.
    }
    Job waits = jobs.startJob(order(1).build());
    assertEquals(JobState.JOB_STATE_CANCELLED, jobs.cancelJob(name(waits.getJob())).getState());
    Job cancelled = jobs.cancelJob(name(long1.getJob()));
    assertEquals(JobState.JOB_STATE_CANCELLED, cancelled.getState(), cancelled.getMessage());
    assertTrue(cancelled.getEpoch() >= 1);
    jobs.resumeJob(name(long1.getJob()));
    Iterator<JobProgress> again =
        jobs.withDeadlineAfter(PATIENCE_S, TimeUnit.SECONDS).watchJob(name(long1.getJob()));
    JobProgress next = again.next();
    while (!next.hasEpoch()) {
      next = again.next();
    }
    assertTrue(next.getEpoch().getEpoch() > cancelled.getEpoch(), next.toString());
    jobs.cancelJob(name(long1.getJob()));
  }

  void isToldWhatWouldBeRight() {
    refused(Status.Code.NOT_FOUND, "newest are", () -> jobs.getJob(name("../../etc/passwd")));
    refused(Status.Code.NOT_FOUND, "no such job", () -> jobs.watchJob(name("job-x")).next());
    refused(Status.Code.NOT_FOUND, "kit", () -> jobs.startJob(order(1).setKit("tin").build()));
    refused(
        Status.Code.INVALID_ARGUMENT,
        "model is 'No/Go'",
        () -> jobs.startJob(order(1).setModel("No/Go").build()));
    refused(
        Status.Code.INVALID_ARGUMENT,
        "hyper_parameters: epochs is 0",
        () -> jobs.startJob(order(0).build()));
    StartJobRequest.Builder preset = order(1);
    preset.getHyperParametersBuilder().setPreset("louder");
    refused(Status.Code.INVALID_ARGUMENT, "louder", () -> jobs.startJob(preset.build()));
    StartJobRequest.Builder none = order(1);
    none.getSelectionBuilder().setNameContains("nobody has this name");
    refused(Status.Code.FAILED_PRECONDITION, "no loops", () -> jobs.startJob(none.build()));
    StartJobRequest.Builder wide = order(1).setFromVersion(first);
    wide.getHyperParametersBuilder().setDecoderTrunk(17);
    refused(Status.Code.INVALID_ARGUMENT, "17", () -> jobs.startJob(wide.build()));
    refused(
        Status.Code.NOT_FOUND,
        "from_version",
        () -> jobs.startJob(order(1).setFromVersion("gone").build()));
    refused(Status.Code.NOT_FOUND, first, () -> models.getVersion(version("gone")));
    refused(Status.Code.INVALID_ARGUMENT, "version is", () -> models.activate(version("../up")));
    refused(
        Status.Code.INVALID_ARGUMENT,
        "page_size",
        () -> jobs.listJobs(ListJobsRequest.newBuilder().setPageSize(1001).build()));
    assertFalse(models.getVersion(version(first)).getActive());
    assertArrayEquals(new String[] {first, second}, versions());
  }

  private String[] versions() {
    return models
        .listVersions(ListVersionsRequest.newBuilder().setModel(model).build())
        .getVersionsList()
        .stream()
        .map(ModelVersion::getVersion)
        .sorted()
        .toArray(String[]::new);
  }

  /** The key of the topic model-versions under which the first version is told. */
  String firstKey() {
    return model + "/" + first;
  }

  private static JobRequest name(String job) {
    return JobRequest.newBuilder().setJob(job).build();
  }

  private VersionRequest version(String name) {
    return VersionRequest.newBuilder().setModel(model).setVersion(name).build();
  }

  private static void refused(Status.Code code, String words, Executable call) {
    StatusRuntimeException refusal = assertThrows(StatusRuntimeException.class, call);
    String text = refusal.getStatus().toString();
    assertEquals(code, refusal.getStatus().getCode(), text);
    assertTrue(String.valueOf(refusal.getStatus().getDescription()).contains(words), text);
  }
}
