package org.latentspace.explorer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.wire.Until.until;

import com.google.protobuf.util.JsonFormat;
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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.latentspace.proto.Echo;
import org.latentspace.proto.ExplorerServiceGrpc;
import org.latentspace.proto.ExplorerSettings;
import org.latentspace.proto.FeatureFrame;
import org.latentspace.proto.GetMappingRequest;
import org.latentspace.proto.GetSettingsRequest;
import org.latentspace.proto.LatentPoint;
import org.latentspace.proto.Mapping;
import org.latentspace.proto.Mode;
import org.latentspace.proto.PageEvent;
import org.latentspace.proto.PlaceRequest;
import org.latentspace.proto.SendRequest;
import org.latentspace.proto.Sending;
import org.latentspace.proto.WatchRequest;
import org.latentspace.wire.MetricsPage;
import org.latentspace.wire.UnixClock;
import org.latentspace.wire.grpc.GrpcServer;

@QuarkusTest
@QuarkusTestResource(FakeVae.class)
class ExplorerServiceTest {
  @TestHTTPResource("/")
  URL address;

  @Inject GrpcServer grpc;

  private Browser browser;
  private ManagedChannel channel;
  private ExplorerServiceGrpc.ExplorerServiceBlockingStub explorer;
  private EchoListener echoes;
  private StreamObserver<FeatureFrame> frames;

  @BeforeEach
  void call() throws Exception {
    browser = new Browser(address);
    channel =
        ManagedChannelBuilder.forAddress(address.getHost(), grpc.port()).usePlaintext().build();
    explorer = ExplorerServiceGrpc.newBlockingStub(channel);
    echoes = new EchoListener();
    frames = ExplorerServiceGrpc.newStub(channel).explore(echoes);
    until("vae-service is called", () -> browser.status("q/health/ready") == 200);
    FakeVae.POINTS.clear();
  }

  @AfterEach
  void hangUp() throws InterruptedException {
    frames.onCompleted();
    channel.shutdownNow();
    channel.awaitTermination(5, TimeUnit.SECONDS);
  }

  @Test
  void handsOnThePointOfEveryLosslessFrameAndReturnsOneEchoForEach() throws Exception {
    for (int i = 1; i <= 50; i++) {
      frames.onNext(Frames.message("lossless", i, true, Frames.FAST_HIGH));
    }
    for (int i = 1; i <= 50; i++) {
      LatentPoint point = FakeVae.POINTS.poll(5, TimeUnit.SECONDS);
      assertEquals(i, point.getOrigin().getSequence());
      assertEquals(0.84, point.getPosition(0), 0.03);
      assertEquals(0.88, point.getPosition(1), 0.03);
      assertEquals(Mode.MODE_PREDICT, point.getMode());
      Echo echo = echoes.next();
      assertEquals(i, echo.getOrigin().getSequence());
      assertEquals("fake", echo.getRhythm().getModelVersion());
      assertEquals(10, echo.getFeatures().getVectorCount());
      assertEquals("explorer-service", echo.getStages(0).getStage());
      assertEquals("vae-service", echo.getStages(1).getStage());
    }
  }

  @Test
  void manualSendingHoldsThePointAndStillEchoesLosslessFrames() throws Exception {
    frames.onNext(Frames.message("manual", 1, true, Frames.SLOW_LOW));
    echoes.next();
    FakeVae.POINTS.clear();
    explorer.setSettings(
        ExplorerSettings.newBuilder()
            .setPerformer("manual")
            .setSending(Sending.SENDING_MANUAL)
            .build());
    frames.onNext(Frames.message("manual", 2, true, Frames.FAST_HIGH));
    assertEquals(2, echoes.next().getOrigin().getSequence());
    assertNull(FakeVae.POINTS.poll());
    explorer.send(SendRequest.newBuilder().setPerformer("manual").build());
    LatentPoint point = FakeVae.POINTS.poll(5, TimeUnit.SECONDS);
    assertNotNull(point);
    assertEquals(0.84, point.getPosition(0), 0.03);
    assertThrows(
        StatusRuntimeException.class,
        () -> explorer.send(SendRequest.newBuilder().setPerformer("nobody").build()));
  }

