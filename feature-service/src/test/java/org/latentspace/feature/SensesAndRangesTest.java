package org.latentspace.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.latentspace.proto.AudioBlock;
import org.latentspace.proto.Echo;
import org.latentspace.proto.FeatureFrame;
import org.latentspace.proto.FeatureServiceGrpc;
import org.latentspace.proto.ForgetSenseRequest;
import org.latentspace.proto.ListRangesReply;
import org.latentspace.proto.ListSensesReply;
import org.latentspace.proto.ListSensesRequest;
import org.latentspace.proto.Origin;
import org.latentspace.proto.PutRangeRequest;
import org.latentspace.proto.RangeRequest;
import org.latentspace.proto.RangeServiceGrpc;
import org.latentspace.proto.ScalingSpec;
import org.latentspace.proto.SenseFrame;
import org.latentspace.proto.SenseReply;
import org.latentspace.proto.SenseServiceGrpc;
import org.latentspace.proto.UseRangeRequest;
import org.latentspace.wire.osc.OscMessage;
import org.latentspace.wire.osc.OscSender;

/** Other senses and auto-range, as senders, musicians and the right-hand neighbour see them. */
@QuarkusTest
@QuarkusTestResource(FakeExplorer.class)
class SensesAndRangesTest {
  private static final int RATE = 44_100;
  private static final int BLOCK = 256;
  private static final long MS = 1_000_000;

  @Inject @Readiness FeatureReadiness readiness;
  @Inject SenseFlow senseFlow;

  private ManagedChannel channel;
  private StreamObserver<AudioBlock> sound;
  private SenseServiceGrpc.SenseServiceBlockingStub senses;
  private RangeServiceGrpc.RangeServiceBlockingStub ranges;
  private int sequence;

  @BeforeEach
  void call() {
    int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
    channel = ManagedChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    sound = FeatureServiceGrpc.newStub(channel).hear(new Kept<Echo>());
    senses = SenseServiceGrpc.newBlockingStub(channel);
    ranges = RangeServiceGrpc.newBlockingStub(channel);
    FakeExplorer.FRAMES.clear();
  }

  @AfterEach
  void hangUp() throws InterruptedException {
    channel.shutdownNow();
    channel.awaitTermination(5, TimeUnit.SECONDS);
  }

  /** 60 lists a second over UDP beside sound in real time, then none for 600 ms. */
  @Test
  void aSenseByOscAt60HzJoinsTheVectorAndIsHeldAndFlaggedWhenItIsSilenced() throws Exception {
    try (OscSender osc = new OscSender("127.0.0.1", oscPort())) {
      until(() -> osc.send(OscMessage.of("/lse/input/dancer/pose", 0, 0)));
      long begin = System.nanoTime();
      long lastSent = begin;
      int sent = 0;
      int blocks = 0;
      while (System.nanoTime() - begin < 1000 * MS) {
        long now = System.nanoTime() - begin;
        if (now >= sent * 1000 * MS / 60) {
          sent++;
          lastSent = System.nanoTime();
          osc.send(OscMessage.of("/lse/input/dancer/pose", 1, sent / 100f));
        }
        blocks += play("dancer", blocks, now);
        LockSupport.parkNanos(MS);
      }
      FeatureFrame fresh = newest("dancer");
      assertEquals(12, fresh.getVectorCount());
      assertEquals(1, fresh.getSensesCount());
      assertEquals("pose", fresh.getSenses(0).getName());
      assertEquals(2, fresh.getSenses(0).getSize());
      assertFalse(fresh.getSenses(0).getStale());
      assertEquals(1, fresh.getSenseRaw(0));
      // Configured: -1..3.
      assertEquals(0.5f, fresh.getVector(10), 1e-6);
      assertEquals((1 + fresh.getSenseRaw(1)) / 4, fresh.getVector(11), 1e-6);
      double rate = list("dancer").getSenses(0).getRateHz();
      assertTrue(rate > 40 && rate < 90, "rate " + rate);
      silenced(lastSent, begin, blocks, sent / 100f);
    }
  }

