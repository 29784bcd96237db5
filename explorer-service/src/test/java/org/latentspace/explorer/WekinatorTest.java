package org.latentspace.explorer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.wire.Until.until;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
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
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.latentspace.explorer.outlet.WekinatorOutlet;
import org.latentspace.osc.OscMessage;
import org.latentspace.osc.OscReceiver;
import org.latentspace.osc.OscSender;
import org.latentspace.proto.ExplorerServiceGrpc;
import org.latentspace.proto.ExplorerSettings;
import org.latentspace.proto.FeatureFrame;
import org.latentspace.proto.GetSettingsRequest;
import org.latentspace.proto.LatentPoint;
import org.latentspace.proto.Mode;
import org.latentspace.wire.grpc.GrpcServer;

/** Wekinator's ports, in the same application as {@link ExplorerServiceTest}, over real UDP. */
@QuarkusTest
@QuarkusTestResource(FakeVae.class)
class WekinatorTest {
  private static final String LOOPBACK = "127.0.0.1";

  @TestHTTPResource("/")
  URL address;

  @Inject GrpcServer grpc;

  @Inject WekinatorOutlet meter;

  private final BlockingQueue<OscMessage> heard = new LinkedBlockingQueue<>();
  private ManagedChannel channel;
  private ExplorerServiceGrpc.ExplorerServiceBlockingStub explorer;
  private EchoListener echoes;
  private StreamObserver<FeatureFrame> frames;
  private OscReceiver patch;
  private OscSender osc;

  @BeforeEach
  void call() throws Exception {
    channel =
        ManagedChannelBuilder.forAddress(address.getHost(), grpc.port()).usePlaintext().build();
    explorer = ExplorerServiceGrpc.newBlockingStub(channel);
    echoes = new EchoListener();
    frames = ExplorerServiceGrpc.newStub(channel).explore(echoes);
    patch = new OscReceiver("patch", LOOPBACK, port("out-port"), heard::add, (a, why) -> {});
    patch.start();
    assertTrue(patch.port(10_000) > 0, patch.status());
    osc = new OscSender(LOOPBACK, port("in-port"));
    until("the ports are open", () -> meter.status().equals("ok"));
    FakeVae.POINTS.clear();
  }

  @AfterEach
  void hangUp() throws InterruptedException {
    osc.close();
    patch.close();
    frames.onCompleted();
    channel.shutdownNow();
    channel.awaitTermination(5, TimeUnit.SECONDS);
  }

  @Test
  void outputsPlaceThePointInModeSelectAsTheHandDoes() throws Exception {
    begin("wek", Mode.MODE_SELECT);
    send(OscMessage.of("/wek/outputs", 0.25f, 0.75f));
    LatentPoint point = point();
    assertEquals(List.of(0.25f, 0.75f), point.getPositionList());
    assertEquals(Mode.MODE_SELECT, point.getMode());
    float ramp = point.getZRampMs();
    send(OscMessage.of("/wek/outputs", -3, 7, 0.5f));
    point = point();
    assertEquals(List.of(0f, 1f), point.getPositionList(), "clipped");
    assertEquals(1, point.getNoise(), "half of 0..2");
    assertEquals(ramp, point.getZRampMs(), "as before");
    send(OscMessage.of("/wek/outputs", 0.5f, 0.5f, 0, 0.5f));
    assertEquals(500, point().getZRampMs(), 0.01);
  }

  @Test
  void everyPerformerHasAnAddressAndInModePredictOnlyTheHandMoves() throws Exception {
    begin("anyone", Mode.MODE_PREDICT);
    FakeVae.POINTS.clear();
    send(OscMessage.of("/lse/point/anyone", 0.1f, 0.2f));
    until("the hand has moved", () -> hand("anyone").getPosition(0) == 0.1f);
    assertNull(FakeVae.POINTS.poll(100, TimeUnit.MILLISECONDS));
  }

