package org.latentspace.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.feature.Caller.BLOCK;
import static org.latentspace.feature.Caller.MS;
import static org.latentspace.feature.Caller.RATE;
import static org.latentspace.feature.Caller.newest;
import static org.latentspace.feature.Caller.next;
import static org.latentspace.feature.Caller.refused;
import static org.latentspace.wire.Until.until;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.latentspace.osc.OscMessage;
import org.latentspace.osc.OscSender;
import org.latentspace.proto.FeatureFrame;
import org.latentspace.proto.ForgetSenseRequest;
import org.latentspace.proto.ListSensesReply;
import org.latentspace.proto.ListSensesRequest;
import org.latentspace.proto.RefusedSense;
import org.latentspace.proto.SenseFrame;
import org.latentspace.proto.SenseReply;
import org.latentspace.proto.SenseServiceGrpc;

/** Other senses, as senders and the right-hand neighbour see them. */
@QuarkusTest
@QuarkusTestResource(FakeExplorer.class)
class SenseServiceTest {
  @Inject @Readiness FeatureReadiness readiness;
  @Inject MeterRegistry page;

  private Caller caller;
  private SenseServiceGrpc.SenseServiceBlockingStub senses;

  @BeforeEach
  void call() {
    caller = new Caller();
    senses = SenseServiceGrpc.newBlockingStub(caller.channel);
  }

  @AfterEach
  void hangUp() throws InterruptedException {
    caller.close();
  }

  /** 60 lists a second over UDP beside sound in real time, then none for 600 ms. */
  @Test
  void aSenseByOscAt60HzJoinsTheVectorAndIsHeldAndFlaggedWhenItIsSilenced() throws Exception {
    try (OscSender osc = new OscSender("127.0.0.1", oscPort())) {
      until("the sender is open", () -> osc.send(OscMessage.of("/lse/input/dancer/pose", 0, 0)));
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
      caller.hear(performer, false, 0.3);
    }
    return Math.max(0, due);
  }

  @Test
  void aSenseByGrpcMayComeBeforeTheSoundAndBadValuesAreRefusedWithTheirReason() throws Exception {
    Caller.Kept<SenseReply> replies = new Caller.Kept<>();
    StreamObserver<SenseFrame> feel = SenseServiceGrpc.newStub(caller.channel).feel(replies);
    feel.onNext(sense("early", "breath", 0.25f));
    assertEquals(1, replies.next().getTaken());
    feel.onNext(sense("early", "breath", 0.25f, 1));
    SenseReply refusal = replies.next();
    assertEquals(1, refusal.getRefused());
    assertTrue(
        refusal.getReason().startsWith("has 2 values, must be 1 as before"), refusal.getReason());
    RefusedSense state = list("early").getRefused(0);
    assertEquals("breath", state.getName());
    assertEquals(1, state.getCount());
    assertEquals(refusal.getReason(), state.getReason());
    feel.onNext(sense("early", "br/eath", 1));
    feel.onNext(sense("../early", "breath", 1));
    feel.onNext(sense("early", "breath", Float.NaN));
    feel.onNext(sense("early", "pose", new float[257]));
    feel.onNext(sense("early", "breath", 0.5f));
    feel.onCompleted();
    SenseReply last = replies.last();
    assertEquals(2, last.getTaken());
    assertEquals(5, last.getRefused());
    caller.hear("early", false, 0.3);
    caller.hear("early", false, 0.3);
    FeatureFrame frame = next("early");
    assertEquals(1, frame.getRefusedSensesCount(), "a list of breath was taken since");
    assertEquals("pose", frame.getRefusedSenses(0).getName());
    assertEquals("257 values, must be 1..256", frame.getRefusedSenses(0).getReason());
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
    caller.hear("early", false, 0.3);
    caller.hear("early", false, 0.3);
    assertEquals(10, next("early").getVectorCount());
  }

  @Test
  void whatIsNoSenseByOscIsCountedAndTheDoorStaysOpen() throws Exception {
    try (OscSender osc = new OscSender("127.0.0.1", oscPort())) {
      until("the sender is open", () -> osc.send(OscMessage.of("/lse/input/door/good", 0)));
      double before = refusedDatagrams();
      osc.send(OscMessage.of("/lse/input/door", 1));
      osc.send(OscMessage.of("/lse/input/door/a/b", 1));
      osc.send(OscMessage.of("/lse/input/door/a", Float.NaN));
      osc.send(OscMessage.of("/lse/input/door/empty"));
      osc.send(new OscMessage("/lse/input/door/text", List.of("loud")));
      osc.send(new OscMessage("/lse/input/door/mixed", List.of(1, 0.5, true, 2L)));
      until("both are known", () -> senses.listSenses(request("door")).getSensesCount() == 2);
      assertEquals(before + 5, refusedDatagrams());
      assertEquals(List.of(1f, 0.5f, 1f, 2f), list("door").getSenses(1).getValueList());
      assertEquals("ok", readiness.call().getData().orElseThrow().get("osc"));
    }
  }

  @Test
  void aLosslessRunHasNoSenses() throws Exception {
    SenseServiceGrpc.newStub(caller.channel)
        .feel(new Caller.Kept<>())
        .onNext(sense("offline", "pose", 1));
    until("it is known", () -> list("offline").getSensesCount() == 1);
    caller.hear("offline", true, 0.3);
    caller.hear("offline", true, 0.3);
    assertEquals(10, next("offline").getVectorCount());
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

  private double refusedDatagrams() {
    return page.get("feature.senses.osc.refused").functionCounter().count();
  }
}