  @Test
  void theHandPlacesThePointInModeSelectAndRefusesWhatIsOutOfRange() throws Exception {
    frames.onNext(Frames.message("hand", 1, true, Frames.SLOW_LOW));
    echoes.next();
    FakeVae.POINTS.clear();
    explorer.setSettings(
        ExplorerSettings.newBuilder().setPerformer("hand").setMode(Mode.MODE_SELECT).build());
    PlaceRequest.Builder place =
        PlaceRequest.newBuilder().setPerformer("hand").addPosition(0.25f).addPosition(0.75f);
    ExplorerSettings settings = explorer.place(place.clone().setZRampMs(40).build());
    assertEquals(40, settings.getZRampMs());
    LatentPoint point = FakeVae.POINTS.poll(5, TimeUnit.SECONDS);
    assertEquals(0.25f, point.getPosition(0));
    assertEquals(0.75f, point.getPosition(1));
    assertEquals(40, point.getZRampMs());
    assertEquals(Mode.MODE_SELECT, point.getMode());
    refused(Status.Code.OUT_OF_RANGE, "noise=2.5", () -> explorer.place(noisy(place, 2.5f)));
    refused(Status.Code.INVALID_ARGUMENT, "must be 2", () -> explorer.place(longer(place)));
    refused(
        Status.Code.NOT_FOUND,
        "never heard",
        () -> explorer.getSettings(GetSettingsRequest.newBuilder().setPerformer("no").build()));
  }

  @Test
  void anotherMappingPlaysFromTheNextFrameAndABadOneIsRefused() throws Exception {
    frames.onNext(Frames.message("taught", 1, true, Frames.SLOW_LOW));
    echoes.next();
    Mapping old =
        explorer.getMapping(GetMappingRequest.newBuilder().setPerformer("taught").build());
    String constant = old.getFlucomaJson().replaceAll("(?s)\"rows\": 7,.*", "");
    refused(
        Status.Code.INVALID_ARGUMENT,
        "is no JSON",
        () -> explorer.setMapping(old.toBuilder().setFlucomaJson(constant).build()));
    String corner =
        "{\"layers\":[{\"activation\":0,\"biases\":[1,0],\"cols\":2,\"rows\":10,\"weights\":["
            + "[0,0],".repeat(9)
            + "[0,0]]}]}";
    explorer.setMapping(old.toBuilder().setFlucomaJson(corner).build());
    FakeVae.POINTS.clear();
    frames.onNext(Frames.message("taught", 2, true, Frames.SLOW_LOW));
    LatentPoint point = FakeVae.POINTS.poll(5, TimeUnit.SECONDS);
    assertEquals(1, point.getPosition(0));
    assertEquals(0, point.getPosition(1));
  }

  @Test
  void badFramesAreSkippedAndTheStreamGoesOn() throws Exception {
    float[] bad = Frames.FAST_HIGH.clone();
    bad[3] = Float.NaN;
    frames.onNext(Frames.message("poisoned", 1, true, bad));
    assertEquals(1, echoes.next().getOrigin().getSequence());
    frames.onNext(Frames.message("../etc", 2, true, Frames.FAST_HIGH));
    echoes.next();
    frames.onNext(Frames.message("poisoned", 3, true, 0.5f));
    echoes.next();
    frames.onNext(Frames.message("poisoned", 4, true, Frames.FAST_HIGH));
    Echo good = echoes.next();
    assertEquals(4, good.getOrigin().getSequence());
    assertEquals("fake", good.getRhythm().getModelVersion());
    assertTrue(browser.text("q/metrics").contains("explorer_frames_refused_total"));
  }

  @Test
  void metricsSayHowLateThePointsOfEachPerformerAre() throws Exception {
    for (int i = 1; i <= 20; i++) {
      FeatureFrame.Builder frame = Frames.message("timed", i, false, Frames.FAST_HIGH).toBuilder();
      frame.getOriginBuilder().setCapturedNanos(UnixClock.nanos());
      frames.onNext(frame.build());
    }
    MetricsPage.check(address.toString(), "explorer", "timed", 15);
  }

  @Test
  void watchersSeeThePathOfThePerformerTheyAskedFor() throws Exception {
    EchoListener watching = new EchoListener();
    ExplorerServiceGrpc.newStub(channel)
        .watch(WatchRequest.newBuilder().setPerformer("seen").build(), watching);
    until(
        "the watcher is there",
        () -> {
          frames.onNext(Frames.message("unseen", 1, true, Frames.PLAYED));
          frames.onNext(Frames.message("seen", 1, true, Frames.PLAYED));
          return watching.waiting() > 0;
        });
    Echo echo = watching.next();
    assertEquals("seen", echo.getOrigin().getPerformer());
    assertEquals(3, echo.getPosition().getBar());
    assertEquals(2, echo.getPoint().getPositionCount());
  }