  private void silenced(long lastSent, long begin, int blocksSoFar, float held) throws Exception {
    int blocks = blocksSoFar;
    long flaggedAfter = 0;
    int frames = 0;
    while (System.nanoTime() - lastSent < 600 * MS
        || flaggedAfter == 0 && System.nanoTime() - lastSent < 5000 * MS) {
      blocks += play("dancer", blocks, System.nanoTime() - begin);
      for (FeatureFrame f = FakeExplorer.FRAMES.poll(); f != null; f = FakeExplorer.FRAMES.poll()) {
        frames++;
        assertEquals(held, f.getSenseRaw(1), 0.02, "held");
        if (f.getSenses(0).getStale() && flaggedAfter == 0) {
          flaggedAfter = System.nanoTime() - lastSent;
        }
      }
      LockSupport.parkNanos(MS);
    }
    assertTrue(flaggedAfter >= 480 * MS, "flagged after " + flaggedAfter / MS + " ms");
    assertTrue(frames > 30, "the sound is heard on: " + frames + " frames");
    assertTrue(list("dancer").getSenses(0).getSense().getStale());
  }

  /** Plays every block that is due; gives back how many. */
  private int play(String performer, int blocks, long sinceNanos) {
    int due = (int) (sinceNanos / 1e9 * RATE / BLOCK) - blocks;
    for (int i = 0; i < due; i++) {
      hear(performer, false, 0.3);
    }
    return Math.max(0, due);
  }

  @Test
  void aSenseByGrpcMayComeBeforeTheSoundAndBadValuesAreRefusedWithTheirReason() throws Exception {
    Kept<SenseReply> replies = new Kept<>();
    StreamObserver<SenseFrame> feel = SenseServiceGrpc.newStub(channel).feel(replies);
    feel.onNext(sense("early", "breath", 0.25f));
    assertEquals(1, replies.next().getTaken());
    feel.onNext(sense("early", "breath", 0.25f, 1));
    SenseReply refusal = replies.next();
    assertEquals(1, refusal.getRefused());
    assertEquals("has 2 values, must be 1 as at first", refusal.getReason());
    feel.onNext(sense("early", "br/eath", 1));
    feel.onNext(sense("../early", "breath", 1));
    feel.onNext(sense("early", "breath", Float.NaN));
    feel.onNext(sense("early", "breath", 0.5f));
    feel.onCompleted();
    SenseReply last = replies.last();
    assertEquals(2, last.getTaken());
    assertEquals(4, last.getRefused());
    hear("early", false, 0.3);
    hear("early", false, 0.3);
    FeatureFrame frame = next("early");
    assertEquals(0.5f, frame.getVector(10));
    assertEquals("breath", frame.getScalingSpec().getSenses(10));
    assertEquals(1, frame.getFrame());
    assertEquals(
        0,
        senses
            .forgetSense(
                ForgetSenseRequest.newBuilder().setPerformer("early").setSense("breath").build())
            .getSensesCount());
    refused(
        Status.Code.NOT_FOUND,
        () ->
            senses.forgetSense(
                ForgetSenseRequest.newBuilder().setPerformer("early").setSense("breath").build()));
    hear("early", false, 0.3);
    hear("early", false, 0.3);
    assertEquals(10, next("early").getVectorCount());
  }

