package org.latentspace.explorer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.latentspace.kept.KeptLog;
import org.latentspace.kept.KeptRecord;
import org.latentspace.kept.Topic;
import org.latentspace.proto.AddPairRequest;
import org.latentspace.proto.BeginPairRequest;
import org.latentspace.proto.DeletePairRequest;
import org.latentspace.proto.EndPairRequest;
import org.latentspace.proto.ExplorerServiceGrpc;
import org.latentspace.proto.ExplorerSettings;
import org.latentspace.proto.FeatureFrame;
import org.latentspace.proto.ListPairsReply;
import org.latentspace.proto.ListPairsRequest;
import org.latentspace.proto.Mode;
import org.latentspace.proto.PlaceRequest;
import org.latentspace.proto.TeachingServiceGrpc;
import org.latentspace.proto.TrainingPair;
import org.latentspace.wire.grpc.GrpcServer;

/** Teaching over gRPC, in the same application as {@link ExplorerServiceTest}. */
@QuarkusTest
@QuarkusTestResource(FakeVae.class)
class TeachingTest {
  @TestHTTPResource("/")
  URL address;

  @Inject GrpcServer grpc;

  @Inject KeptLog log;

  private ManagedChannel channel;
  private ExplorerServiceGrpc.ExplorerServiceBlockingStub explorer;
  private TeachingServiceGrpc.TeachingServiceBlockingStub teaching;
  private EchoListener echoes;
  private StreamObserver<FeatureFrame> frames;

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

  private void play(String performer, float... vector) throws Exception {
    frames.onNext(Frames.message(performer, 1, true, vector));
    echoes.next();
  }

  private ListPairsReply list(String performer) {
    return teaching.listPairs(ListPairsRequest.newBuilder().setPerformer(performer).build());
  }

  private static AddPairRequest.Builder of(String performer) {
    return AddPairRequest.newBuilder().setPerformer(performer);
  }

  @Test
  void whatIsHeardMeansThePointOfNowUntilItIsTakenAwayHereAndInTheLog() throws Exception {
    play("pupil", Frames.FAST_HIGH);
    explorer.setSettings(
        ExplorerSettings.newBuilder().setPerformer("pupil").setMode(Mode.MODE_SELECT).build());
    explorer.place(
        PlaceRequest.newBuilder()
            .setPerformer("pupil")
            .addAllPosition(List.of(0.25f, 0.75f))
            .setNoise(0.5f)
            .setZRampMs(250)
            .build());
    TrainingPair pair = teaching.addPair(of("pupil").setMeanMs(500).build());
    assertEquals(List.of(0.25f, 0.75f, 0.5f, 250f), pair.getOutputList());
    assertEquals(0.6f, pair.getInput(1));
    assertEquals(10, pair.getRawInputCount());
    assertEquals("density", pair.getSenses(1));
    assertEquals("lse", pair.getScaling());
    TrainingPair second =
        teaching.addPair(of("pupil").addAllOutput(List.of(1f, 0f, 2f, 5000f)).build());
    assertEquals(List.of(pair, second), list("pupil").getPairsList());
    assertEquals(
        pair,
        teaching.deletePair(
            DeletePairRequest.newBuilder().setPerformer("pupil").setPair(pair.getPair()).build()));
    assertEquals(List.of(second), list("pupil").getPairsList());
    BlockingQueue<KeptRecord> records = new LinkedBlockingQueue<>();
    try (KeptLog.Following following =
        log.follow(Topic.TRAINING_PAIRS, "test", KeptLog.Start.BEGINNING, records::add)) {
      assertEquals(pair, TrainingPair.parseFrom(next(records, "pupil/" + pair.getPair())));
      assertEquals(second, TrainingPair.parseFrom(next(records, "pupil/" + second.getPair())));
      assertNull(next(records, "pupil/" + pair.getPair()));
      assertEquals("ok", following.status());
    }
    assertEquals("ok", list("pupil").getStatus());
  }

