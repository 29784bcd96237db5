package org.latentspace.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Timestamp;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.latentspace.kept.KeptLog;
import org.latentspace.kept.Topic;
import org.latentspace.model.FlucomaJson;
import org.latentspace.model.MappingNetwork;
import org.latentspace.proto.FitPairs;
import org.latentspace.proto.FitProgress;
import org.latentspace.proto.FitRequest;
import org.latentspace.proto.FitServiceGrpc;
import org.latentspace.proto.FitSettings;
import org.latentspace.proto.FitState;
import org.latentspace.proto.MappingVersion;
import org.latentspace.proto.Motion;
import org.latentspace.proto.TrainingPair;
import org.latentspace.wire.Until;

/** A musician's pairs that become a mapping, over the log and gRPC. */
final class FitSession {
  private static final List<String> SENSES =
      List.of("ambitus", "density", "rms", "centroid", "spread", "skewness", "kurtosis");
  private static final List<String> OUTPUTS = List.of("x", "y", "noise", "z-ramp");

  private final FitServiceGrpc.FitServiceBlockingStub fits;
  private final KeptLog log;
  private final String performer = "anna-" + Long.toString(System.nanoTime(), 36);
  private final List<TrainingPair> pairs = new ArrayList<>();

  FitSession(ManagedChannel channel, KeptLog log) {
    fits = FitServiceGrpc.newBlockingStub(channel);
    this.log = log;
  }

  void teaches(int count) throws Exception {
    Random chance = new Random(5);
    for (int i = 0; i < count; i++) {
      TrainingPair.Builder pair =
          TrainingPair.newBuilder()
              .setPerformer(performer)
              .setPair("pair-" + i)
              .setTaughtAt(Timestamp.newBuilder().setSeconds(1_800_000_000L + i))
              .setScaling("lse")
              .setMotion(Motion.MOTION_POSITION)
              .setFrames(3)
              .addAllSenses(SENSES)
              .addAllOutputs(OUTPUTS)
              .addOutput(0.5f)
              .addOutput(0.5f)
              .addOutput(0)
              .addOutput(0);
      SENSES.forEach(sense -> pair.addInput(chance.nextFloat()).addRawInput(1));
      OUTPUTS.forEach(output -> pair.addTarget(chance.nextFloat()));
      pairs.add(pair.build());
      append(pair.build());
    }
  }

  private void append(TrainingPair pair) throws Exception {
    String key = pair.getPerformer() + "/" + pair.getPair();
    log.append(Topic.TRAINING_PAIRS, key, pair.toByteArray())
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }

  /** Returns the version's key. */
  String fitsAndIsToldHowItGoes() throws Exception {
    FitRequest.Builder request = request();
    request.getSettingsBuilder().setSeed(7);
    List<FitProgress> heard = fit(request);
    assertEquals(FitState.FIT_STATE_WAITING, heard.get(0).getState());
    assertTrue(
        heard.stream().anyMatch(listener -> listener.getState() == FitState.FIT_STATE_RUNNING),
        heard + "");
    MappingVersion first = done(heard);
    assertEquals(SENSES, first.getSensesList());
    assertEquals(OUTPUTS, first.getOutputsList());
    assertEquals(4, first.getPairs());
    assertEquals(7, first.getSettings().getSeed());
    assertEquals("lse", first.getScaling());
    assertTrue(first.getPairsDigest().matches("[0-9a-f]{64}"));
    assertTrue(first.getLoss() < 0.001 && first.getLossCurveCount() == 200, first.toString());
    MappingNetwork network = FlucomaJson.read(first.getFlucomaJson());
    for (int i = 0; i < pairs.size(); i++) {
      float[] input = new float[SENSES.size()];
      for (int j = 0; j < input.length; j++) {
        input[j] = pairs.get(i).getInput(j);
      }
      double[] made = network.predict(input);
      for (int j = 0; j < made.length; j++) {
        assertEquals(pairs.get(i).getTarget(j), made[j], 0.05);
      }
      assertTrue(first.getPairErrors(i).getError() < 0.05);
    }
    MappingVersion again = done(fit(request));
    assertEquals(first.getFlucomaJson(), again.getFlucomaJson(), "the same seed");
    assertTrue(again.getVersion().compareTo(first.getVersion()) > 0, "later ones sort later");
    return "@" + performer + "/" + first.getVersion();
  }

