package org.latentspace.vae;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.vae.LatentPoints.point;
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
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.latentspace.kept.KeptLog;
import org.latentspace.proto.Control;
import org.latentspace.proto.DescribeModelRequest;
import org.latentspace.proto.Echo;
import org.latentspace.proto.LatentPoint;
import org.latentspace.proto.ModelDescription;
import org.latentspace.proto.PanicRequest;
import org.latentspace.proto.Rhythm;
import org.latentspace.proto.RollBackModelRequest;
import org.latentspace.proto.StageStatus;
import org.latentspace.proto.Thresholds;
import org.latentspace.proto.Transport;
import org.latentspace.proto.VaeServiceGrpc;
import org.latentspace.vae.model.ModelBytes;
import org.latentspace.vae.model.OneNote;
import org.latentspace.wire.MetricsPage;
import org.latentspace.wire.grpc.GrpcServer;

/** The whole service between a real client on its left and a midi-gateway that is a test's. */
@QuarkusTest
@QuarkusTestResource(FakeGateway.class)
class VaeServiceTest {
  @TestHTTPResource("/")
  URL home;

  @Inject GrpcServer grpc;

  @Inject KeptLog log;

  FakeGateway gateway;

  private final BlockingQueue<Echo> echoes = new LinkedBlockingQueue<>();
  private ManagedChannel channel;
  private Pages pages;
  private VaeServiceGrpc.VaeServiceBlockingStub vae;