  @Test
  void aPairKnowsHowWhatWasPlayedVariedAndSaysSoToWhoAsks() throws Exception {
    play("varied", Frames.FAST_HIGH);
    teaching.beginPair(BeginPairRequest.newBuilder().setPerformer("varied").build());
    play("varied", Frames.FAST_HIGH);
    play("varied", Frames.SLOW_LOW);
    TrainingPair pair =
        teaching.endPair(EndPairRequest.newBuilder().setPerformer("varied").build());
    assertEquals(2, pair.getFrames());
    assertEquals(55, pair.getSpreadCount());
    double half = (Frames.FAST_HIGH[1] - Frames.SLOW_LOW[1]) / 2;
    assertEquals(half * half, pair.getSpread(2), 1e-6, "variance of density");
    assertEquals(10, pair.getRawDeviationCount());
    assertEquals(0, list("varied").getPairs(0).getSpreadCount());
    ListPairsRequest all =
        ListPairsRequest.newBuilder().setPerformer("varied").setSpreads(true).build();
    assertEquals(List.of(pair), teaching.listPairs(all).getPairsList());
  }

  /** The value of the next record; of this key. */
  private static byte[] next(BlockingQueue<KeptRecord> records, String key) throws Exception {
    KeptRecord record = records.poll(20, TimeUnit.SECONDS);
    // Others teach in the same application.
    while (record != null && !record.key().startsWith(key.substring(0, key.indexOf('/') + 1))) {
      record = records.poll(20, TimeUnit.SECONDS);
    }
    assertNotNull(record, key);
    assertEquals(key, record.key());
    return record.value();
  }

  @Test
  void refusesWithTheValueAndItsRange() throws Exception {
    play("student", Frames.SLOW_LOW);
    refused(
        Status.Code.OUT_OF_RANGE,
        "mean_ms=10001: must be 0..10000",
        () -> teaching.addPair(of("student").setMeanMs(10_001).build()));
    refused(
        Status.Code.OUT_OF_RANGE,
        "mean_ms=4294967295: must be 0..10000",
        () -> teaching.addPair(of("student").setMeanMs(-1).build()));
    refused(
        Status.Code.INVALID_ARGUMENT,
        "output has 3 entries, must be 4",
        () -> teaching.addPair(of("student").addAllOutput(List.of(0f, 0f, 0f)).build()));
    refused(
        Status.Code.OUT_OF_RANGE,
        "output[2]=2.5: must be 0..2",
        () -> teaching.addPair(of("student").addAllOutput(List.of(0f, 0f, 2.5f, 0f)).build()));
    refused(
        Status.Code.OUT_OF_RANGE,
        "output[0]=NaN: must be 0..1",
        () -> teaching.addPair(of("student").addAllOutput(List.of(Float.NaN, 0f, 0f, 0f)).build()));
    refused(Status.Code.NOT_FOUND, "never heard", () -> teaching.addPair(of("stranger").build()));
    refused(Status.Code.NOT_FOUND, "never heard", () -> list("stranger"));
    refused(Status.Code.NOT_FOUND, "must be 1..64 characters", () -> list("../etc"));
    refused(
        Status.Code.NOT_FOUND,
        "performer student has no pair 7",
        () ->
            teaching.deletePair(
                DeletePairRequest.newBuilder().setPerformer("student").setPair("7").build()));
    assertEquals(0, list("student").getPairsCount());
  }

  @Test
  void aPerformerWhoHasPlayedNothingHasNothingToTeach() throws Exception {
    FeatureFrame only = Frames.message("mute", 1, true);
    frames.onNext(only.toBuilder().setOrigin(only.getOrigin().toBuilder().setLast(true)).build());
    echoes.next();
    refused(
        Status.Code.FAILED_PRECONDITION,
        "has not played anything yet",
        () -> teaching.addPair(of("mute").build()));
  }

  private static void refused(Status.Code code, String saying, Runnable call) {
    StatusRuntimeException fault = assertThrows(StatusRuntimeException.class, call::run);
    assertEquals(code, fault.getStatus().getCode());
    assertTrue(fault.getStatus().getDescription().contains(saying), fault.getMessage());
  }
}