  void fitsWhatIsStoredWhereTheRequestHasNoPairs() {
    FitRequest.Builder stored = request().clearPairs();
    stored.getSettingsBuilder().setSeed(7);
    FitRequest.Builder carried = request();
    carried.getSettingsBuilder().setSeed(7);
    String expected = done(fit(carried)).getFlucomaJson();
    Until.until(
        "the log has brought the pairs",
        () -> {
          try {
            return done(fit(stored)).getFlucomaJson().equals(expected);
          } catch (StatusRuntimeException notYet) {
            return false;
          }
        });
  }

  void goesOnAndLeavesOneOut() {
    MappingVersion first = done(fit(request()));
    FitRequest.Builder more =
        request().setFromFlucomaJson(first.getFlucomaJson()).setFromVersion(first.getVersion());
    more.getSettingsBuilder().setContinueFromPlaying(true).setLeaveOneOut(true);
    MappingVersion second = done(fit(more));
    assertEquals(first.getVersion(), second.getContinuedFrom());
    assertTrue(second.getLoss() < 0.001, second.toString());
    assertTrue(second.getLeaveOneOut() > second.getLoss());
    assertTrue(second.getPairErrorsList().stream().allMatch(error -> error.hasLeaveOneOut()));
    assertNotEquals(first.getFlucomaJson(), second.getFlucomaJson());
  }

  void isToldWhenAFitRunsAway() {
    FitRequest.Builder request = request();
    request.getSettingsBuilder().setLearningRate(1e6);
    List<FitProgress> heard = fit(request);
    FitProgress last = heard.get(heard.size() - 1);
    assertEquals(FitState.FIT_STATE_FAILED, last.getState());
    assertTrue(last.getMessage().contains("ran away"), last.getMessage());
  }

  void isToldWhatWouldBeRight() {
    refused(Status.Code.INVALID_ARGUMENT, "performer", request().setPerformer("../x"));
    refused(Status.Code.INVALID_ARGUMENT, "pairs[0] is of", request().setPerformer("nobody"));
    FitRequest.Builder stored = request().clearPairs();
    refused(Status.Code.FAILED_PRECONDITION, "no pairs", stored.setPerformer("nobody"));
    FitRequest.Builder none = request().setPairs(FitPairs.getDefaultInstance());
    refused(Status.Code.FAILED_PRECONDITION, "no pairs", none);
    refused(
        Status.Code.FAILED_PRECONDITION,
        "4 of the other",
        request().setMotion(Motion.MOTION_MOVEMENT));
    refused(Status.Code.INVALID_ARGUMENT, "hidden", with(FitSettings.newBuilder().addHidden(257)));
    refused(
        Status.Code.INVALID_ARGUMENT,
        "at most 30000",
        with(FitSettings.newBuilder().addHidden(256).addHidden(256)));
    refused(
        Status.Code.INVALID_ARGUMENT,
        "activation",
        with(FitSettings.newBuilder().setActivation("x")));
    refused(Status.Code.INVALID_ARGUMENT, "epochs", with(FitSettings.newBuilder().setEpochs(0)));
    refused(
        Status.Code.INVALID_ARGUMENT,
        "learning_rate",
        with(FitSettings.newBuilder().setLearningRate(Double.NaN)));
    refused(
        Status.Code.INVALID_ARGUMENT,
        "from_flucoma_json",
        request().setFromFlucomaJson("{\"a\":1}"));
  }

  private FitRequest.Builder request() {
    FitPairs all = FitPairs.newBuilder().addAllPairs(pairs).build();
    return FitRequest.newBuilder().setPerformer(performer).setPairs(all);
  }

  private FitRequest.Builder with(FitSettings.Builder settings) {
    return request().setSettings(settings);
  }

  private List<FitProgress> fit(FitRequest.Builder request) {
    List<FitProgress> heard = new ArrayList<>();
    fits.withDeadlineAfter(60, TimeUnit.SECONDS).fit(request.build()).forEachRemaining(heard::add);
    return heard;
  }

  private static MappingVersion done(List<FitProgress> heard) {
    FitProgress last = heard.get(heard.size() - 1);
    assertEquals(FitState.FIT_STATE_DONE, last.getState(), last.getMessage());
    assertEquals("", last.getMessage());
    return last.getVersion();
  }

  private void refused(Status.Code code, String says, FitRequest.Builder request) {
    StatusRuntimeException refusal = assertThrows(StatusRuntimeException.class, () -> fit(request));
    assertEquals(code, refusal.getStatus().getCode(), refusal.toString());
    assertTrue(refusal.getStatus().getDescription().contains(says), refusal.toString());
  }
}
