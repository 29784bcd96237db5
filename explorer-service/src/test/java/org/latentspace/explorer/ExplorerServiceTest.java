package org.latentspace.explorer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
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
import org.latentspace.proto.PlaceRequest;
import org.latentspace.proto.SendRequest;
import org.latentspace.proto.Sending;
import org.latentspace.proto.WatchRequest;

@QuarkusTest
@QuarkusTestResource(FakeVae.class)
class ExplorerServiceTest {
  @TestHTTPResource("/")
  URL address;

  private final HttpClient http = HttpClient.newHttpClient();
  private ManagedChannel channel;
  private ExplorerServiceGrpc.ExplorerServiceBlockingStub explorer;
  private Listener echoes;
  private StreamObserver<FeatureFrame> frames;

  @BeforeEach
  void call() throws Exception {
    channel =
        ManagedChannelBuilder.forAddress(address.getHost(), address.getPort())
            .usePlaintext()
            .build();
    explorer = ExplorerServiceGrpc.newBlockingStub(channel);
    echoes = new Listener();
    frames = ExplorerServiceGrpc.newStub(channel).explore(echoes);
    until("vae-service is called", () -> status("q/health/ready") == 200);
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
    assertTrue(text("q/metrics").contains("explorer_frames_refused_total"));
  }

  @Test
  void watchersSeeThePathOfThePerformerTheyAskedFor() throws Exception {
    Listener watching = new Listener();
    ExplorerServiceGrpc.newStub(channel)
        .watch(WatchRequest.newBuilder().setPerformer("seen").build(), watching);
    until(
        "the watcher is there",
        () -> {
          frames.onNext(Frames.message("unseen", 1, true, Frames.PLAYED));
          frames.onNext(Frames.message("seen", 1, true, Frames.PLAYED));
          return !watching.echoes.isEmpty();
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
    assertTrue(echoes.echoes.size() <= 16, "echoes " + echoes.echoes.size());
  }

  @Test
  void readinessFailsWhileVaeServiceIsGoneAndMends() throws Exception {
    FakeVae.shut();
    try {
      until("readiness fails", () -> status("q/health/ready") == 503);
      assertTrue(text("q/health/ready").contains("vae-service is gone"));
      frames.onNext(Frames.message("alone", 1, false, Frames.PLAYED));
      Echo echo = echoes.next();
      assertTrue(echo.getStages(0).getWeather().contains("gone"), echo.toString());
    } finally {
      FakeVae.open();
    }
    until("readiness mends", () -> status("q/health/ready") == 200);
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
    assertTrue(text("").contains("Latent Space Explorer"));
    HttpResponse<InputStream> events =
        http.send(HttpRequest.newBuilder(uri("api/events")).build(), BodyHandlers.ofInputStream());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(events.body(), StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      assertTrue(line.startsWith("data: {\"performers\":["), line);
      assertTrue(line.contains("\"name\":\"screen\""), line);
    }
    assertEquals(200, post("api/settings", "{\"performer\":\"screen\",\"mode\":\"select\"}", ""));
    assertEquals(200, post("api/place", "{\"performer\":\"screen\",\"position\":[0.1,0.9]}", ""));
    assertEquals(0.1f, hand("screen"));
    assertEquals(400, post("api/place", "{\"performer\":\"screen\",\"position\":[7,0.9]}", ""));
    assertEquals(404, post("api/send", "{\"performer\":\"nobody\"}", ""));
    assertEquals(400, post("api/send", "not json", ""));
    assertEquals(403, post("api/send", "{\"performer\":\"screen\"}", "http://evil.example"));
    assertEquals(200, post("api/send", "{\"performer\":\"screen\"}", ""));
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

  private URI uri(String path) {
    return URI.create(address + path);
  }

  private int status(String path) {
    try {
      return http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.discarding())
          .statusCode();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private String text(String path) throws Exception {
    return http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString()).body();
  }

  private int post(String path, String json, String origin) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json));
    if (!origin.isEmpty()) {
      request.header("Origin", origin);
    }
    return http.send(request.build(), BodyHandlers.ofString()).statusCode();
  }

  private static void until(String what, BooleanSupplier holds) {
    long end = System.nanoTime() + 10_000_000_000L;
    while (!holds.getAsBoolean()) {
      assertFalse(System.nanoTime() > end, "not in 10 s: " + what);
      java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
    }
  }

  private static final class Listener implements StreamObserver<Echo> {
    private final BlockingQueue<Echo> echoes = new LinkedBlockingQueue<>();

    Echo next() throws InterruptedException {
      Echo echo = echoes.poll(5, TimeUnit.SECONDS);
      assertNotNull(echo, "no echo in 5 s");
      return echo;
    }

    @Override
    public void onNext(Echo echo) {
      echoes.add(echo);
    }

    @Override
    public void onError(Throwable fault) {}

    @Override
    public void onCompleted() {}
  }
}
