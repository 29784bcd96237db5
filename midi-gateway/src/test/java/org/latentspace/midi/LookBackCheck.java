package org.latentspace.midi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.latentspace.kept.KeptLog;
import org.latentspace.kept.KeptRecord;
import org.latentspace.kept.Topic;
import org.latentspace.proto.HeardBar;
import org.latentspace.proto.HeardSource;
import org.latentspace.proto.KeepHeardRequest;
import org.latentspace.proto.KeptTake;
import org.latentspace.proto.ListHeardRequest;
import org.latentspace.proto.RecordedRhythm;
import org.latentspace.proto.RecordingServiceGrpc;
import org.latentspace.proto.RecordingServiceGrpc.RecordingServiceBlockingStub;

/** One bar of three strokes was struck: it is held, and kept when somebody asks for it. */
final class LookBackCheck {
  private final RecordingServiceBlockingStub hands;
  private final KeptLog log;

  LookBackCheck(ManagedChannel channel, KeptLog log) {
    hands = RecordingServiceGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS);
    this.log = log;
  }

  void check() throws Exception {
    HeardSource source = hands.listHeard(ListHeardRequest.getDefaultInstance()).getSources(0);
    assertEquals("robot", source.getSource());
    assertEquals("robots", source.getEnsemble());
    HeardBar bar = source.getBars(0);
    assertEquals(3, bar.getStrokes());
    assertEquals(300, bar.getBpm());
    assertEquals("p", bar.getPerformer());
    assertFalse(bar.getRepeatedBar());
    KeptTake take = hands.keepHeard(ask("robots", 1)).getTakes(0);
    assertEquals(0, take.getFirstBar());
    assertEquals(1, take.getBars());
    RecordedRhythm kept = kept(take.getKey());
    assertTrue(kept.getAskedFor());
    assertEquals("robot", kept.getSource());
    assertEquals(List.of(0, 4, 8), kept.getRhythm().getStepList());
    assertEquals(0, kept.getFollowingCount());
    refused(Status.Code.NOT_FOUND, ask("nobody", 1), "robot of robots");
    refused(Status.Code.INVALID_ARGUMENT, ask("robots", 65), "bars is 65, must be 1..64");
  }

  private static KeepHeardRequest ask(String ensemble, int bars) {
    return KeepHeardRequest.newBuilder().setEnsemble(ensemble).setBars(bars).build();
  }

  private RecordedRhythm kept(String key) throws Exception {
    BlockingQueue<KeptRecord> records = new LinkedBlockingQueue<>();
    try (KeptLog.Following following =
        log.follow(Topic.RECORDED_RHYTHMS, "look-back", KeptLog.Start.BEGINNING, records::add)) {
      KeptRecord record = records.poll(20, TimeUnit.SECONDS);
      while (!record.key().equals(key)) {
        record = records.poll(20, TimeUnit.SECONDS);
      }
      assertEquals("ok", following.status());
      return RecordedRhythm.parseFrom(record.value());
    }
  }

  private void refused(Status.Code code, KeepHeardRequest request, String words) {
    StatusRuntimeException no =
        assertThrows(StatusRuntimeException.class, () -> hands.keepHeard(request));
    assertEquals(code, no.getStatus().getCode());
    assertTrue(no.getStatus().getDescription().contains(words), no.getMessage());
  }
}
