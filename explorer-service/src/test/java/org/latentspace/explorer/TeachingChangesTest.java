package org.latentspace.explorer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.wire.Until.until;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URL;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.latentspace.explorer.wire.PairWire;
import org.latentspace.proto.AddPairRequest;
import org.latentspace.proto.AuditionPairRequest;
import org.latentspace.proto.BeginPairRequest;
import org.latentspace.proto.ClearPairsRequest;
import org.latentspace.proto.DeletePairRequest;
import org.latentspace.proto.EditPairRequest;
import org.latentspace.proto.EndPairRequest;
import org.latentspace.proto.ExplorerServiceGrpc;
import org.latentspace.proto.ExplorerSettings;
import org.latentspace.proto.FeatureFrame;
import org.latentspace.proto.GetSettingsRequest;
import org.latentspace.proto.ListPairsReply;
import org.latentspace.proto.ListPairsRequest;
import org.latentspace.proto.Mode;
import org.latentspace.proto.Motion;
import org.latentspace.proto.PlaceRequest;
import org.latentspace.proto.RawFeatures;
import org.latentspace.proto.ScalingSpec;
import org.latentspace.proto.TeachingServiceGrpc;
import org.latentspace.proto.TrainingPair;
import org.latentspace.proto.UndoRequest;
import org.latentspace.wire.grpc.GrpcServer;

/** Holding, editing, clearing, taking back and auditioning, in the same application. */
@QuarkusTest
@QuarkusTestResource(FakeVae.class)
class TeachingChangesTest {
  @TestHTTPResource("/")
  URL address;

  @Inject GrpcServer grpc;

  private ManagedChannel channel;
  private ExplorerServiceGrpc.ExplorerServiceBlockingStub explorer;
  private TeachingServiceGrpc.TeachingServiceBlockingStub teaching;
  private EchoListener echoes;
  private StreamObserver<FeatureFrame> frames;
  private long sequence;

