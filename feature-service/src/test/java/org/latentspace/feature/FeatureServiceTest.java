package org.latentspace.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.wire.Until.until;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.latentspace.feature.dsp.FeatureSettings;
import org.latentspace.feature.dsp.Listeners;
import org.latentspace.feature.outlet.ExplorerOutlet;
import org.latentspace.feature.wire.FeatureStage;
import org.latentspace.proto.AudioBlock;
import org.latentspace.proto.Echo;
import org.latentspace.proto.FeatureFrame;
import org.latentspace.proto.FeatureServiceGrpc;
import org.latentspace.proto.Origin;
import org.latentspace.proto.StageStatus;
import org.latentspace.wire.MetricsPage;
import org.latentspace.wire.UnixClock;
import org.latentspace.wire.grpc.GrpcServer;

/** The service as its neighbours see it. */
@QuarkusTest
@QuarkusTestResource(FakeExplorer.class)
class FeatureServiceTest {
  private static final int RATE = 44_100;
  private static final int BLOCK = 256;

  @Inject @Readiness FeatureReadiness readiness;
  @Inject ExplorerOutlet explorer;

  private final BlockingQueue<Echo> echoes = new LinkedBlockingQueue<>();
  private ManagedChannel channel;
  private StreamObserver<AudioBlock> stream;

  @BeforeEach
  void call() {
    int port = CDI.current().select(GrpcServer.class).get().port();
    channel = ManagedChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    FakeExplorer.FRAMES.clear();
    stream = FeatureServiceGrpc.newStub(channel).hear(new Echoes());
  }

  @AfterEach
  void hangUp() {
    channel.shutdownNow();
  }

  @Test
  void aLosslessRunIsHeardWholeEveryBlockEchoedAndTheEndMarked() throws Exception {
    int blocks = 200;
    for (int i = 1; i <= blocks; i++) {
      stream.onNext(block("whole", i, true, i == blocks));
    }
    long newest = 0;
    boolean finished = false;
    while (!finished) {
      Echo echo = echoes.poll(10, TimeUnit.SECONDS);
      assertNotNull(echo, "no echo after that of block " + newest);
      newest = Math.max(newest, echo.getOrigin().getSequence());
      assertEquals("feature-service", echo.getStages(0).getStage());
      finished = echo.getFinished();
      if (echo.hasFeatures()) {
        assertEquals("explorer-service", echo.getStages(1).getStage());
      }
    }
    assertEquals(blocks, newest);
    List<FeatureFrame> frames = new ArrayList<>();
    FakeExplorer.FRAMES.drainTo(frames);
    assertEquals(1 + blocks * BLOCK / 512, frames.size());
    for (int k = 0; k < frames.size(); k++) {
      FeatureFrame frame = frames.get(k);
      assertEquals(k + 1, frame.getFrame());
      assertEquals(k * 512.0 / RATE, frame.getWindowCentreS(), 1e-9);
      assertEquals(10, frame.getVectorCount());
      assertEquals("lse", frame.getScaling());
      assertEquals(k == frames.size() - 1, frame.getOrigin().getLast());
      assertTrue(frame.getOrigin().getLossless());
    }
    assertEquals(69, frames.get(40).getPitchMidi(), 0.1);
    assertEquals(440, frames.get(40).getRaw().getCentroidHz(), 30);
  }

  @Test
  void aBadBlockIsSkippedAndTheStreamGoesOn() throws Exception {
    stream.onNext(block("bad name!", 1, true, false));
    Echo refusal = echoes.poll(10, TimeUnit.SECONDS);
    assertNotNull(refusal, "the sender of a lossless block waits for its echo");
    for (int i = 1; i <= 8; i++) {
      stream.onNext(block("good", i, true, false));
    }
    FeatureFrame frame = FakeExplorer.FRAMES.poll(10, TimeUnit.SECONDS);
    assertNotNull(frame);
    while (!"good".equals(frame.getOrigin().getPerformer())) {
      frame = FakeExplorer.FRAMES.poll(10, TimeUnit.SECONDS);
      assertNotNull(frame, "no frame of the good performer");
    }
    Echo echo = echoes.poll(10, TimeUnit.SECONDS);
    assertNotNull(echo);
    assertTrue(explorer.status().getRefused() >= 1);
  }

  @Test
  void whatIsToldOfAPerformerWithoutInputGoesOnWithoutASound() throws Exception {
    StageStatus audio =
        StageStatus.newBuilder().setStage("audio-service").setStatus("deaf: no device").build();
    stream.onNext(
        AudioBlock.newBuilder()
            .setOrigin(Origin.newBuilder().setPerformer("deaf"))
            .addUpstream(audio)
            .build());
    FeatureFrame frame;
    do {
      frame = FakeExplorer.FRAMES.poll(10, TimeUnit.SECONDS);
      assertNotNull(frame, "nothing of deaf");
    } while (!"deaf".equals(frame.getOrigin().getPerformer()));
    assertEquals(0, frame.getFrame());
    assertEquals(0, frame.getVectorCount());
    assertEquals(audio, frame.getUpstream(0));
    assertEquals("feature-service", frame.getUpstream(1).getStage());
  }

  @Test
  void metricsSayHowLateTheFramesOfEachPerformerAre() throws Exception {
    for (int i = 1; i <= 20; i++) {
      AudioBlock.Builder block = block("timed", i, false, false).toBuilder();
      block.getOriginBuilder().setCapturedNanos(UnixClock.nanos());
      stream.onNext(block.build());
    }
    int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
    MetricsPage.check("http://127.0.0.1:" + port, "feature", "timed", 9);
  }

  @Test
  void isReadyWithItsNeighbourAndNotWithoutIt() {
    until("it is ready", () -> readiness.call().getStatus() == HealthCheckResponse.Status.UP);
    Listeners nobody = new Listeners(1, name -> FeatureSettings.standard());
    ExplorerOutlet uncalled = new ExplorerOutlet("127.0.0.1", 1, nobody, new FeatureStage());
    FeatureReadiness alone =
        new FeatureReadiness(new FeatureFlow(nobody, uncalled), nobody, uncalled);
    assertEquals(HealthCheckResponse.Status.DOWN, alone.call().getStatus());
    uncalled.close();
  }

  private static AudioBlock block(String performer, int sequence, boolean lossless, boolean last) {
    AudioBlock.Builder block =
        AudioBlock.newBuilder()
            .setOrigin(
                Origin.newBuilder()
                    .setPerformer(performer)
                    .setSequence(sequence)
                    .setSoundNanos(sequence * (long) BLOCK * 1_000_000_000L / RATE)
                    .setLossless(lossless)
                    .setLast(last))
            .setSampleRate(RATE);
    for (int i = 0; i < BLOCK; i++) {
      double at = (double) ((sequence - 1) * BLOCK + i) / RATE;
      block.addSamples((float) (0.3 * Math.sin(2 * Math.PI * 440 * at)));
    }
    return block.build();
  }

  private final class Echoes implements StreamObserver<Echo> {
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