  @Test
  void whatIsNoPointIsCountedAndTheNextOnePlaced() throws Exception {
    begin("wek", Mode.MODE_SELECT);
    long before = meter.refusedCount();
    send(OscMessage.of("/wek/outputs", 0.5f));
    send(OscMessage.of("/wek/outputs", 1, 1, 1, 1, 1));
    send(OscMessage.of("/wek/outputs", Float.NaN, 1));
    send(new OscMessage("/wek/outputs", List.of("x", "y")));
    send(OscMessage.of("/wek/other", 0.5f, 0.5f));
    send(OscMessage.of("/lse/point/nobody", 0.5f, 0.5f));
    send(OscMessage.of("/lse/point/../etc", 0.5f, 0.5f));
    send(OscMessage.of("/wek/outputs", 0.125f, 0.5f));
    assertEquals(0.125f, point().getPosition(0));
    assertEquals(before + 7, meter.refusedCount());
  }

  @Test
  void everyLiveFrameTellsTheVectorAndThePoint() throws Exception {
    frames.onNext(Frames.message("wek", 100, true, Frames.PLAYED));
    echoes.next();
    heard.clear();
    frames.onNext(Frames.message("other", 1, false, Frames.PLAYED));
    float[] vector = java.util.Arrays.copyOf(Frames.FAST_HIGH, 12);
    frames.onNext(Frames.message("wek", 101, false, vector));
    OscMessage inputs = heard.poll(10, TimeUnit.SECONDS);
    assertNotNull(inputs, "nothing told");
    assertEquals(OscMessage.of("/wek/inputs", vector), inputs);
    OscMessage outputs = heard.poll(10, TimeUnit.SECONDS);
    assertEquals("/wek/outputs", outputs.address());
    assertEquals(4, outputs.arguments().size());
    for (float output : outputs.numbers()) {
      assertTrue(output >= 0 && output <= 1, outputs.toString());
    }
    assertNull(heard.poll(100, TimeUnit.MILLISECONDS), "nothing of others, nothing offline");
  }

  /** What goes out comes in again as the same point. */
  @Test
  void outputsSentBackPlaceTheSamePoint() throws Exception {
    begin("wek", Mode.MODE_SELECT);
    send(OscMessage.of("/wek/outputs", 0.25f, 0.75f, 0.3f, 0.4f));
    LatentPoint placed = point();
    heard.clear();
    frames.onNext(Frames.message("wek", 1001, false, Frames.PLAYED));
    OscMessage outputs = heard.poll(10, TimeUnit.SECONDS);
    while (outputs != null && !outputs.address().equals("/wek/outputs")) {
      outputs = heard.poll(10, TimeUnit.SECONDS);
    }
    assertNotNull(outputs, "nothing told");
    FakeVae.POINTS.clear();
    send(outputs);
    LatentPoint again = point();
    assertEquals(placed.getPositionList(), again.getPositionList());
    assertEquals(placed.getNoise(), again.getNoise(), 1e-6);
    assertEquals(placed.getZRampMs(), again.getZRampMs(), 0.01);
  }

  private void begin(String performer, Mode mode) throws Exception {
    frames.onNext(Frames.message(performer, 1, true, Frames.PLAYED));
    echoes.next();
    explorer.setSettings(
        ExplorerSettings.newBuilder().setPerformer(performer).setMode(mode).build());
    FakeVae.POINTS.clear();
  }

  private void send(OscMessage message) {
    until("it is sent", () -> osc.send(message));
  }

  private ExplorerSettings hand(String performer) {
    return explorer.getSettings(GetSettingsRequest.newBuilder().setPerformer(performer).build());
  }

  private static LatentPoint point() throws InterruptedException {
    LatentPoint point = FakeVae.POINTS.poll(10, TimeUnit.SECONDS);
    assertNotNull(point, "no point");
    return point;
  }

  private static int port(String key) {
    return ConfigProvider.getConfig().getValue("explorer-service.wekinator." + key, Integer.class);
  }
}