  @Test
  void whatIsNoSenseByOscIsCountedAndTheDoorStaysOpen() throws Exception {
    try (OscSender osc = new OscSender("127.0.0.1", oscPort())) {
      until(() -> osc.send(OscMessage.of("/lse/input/door/good", 0)));
      long before = senseFlow.refusedDatagrams();
      osc.send(OscMessage.of("/lse/input/door", 1));
      osc.send(OscMessage.of("/lse/input/door/a/b", 1));
      osc.send(OscMessage.of("/lse/input/door/a", Float.NaN));
      osc.send(OscMessage.of("/lse/input/door/empty"));
      osc.send(new OscMessage("/lse/input/door/text", List.of("loud")));
      osc.send(new OscMessage("/lse/input/door/mixed", List.of(1, 0.5, true, 2L)));
      until(() -> senses.listSenses(request("door")).getSensesCount() == 2);
      assertEquals(before + 5, senseFlow.refusedDatagrams());
      assertEquals(List.of(1f, 0.5f, 1f, 2f), list("door").getSenses(1).getValueList());
      assertEquals("ok", readiness.call().getData().orElseThrow().get("osc"));
    }
  }

  @Test
  void aLosslessRunHasNoSenses() throws Exception {
    SenseServiceGrpc.newStub(channel).feel(new Kept<>()).onNext(sense("offline", "pose", 1));
    until(() -> list("offline").getSensesCount() == 1);
    hear("offline", true, 0.3);
    hear("offline", true, 0.3);
    assertEquals(10, next("offline").getVectorCount());
  }

  @Test
  void aRehearsalBecomesTheNextRangeWhichIsPlayedStoredAndChosen() throws Exception {
    RangeRequest ada = RangeRequest.newBuilder().setPerformer("ada").build();
    refused(Status.Code.FAILED_PRECONDITION, () -> ranges.endRehearsal(ada));
    ranges.beginRehearsal(ada);
    for (int i = 0; i < 600; i++) {
      hear("ada", true, 0.05 + 0.3 * i / 600);
      if (i == 20) {
        until(() -> newest("ada") != null);
        refused(Status.Code.FAILED_PRECONDITION, () -> ranges.endRehearsal(ada));
      }
    }
    until(() -> latest("ada") == 600);
    ScalingSpec range = ranges.endRehearsal(ada);
    assertEquals("auto-1", range.getName());
    assertEquals(0.1, range.getOutLow());
    // RMS of a sine is its amplitude / sqrt 2; the amplitude rises from 0.05 to 0.35.
    assertEquals((0.05 + 0.05 * 0.3) / Math.sqrt(2), range.getLow(2), 0.003);
    assertEquals((0.05 + 0.95 * 0.3) / Math.sqrt(2), range.getHigh(2), 0.003);
    FakeExplorer.FRAMES.clear();
    hear("ada", true, 0.2);
    hear("ada", true, 0.2);
    hear("ada", true, 0.2);
    FeatureFrame frame = next("ada");
    assertEquals("auto-1", frame.getScaling());
    assertEquals(range, frame.getScalingSpec());
    double part = (frame.getRaw().getRmsLinear() - range.getLow(2));
    double rms = 0.1 + 0.8 * part / (range.getHigh(2) - range.getLow(2));
    assertEquals(rms, frame.getVector(2), 1e-5);
    ScalingSpec put =
        ranges.putRange(
            PutRangeRequest.newBuilder()
                .setPerformer("ada")
                .setRange(range.toBuilder().setHigh(2, 9))
                .build());
    assertEquals("auto-2", put.getName());
    assertEquals(9, put.getHigh(2));
    assertEquals("lse", use("ada", "lse").getName());
    refused(Status.Code.NOT_FOUND, () -> use("ada", "auto-3"));
    ListRangesReply list = ranges.listRanges(ada);
    assertEquals(
        List.of("lse", "auto-1", "auto-2"),
        list.getRangesList().stream().map(ScalingSpec::getName).toList());
    assertEquals("lse", list.getUsed());
    assertEquals(
        "lse", ranges.getRange(RangeRequest.newBuilder().setPerformer("bob").build()).getName());
    refused(
        Status.Code.INVALID_ARGUMENT,
        () -> ranges.putRange(PutRangeRequest.newBuilder().setPerformer("ada").build()));
    refused(
        Status.Code.INVALID_ARGUMENT,
        () -> ranges.getRange(RangeRequest.newBuilder().setPerformer("../x").build()));
  }

