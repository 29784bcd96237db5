package org.latentspace.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.latentspace.feature.Caller.latest;
import static org.latentspace.feature.Caller.newest;
import static org.latentspace.feature.Caller.next;
import static org.latentspace.feature.Caller.refused;
import static org.latentspace.wire.Until.until;

import io.grpc.Status;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.latentspace.proto.FeatureFrame;
import org.latentspace.proto.ListRangesReply;
import org.latentspace.proto.PutRangeRequest;
import org.latentspace.proto.RangeRequest;
import org.latentspace.proto.RangeServiceGrpc;
import org.latentspace.proto.ScalingSpec;
import org.latentspace.proto.UseRangeRequest;

/** Auto-range, as a musician and the right-hand neighbour see it. */
@QuarkusTest
@QuarkusTestResource(FakeExplorer.class)
class RangeServiceTest {
  private Caller caller;
  private RangeServiceGrpc.RangeServiceBlockingStub ranges;

  @BeforeEach
  void call() {
    caller = new Caller();
    ranges = RangeServiceGrpc.newBlockingStub(caller.channel);
  }

  @AfterEach
  void hangUp() throws InterruptedException {
    caller.close();
  }

  @Test
  void aRehearsalBecomesTheNextRangeWhichIsPlayedStoredAndChosen() throws Exception {
    RangeRequest ada = RangeRequest.newBuilder().setPerformer("ada").build();
    refused(Status.Code.FAILED_PRECONDITION, () -> ranges.endRehearsal(ada));
    ranges.beginRehearsal(ada);
    for (int i = 0; i < 600; i++) {
      caller.hear("ada", true, 0.05 + 0.3 * i / 600);
      if (i == 20) {
        until("ada is heard", () -> newest("ada") != null);
        refused(Status.Code.FAILED_PRECONDITION, () -> ranges.endRehearsal(ada));
      }
    }
    until("the newest frame is here", () -> latest("ada") == 600);
    ScalingSpec range = ranges.endRehearsal(ada);
    assertEquals("auto-1", range.getName());
    assertEquals(0.1, range.getOutLow());
    // RMS of a sine is its amplitude / sqrt 2; the amplitude rises from 0.05 to 0.35.
    assertEquals((0.05 + 0.05 * 0.3) / Math.sqrt(2), range.getLow(2), 0.003);
    assertEquals((0.05 + 0.95 * 0.3) / Math.sqrt(2), range.getHigh(2), 0.003);
    FakeExplorer.FRAMES.clear();
    caller.hear("ada", true, 0.2);
    caller.hear("ada", true, 0.2);
    caller.hear("ada", true, 0.2);
    FeatureFrame frame = next("ada");
    assertEquals("auto-1", frame.getScaling());
    assertEquals(range, frame.getScalingSpec());
    double part = (frame.getRaw().getRmsLinear() - range.getLow(2));
    double rms = 0.1 + 0.8 * part / (range.getHigh(2) - range.getLow(2));
    assertEquals(rms, frame.getVector(2), 1e-5);
    choose(ada, range);
  }

  private void choose(RangeRequest ada, ScalingSpec range) {
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
}