  @Test
  void liveEchoesComeAtMostThirtyTimesASecond() throws Exception {
    long begin = System.nanoTime();
    int sent = 0;
    while (System.nanoTime() - begin < 500_000_000L) {
      frames.onNext(Frames.message("live", ++sent, false, Frames.PLAYED));
      java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
    }
    assertTrue(sent > 50, "sent " + sent);
    assertNotNull(echoes.next());
    assertTrue(echoes.waiting() <= 16, "echoes " + echoes.waiting());
  }

  @Test
  void readinessFailsWhileVaeServiceIsGoneAndMends() throws Exception {
    FakeVae.shut();
    try {
      until("readiness fails", () -> browser.status("q/health/ready") == 503);
      assertTrue(browser.text("q/health/ready").contains("vae-service is gone"));
      frames.onNext(Frames.message("alone", 1, false, Frames.PLAYED));
      Echo echo = echoes.next();
      assertTrue(echo.getStages(0).getStatus().contains("gone"), echo.toString());
    } finally {
      FakeVae.open();
    }
    until("readiness mends", () -> browser.status("q/health/ready") == 200);
    until(
        "points arrive again",
        () -> {
          frames.onNext(Frames.message("alone", 2, false, Frames.PLAYED));
          return !FakeVae.POINTS.isEmpty();
        });
  }

  @Test
  void theScreenIsServedAndItsCommandsAreChecked() throws Exception {
    frames.onNext(Frames.message("screen", 1, true, Frames.PLAYED));
    echoes.next();
    assertTrue(browser.text("").contains("Latent Space Explorer"));
    String line = browser.firstLine("api/events");
    PageEvent.Builder event = PageEvent.newBuilder();
    JsonFormat.parser().merge(line.substring("data: ".length()), event);
    String performers = event.getPerformersList().toString();
    assertTrue(performers.contains("performer: \"screen\""), performers);
    String mode = "{\"performer\":\"screen\",\"mode\":\"MODE_SELECT\"}";
    assertEquals(200, browser.post("api/call/SetSettings", mode, ""));
    String place = "{\"performer\":\"screen\",\"position\":[%s,0.9]}";
    assertEquals(200, browser.post("api/call/Place", place.formatted("0.1"), ""));
    assertEquals(0.1f, hand("screen"));
    assertEquals(400, browser.post("api/call/Place", place.formatted("7"), ""));
    assertEquals(404, browser.post("api/call/Send", "{\"performer\":\"nobody\"}", ""));
    assertEquals(400, browser.post("api/call/Send", "not json", ""));
    String screen = "{\"performer\":\"screen\"}";
    assertEquals(403, browser.post("api/call/Send", screen, "http://evil.example"));
    assertEquals(200, browser.post("api/call/Send", screen, ""));
  }

  @Test
  void theScreenCallsTheServicesAndIsToldWhatIsWrong() throws Exception {
    frames.onNext(Frames.message("pupil-at-screen", 1, true, Frames.PLAYED));
    echoes.next();
    String pupil = "{\"performer\":\"pupil-at-screen\"}";
    assertEquals(200, browser.post("api/call/AddPair", pupil, ""));
    assertEquals(200, browser.post("api/call/ListPairs", pupil, ""));
    assertEquals(200, browser.post("api/call/Undo", pupil, ""));
    assertEquals(409, browser.post("api/call/Undo", pupil, ""));
    assertEquals(404, browser.post("api/call/ListPairs", "{\"performer\":\"nobody\"}", ""));
    assertEquals(400, browser.post("api/call/AddPair", "{\"performer\":7,\"loud\":1}", ""));
    assertEquals(403, browser.post("api/call/AddPair", pupil, "http://evil.example"));
  }

  private float hand(String performer) {
    return explorer
        .getSettings(GetSettingsRequest.newBuilder().setPerformer(performer).build())
        .getPosition(0);
  }

  private static PlaceRequest noisy(PlaceRequest.Builder place, float noise) {
    return place.clone().setNoise(noise).build();
  }

  private static PlaceRequest longer(PlaceRequest.Builder place) {
    return place.clone().addPosition(0.5f).build();
  }

  private static void refused(Status.Code code, String saying, Runnable call) {
    StatusRuntimeException fault = assertThrows(StatusRuntimeException.class, call::run);
    assertEquals(code, fault.getStatus().getCode());
    assertTrue(fault.getStatus().getDescription().contains(saying), fault.getMessage());
  }
}