  @BeforeEach
  void connect() {
    pages = new Pages(home);
    channel = ManagedChannelBuilder.forAddress("127.0.0.1", grpc.port()).usePlaintext().build();
    vae = VaeServiceGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS);
    gateway.rhythms.clear();
    until("it is ready", () -> pages.ready() == 200);
  }

  @AfterEach
  void disconnect() throws InterruptedException {
    channel.shutdownNow();
    assertTrue(channel.awaitTermination(5, TimeUnit.SECONDS));
  }

  @Test
  void everyPointBecomesARhythmAndTheEchoComesBackWithThisStageFirst() throws Exception {
    StreamObserver<LatentPoint> points = play();
    for (int i = 1; i <= 50; i++) {
      points.onNext(point("anna", i, true, 0.5f, i / 50f));
    }
    int strokes = 0;
    for (int i = 1; i <= 50; i++) {
      Rhythm rhythm = gateway.rhythms.poll(10, TimeUnit.SECONDS);
      assertEquals(i, rhythm.getOrigin().getSequence());
      assertEquals(rhythm.getStepCount(), rhythm.getOffsetCount());
      assertEquals(2, rhythm.getPositionCount());
      strokes += rhythm.getStepCount();
      Echo echo = echoes.poll(10, TimeUnit.SECONDS);
      assertEquals(i, echo.getOrigin().getSequence());
      assertEquals(
          List.of("vae-service", "midi-gateway"),
          echo.getStagesList().stream().map(StageStatus::getStage).toList());
      assertEquals("ok", echo.getStages(0).getStatus());
    }
    assertTrue(strokes > 0);
    points.onCompleted();
  }

  @Test
  void aBadPointIsCountedSkippedAndAnsweredAndTheStreamGoesOn() throws Exception {
    StreamObserver<LatentPoint> points = play();
    points.onNext(point("bad", 1, true, Float.NaN, 0));
    points.onNext(point("bad", 2, true, 0.5f));
    points.onNext(point("not/a name", 3, true, 0.5f, 0.5f));
    points.onNext(point("bad", 4, true, 0.5f, 0.5f).toBuilder().setNoise(3).build());
    points.onNext(point("bad", 5, true, 0.5f, 0.5f).toBuilder().setZRampMs(-1).build());
    points.onNext(point("bad", 6, true, 0.5f, 0.5f));
    assertEquals(6, gateway.rhythms.poll(10, TimeUnit.SECONDS).getOrigin().getSequence());
    Echo last = null;
    for (int i = 0; i < 6; i++) {
      last = echoes.poll(10, TimeUnit.SECONDS);
    }
    assertEquals(6, last.getOrigin().getSequence());
    assertTrue(last.getStages(0).getRefused() >= 5);
    points.onCompleted();
  }

  @Test
  void handsControlsOnAsTheyAreLiveAndLossless() throws Exception {
    StreamObserver<LatentPoint> points = play();
    List<Control> controls =
        List.of(
            Control.newBuilder()
                .setName("light")
                .setDestination("osc:/light")
                .setValue(-3.5f)
                .build(),
            Control.newBuilder().setName("wet").setDestination("midi-cc:2:91").build());
    for (boolean lossless : new boolean[] {true, false}) {
      points.onNext(
          point("gina", lossless ? 1 : 2, lossless, 0.5f, 0.5f).toBuilder()
              .addAllControls(controls)
              .build());
      assertEquals(controls, nextRhythm().getControlsList());
    }
    points.onCompleted();
  }

  @Test
  void anotherModelTakesOverWhileThePlayingGoesOnAndABadOneDoesNot() throws Exception {
    Files.write(
        gateway.models.resolve("one-note.safetensors"),
        ModelBytes.of(OneNote.of("one-note", 1, 3, 0.5f)));
    Files.write(gateway.models.resolve("broken.safetensors"), new byte[100]);
    ModelDescription before = vae.describeModel(DescribeModelRequest.getDefaultInstance());
    StreamObserver<LatentPoint> points = play();
    points.onNext(point("cora", 1, true, 0.5f, 0.5f));
    assertEquals(before.getVersion(), nextRhythm().getModelVersion());
    ModelDescription after = vae.loadModel(Asked.load("one-note.safetensors"));
    assertEquals("one-note", after.getVersion());
    assertEquals(64, after.getSha256().length());
    points.onNext(point("cora", 2, true, 0.5f, 0.5f));
    Rhythm rhythm = nextRhythm();
    assertEquals("one-note", rhythm.getModelVersion());
    assertEquals(16, rhythm.getStepCount());
    fails(Status.Code.INVALID_ARGUMENT, () -> vae.loadModel(Asked.load("broken.safetensors")));
    fails(Status.Code.INVALID_ARGUMENT, () -> vae.loadModel(Asked.load("../start.safetensors")));
    fails(Status.Code.NOT_FOUND, () -> vae.loadModel(Asked.load("none.safetensors")));
    points.onNext(point("cora", 3, true, 0.5f, 0.5f));
    assertEquals("one-note", nextRhythm().getModelVersion());
    vae.setThresholds(Thresholds.newBuilder().addAllThreshold(List.of(1f, 1f, 1f)).build());
    points.onNext(point("cora", 4, true, 0.5f, 0.5f));
    assertEquals(0, nextRhythm().getStepCount());
    fails(
        Status.Code.INVALID_ARGUMENT,
        () -> vae.setThresholds(Thresholds.newBuilder().addThreshold(0.5f).build()));
    assertEquals(0.5f, vae.setThresholds(Thresholds.getDefaultInstance()).getThreshold(0));
    vae.loadModel(Asked.load("start.safetensors"));
    points.onCompleted();
  }

  @Test
  void decodesAndEncodesAndRefusesWhatDoesNotFit() {
    Rhythm rhythm = vae.decode(Asked.decode(0.25f, 0.75f));
    assertTrue(rhythm.getStepCount() > 0);
    assertEquals(rhythm, vae.decode(Asked.decode(0.25f, 0.75f)));
    assertEquals(2, vae.encode(rhythm).getPositionCount());
    fails(Status.Code.INVALID_ARGUMENT, () -> vae.decode(Asked.decode(0.5f)));
    fails(Status.Code.INVALID_ARGUMENT, () -> vae.decode(Asked.decode(0.5f, Float.NaN)));
    fails(
        Status.Code.INVALID_ARGUMENT,
        () -> vae.encode(rhythm.toBuilder().addVoices("cowbell").build()));
    fails(Status.Code.INVALID_ARGUMENT, () -> vae.encode(rhythm.toBuilder().setBars(4).build()));
    fails(Status.Code.INVALID_ARGUMENT, () -> vae.encode(Rhythm.getDefaultInstance()));
  }

  @Test
  void isNotReadyWhileTheGatewayIsGoneAndThePointsStillGetAnEchoThatSaysSo() throws Exception {
    StreamObserver<LatentPoint> points = play();
    points.onNext(point("dora", 1, true, 0.5f, 0.5f));
    assertEquals("ok", echoes.poll(10, TimeUnit.SECONDS).getStages(0).getStatus());
    gateway.leave();
    try {
      until("it is not ready", () -> pages.ready() == 503);
      // Live echoes come at most thirty times a second, so one point alone may get none.
      until(
          "the status says so",
          () -> statusAfter(points, point("dora", 2, false, 0.5f, 0.5f)).contains("is gone"));
    } finally {
      gateway.comeBack();
    }
    until("it is ready", () -> pages.ready() == 200);
    points.onNext(point("dora", 3, true, 0.5f, 0.5f));
    until(
        "the rhythm arrives",
        () -> gateway.rhythms.stream().anyMatch(r -> r.getOrigin().getSequence() == 3));
    points.onCompleted();
  }

  @Test
  void theTransportIsTheGateways() {
    Transport wanted = Transport.newBuilder().setBpm(96.5).setPlaying(false).build();
    assertEquals(wanted, vae.setTransport(wanted));
    assertEquals(false, vae.panic(PanicRequest.getDefaultInstance()).getPlaying());
  }

  @Test
  void metricsSayWhatWasPlayed() throws Exception {
    StreamObserver<LatentPoint> points = play();
    points.onNext(LatentPoints.live("emma", 1, 0.5f, 0.5f));
    assertFalse(nextRhythm().getVoicesList().isEmpty());
    MetricsPage page = MetricsPage.check(home.toString(), "vae", "emma", 15);
    assertTrue(page.value("vae_rhythms_decoded_total") >= 1, page.toString());
    points.onCompleted();
  }

  @Test
  void anActivatedVersionPlaysABadOneDoesNotAndTheWayBackIsTheSame() throws Exception {
    VersionRound round = new VersionRound(log, gateway.training, vae);
    String own = vae.describeModel(DescribeModelRequest.getDefaultInstance()).getVersion();
    fails(Status.Code.NOT_FOUND, () -> vae.loadModel(Asked.load("six-1")));
    round.publish("six-1", ModelBytes.of(OneNote.of("by-another-name", 1, 3, 0.5f)));
    round.append(new byte[] {1, 2, 3});
    round.activate("six-1");
    until("six-1 plays", () -> round.states().contains("six-1:playing"));
    StreamObserver<LatentPoint> points = play();
    points.onNext(point("fred", 1, true, 0.5f, 0.5f));
    assertEquals("six-1", nextRhythm().getModelVersion());
    round.publish("six-2", new byte[5000]);
    round.activate("six-2");
    until("six-2 is refused", () -> round.states().contains("six-2:refused"));
    assertEquals("six-1:playing", round.states().get(0));
    LatentPoint again = point("fred", 2, false, 0.5f, 0.5f);
    until("the status names six-2", () -> statusAfter(points, again).contains("six/six-2"));
    assertEquals(200, pages.ready());
    round.activate("built-in");
    until("its own model plays", () -> round.states().get(0).equals(own + ":playing"));
    assertEquals(
        "six-1", vae.rollBackModel(RollBackModelRequest.getDefaultInstance()).getVersion());
    assertEquals(own, vae.loadModel(Asked.load("start.safetensors")).getVersion());
    assertEquals("six-1", vae.loadModel(Asked.load("six-1")).getVersion());
    assertEquals(own, vae.rollBackModel(RollBackModelRequest.getDefaultInstance()).getVersion());
    until(
        "the library is asked for",
        () -> gateway.training.requests.stream().anyMatch(r -> r.getModel().equals("six")));
    points.onCompleted();
  }

  /** What this stage said of the status last, once it was given another point; "" for nothing. */
  private String statusAfter(StreamObserver<LatentPoint> points, LatentPoint point) {
    points.onNext(point);
    Echo newest = null;
    for (Echo echo = echoes.poll(); echo != null; echo = echoes.poll()) {
      newest = echo;
    }
    return newest == null ? "" : newest.getStages(0).getStatus();
  }

  private Rhythm nextRhythm() throws InterruptedException {
    return gateway.rhythms.poll(10, TimeUnit.SECONDS);
  }

  private StreamObserver<LatentPoint> play() {
    return VaeServiceGrpc.newStub(channel)
        .play(
            new StreamObserver<>() {
              @Override
              public void onNext(Echo echo) {
                echoes.add(echo);
              }

              @Override
              public void onError(Throwable fault) {}

              @Override
              public void onCompleted() {}
            });
  }

  private static void fails(Status.Code code, Executable call) {
    StatusRuntimeException fault = assertThrows(StatusRuntimeException.class, call);
    assertEquals(code, fault.getStatus().getCode(), fault.toString());
    assertFalse(fault.getStatus().getDescription().isEmpty());
  }
}