  private ScalingSpec use(String performer, String name) {
    return ranges.useRange(
        UseRangeRequest.newBuilder().setPerformer(performer).setName(name).build());
  }

  private static int oscPort() {
    return ConfigProvider.getConfig().getValue("feature-service.osc.port", Integer.class);
  }

  private ListSensesReply list(String performer) {
    return senses.listSenses(request(performer));
  }

  private static ListSensesRequest request(String performer) {
    return ListSensesRequest.newBuilder().setPerformer(performer).build();
  }

  private static SenseFrame sense(String performer, String sense, float... values) {
    SenseFrame.Builder frame = SenseFrame.newBuilder().setPerformer(performer).setSense(sense);
    for (float value : values) {
      frame.addValue(value);
    }
    return frame.build();
  }

  private static FeatureFrame next(String performer) throws InterruptedException {
    FeatureFrame frame = FakeExplorer.FRAMES.poll(10, TimeUnit.SECONDS);
    while (frame != null && !frame.getOrigin().getPerformer().equals(performer)) {
      frame = FakeExplorer.FRAMES.poll(10, TimeUnit.SECONDS);
    }
    assertNotNull(frame, "no frame of " + performer);
    return frame;
  }

  /** The newest frame that has come; the older ones are taken away. */
  private static FeatureFrame newest(String performer) {
    FeatureFrame newest = null;
    for (FeatureFrame f = FakeExplorer.FRAMES.poll(); f != null; f = FakeExplorer.FRAMES.poll()) {
      newest = f.getOrigin().getPerformer().equals(performer) ? f : newest;
    }
    return newest;
  }

  private static long latest(String performer) {
    return FakeExplorer.FRAMES.stream()
        .filter(f -> f.getOrigin().getPerformer().equals(performer))
        .mapToLong(f -> f.getOrigin().getSequence())
        .max()
        .orElse(0);
  }

  private void hear(String performer, boolean lossless, double amplitude) {
    sequence++;
    AudioBlock.Builder block =
        AudioBlock.newBuilder()
            .setOrigin(
                Origin.newBuilder()
                    .setPerformer(performer)
                    .setSequence(sequence)
                    .setSoundNanos(sequence * (long) BLOCK * 1_000_000_000L / RATE)
                    .setLossless(lossless))
            .setSampleRate(RATE);
    for (int i = 0; i < BLOCK; i++) {
      double at = (double) ((sequence - 1) * BLOCK + i) / RATE;
      block.addSamples((float) (amplitude * Math.sin(2 * Math.PI * 440 * at)));
    }
    sound.onNext(block.build());
  }

  private static void refused(Status.Code code, Runnable call) {
    StatusRuntimeException fault = assertThrows(StatusRuntimeException.class, call::run);
    assertEquals(code, fault.getStatus().getCode(), fault.getMessage());
    assertNotNull(fault.getStatus().getDescription());
  }

  private static void until(java.util.function.BooleanSupplier holds) {
    long end = System.nanoTime() + 10_000 * MS;
    while (!holds.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "not in 10 s");
      LockSupport.parkNanos(5 * MS);
    }
  }

  /** Keeps what comes back. */
  private static final class Kept<T> implements StreamObserver<T> {
    private final BlockingQueue<T> values = new LinkedBlockingQueue<>();
    private final BlockingQueue<Boolean> ended = new LinkedBlockingQueue<>();

    T next() throws InterruptedException {
      T value = values.poll(10, TimeUnit.SECONDS);
      assertNotNull(value, "no answer");
      return value;
    }

    T last() throws InterruptedException {
      assertNotNull(ended.poll(10, TimeUnit.SECONDS), "no end");
      T last = null;
      for (T value = values.poll(); value != null; value = values.poll()) {
        last = value;
      }
      return last;
    }

    @Override
    public void onNext(T value) {
      values.add(value);
    }

    @Override
    public void onError(Throwable fault) {
      ended.add(false);
    }

    @Override
    public void onCompleted() {
      ended.add(true);
    }
  }
}