  @BeforeEach
  void call() {
    channel =
        ManagedChannelBuilder.forAddress(address.getHost(), grpc.port()).usePlaintext().build();
    explorer = ExplorerServiceGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS);
    teaching = TeachingServiceGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS);
    echoes = new EchoListener();
    frames = ExplorerServiceGrpc.newStub(channel).explore(echoes);
  }

  @AfterEach
  void hangUp() throws InterruptedException {
    frames.onCompleted();
    channel.shutdownNow();
    channel.awaitTermination(5, TimeUnit.SECONDS);
  }

  /** Plays a frame at a time of the sound, and waits until it was heard. */
  private void play(String performer, double seconds, boolean silent, float... vector)
      throws Exception {
    sequence++;
    FeatureFrame frame = Frames.message(performer, sequence, true, vector);
    frames.onNext(
        frame.toBuilder()
            .setOrigin(frame.getOrigin().toBuilder().setSoundNanos((long) (seconds * 1e9)))
            .setSilent(silent)
            .build());
    echoes.next();
  }

  private void place(String performer, float x, float y) {
    explorer.setSettings(
        ExplorerSettings.newBuilder().setPerformer(performer).setMode(Mode.MODE_SELECT).build());
    explorer.place(
        PlaceRequest.newBuilder()
            .setPerformer(performer)
            .addAllPosition(List.of(x, y))
            .setNoise(1)
            .setZRampMs(500)
            .build());
  }

  private void begin(String performer) {
    teaching.beginPair(BeginPairRequest.newBuilder().setPerformer(performer).build());
  }

  private TrainingPair end(String performer, boolean discard) {
    return teaching.endPair(
        EndPairRequest.newBuilder().setPerformer(performer).setDiscard(discard).build());
  }

  private TrainingPair add(String performer) {
    return teaching.addPair(AddPairRequest.newBuilder().setPerformer(performer).build());
  }

  private ListPairsReply list(String performer) {
    return teaching.listPairs(
        ListPairsRequest.newBuilder().setPerformer(performer).setSpreads(true).build());
  }

  private String undo(String performer) {
    return teaching.undo(UndoRequest.newBuilder().setPerformer(performer).build()).getChange();
  }

  @Test
  void whatIsPlayedWhileItIsHeldMeansThePointOfTheBeginning() throws Exception {
    play("holder", 0, false, Frames.PLAYED);
    place("holder", .25f, .75f);
    begin("holder");
    place("holder", 1, 1);
    for (int i = 1; i <= 30; i++) {
      play("holder", i, i > 20, i <= 10 ? Frames.SLOW_LOW : Frames.FAST_HIGH);
    }
    TrainingPair pair = end("holder", false);
    assertEquals(List.of(.25f, .75f, 1f, 500f), pair.getOutputList());
    assertEquals(List.of("x", "y", "noise", "z-ramp"), pair.getOutputsList());
    assertEquals(List.of(.25f, .75f, .5f, .5f), pair.getTargetList());
    assertEquals(Motion.MOTION_POSITION, pair.getMotion());
    assertEquals(20, pair.getFrames(), "the silence at the end is left out");
    assertEquals((.04f + .6f) / 2, pair.getInput(1), 1e-6f);
    assertEquals(List.of(pair), list("holder").getPairsList());
    refused(Status.Code.FAILED_PRECONDITION, "has begun no pair", () -> end("holder", false));
  }

  @Test
  void whatIsHeldForMoreThanAMinuteEndsByItself() throws Exception {
    play("sleeper", 0, false, Frames.SLOW_LOW);
    begin("sleeper");
    refused(Status.Code.FAILED_PRECONDITION, "nothing was heard", () -> end("sleeper", false));
    begin("sleeper");
    play("sleeper", 1, false, Frames.SLOW_LOW);
    play("sleeper", 61, false, Frames.SLOW_LOW);
    assertEquals(0, list("sleeper").getPairsCount());
    play("sleeper", 61.5, false, Frames.FAST_HIGH);
    TrainingPair pair = end("sleeper", false);
    assertEquals(2, pair.getFrames());
    assertEquals(List.of(pair), list("sleeper").getPairsList());
    begin("sleeper");
    play("sleeper", 62, false, Frames.SLOW_LOW);
    assertEquals("", end("sleeper", true).getPair());
    begin("sleeper");
    play("sleeper", 70, false, Frames.SLOW_LOW);
    play("sleeper", 131, false, Frames.SLOW_LOW);
    assertEquals("", end("sleeper", true).getPair());
    assertEquals(List.of(pair), list("sleeper").getPairsList());
  }

  @Test
  void everyChangeIsTakenBackInTurn() throws Exception {
    play("doubter", 0, false, Frames.PLAYED);
    place("doubter", .1f, .2f);
    TrainingPair first = add("doubter");
    place("doubter", .3f, .4f);
    TrainingPair second = add("doubter");
    TrainingPair edited =
        teaching.editPair(
            EditPairRequest.newBuilder()
                .setPerformer("doubter")
                .setPair(first.getPair())
                .addAllOutput(List.of(1f, 0f, 2f, 5000f))
                .build());
    assertEquals(List.of(1f, 0f, 1f, 1f), edited.getTargetList());
    assertEquals(first.getInputList(), edited.getInputList());
    assertEquals(List.of(edited, second), list("doubter").getPairsList());
    TrainingPair byHand =
        teaching.editPair(
            EditPairRequest.newBuilder().setPerformer("doubter").setPair(second.getPair()).build());
    assertEquals(second, byHand, "the hand is where it was");
    teaching.deletePair(
        DeletePairRequest.newBuilder().setPerformer("doubter").setPair(first.getPair()).build());
    var cleared =
        teaching.clearPairs(ClearPairsRequest.newBuilder().setPerformer("doubter").build());
    assertEquals("took away 1 pair", cleared.getChange());
    assertEquals(6, cleared.getUndoable());
    assertEquals(0, list("doubter").getPairsCount());
    assertEquals("brought back 1 pair", undo("doubter"));
    assertEquals("brought back the pair " + first.getPair(), undo("doubter"));
    assertEquals(List.of(edited, second), list("doubter").getPairsList());
    undo("doubter");
    undo("doubter");
    assertEquals(List.of(first, second), list("doubter").getPairsList());
    undo("doubter");
    undo("doubter");
    assertEquals(0, list("doubter").getPairsCount());
    assertEquals(0, list("doubter").getUndoable());
    refused(Status.Code.FAILED_PRECONDITION, "no change", () -> undo("doubter"));
    refused(Status.Code.NOT_FOUND, "never heard", () -> undo("stranger"));
  }

  @Test
  void auditioningAPairPutsTheHandWhereItLeadsTo() throws Exception {
    play("listener", 0, false, Frames.PLAYED);
    place("listener", .1f, .9f);
    TrainingPair pair = add("listener");
    place("listener", .5f, .5f);
    explorer.setSettings(
        ExplorerSettings.newBuilder().setPerformer("listener").setMode(Mode.MODE_PREDICT).build());
    FakeVae.POINTS.clear();
    ExplorerSettings settings =
        teaching.auditionPair(
            AuditionPairRequest.newBuilder()
                .setPerformer("listener")
                .setPair(pair.getPair())
                .build());
    assertEquals(Mode.MODE_SELECT, settings.getMode());
    assertEquals(List.of(.1f, .9f), settings.getPositionList());
    assertEquals(500, settings.getZRampMs());
    assertEquals(
        settings,
        explorer.getSettings(GetSettingsRequest.newBuilder().setPerformer("listener").build()));
    assertEquals(List.of(.1f, .9f), FakeVae.POINTS.poll(20, TimeUnit.SECONDS).getPositionList());
    refused(
        Status.Code.NOT_FOUND,
        "has no pair 7",
        () ->
            teaching.auditionPair(
                AuditionPairRequest.newBuilder().setPerformer("listener").setPair("7").build()));
  }

  @Test
  void anotherScalingMakesTheInputsAnew() throws Exception {
    FeatureFrame frame =
        Frames.message("ranger", 1, true, Frames.PLAYED).toBuilder()
            .setRaw(RawFeatures.newBuilder().setDensityPerS(3).setCentroidHz(2000))
            .build();
    frames.onNext(frame);
    echoes.next();
    TrainingPair before = add("ranger");
    ScalingSpec scale = PairWire.scale(Pairs.scale("auto-1", 10));
    frames.onNext(frame.toBuilder().setScaling("auto-1").setScalingSpec(scale).build());
    echoes.next();
    until(
        "the pair is scaled anew", () -> list("ranger").getPairs(0).getScaling().equals("auto-1"));
    TrainingPair after = list("ranger").getPairs(0);
    assertEquals(before.getRawInputList(), after.getRawInputList());
    assertEquals(List.of(0f, .3f, 0f, 1f, 0f, 0f, 0f, 0f, 0f, 0f), after.getInputList());
    assertEquals(1, list("ranger").getUndoable());
  }

  private static void refused(Status.Code code, String saying, Runnable call) {
    StatusRuntimeException fault = assertThrows(StatusRuntimeException.class, call::run);
    assertEquals(code, fault.getStatus().getCode());
    assertTrue(fault.getStatus().getDescription().contains(saying), fault.getMessage());
  }
}
