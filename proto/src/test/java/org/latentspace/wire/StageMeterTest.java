package org.latentspace.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.latentspace.proto.StageStatus;

class StageMeterTest {
  @Test
  void countsAreOfNowAndLatenciesOfAtMostAFifthOfASecondAgo() {
    StageMeter meter = new StageMeter("feature-service");
    meter.took(1000);
    assertEquals(1, meter.stageStatus().getOwn().getCount());
    meter.received();
    meter.took(1000);
    assertEquals(1, meter.stageStatus().getReceived());
    Until.until("the latencies are read again", () -> meter.stageStatus().getOwn().getCount() == 2);
  }

  @Test
  void saysWhatItCounted() {
    StageMeter meter = new StageMeter("feature-service");
    meter.received();
    meter.received();
    meter.sent();
    meter.refused();
    meter.dropped("ann");
    for (int i = 1; i <= 100; i++) {
      meter.took(i * 1000L);
    }
    meter.sinceCapture("ann", -5);
    StageStatus status = meter.stageStatus();
    assertEquals("feature-service", status.getStage());
    assertEquals(2, status.getReceived());
    assertEquals(1, status.getSent());
    assertEquals(1, status.getRefused());
    assertEquals(1, status.getDropped());
    assertEquals(100, status.getOwn().getCount());
    assertEquals(50, status.getOwn().getP50Us(), 0.5);
    assertEquals(99, status.getOwn().getP99Us(), 0.5);
    assertEquals(100, status.getOwn().getMaxUs(), 0.5);
    assertEquals(0, status.getSinceCapture().getMaxUs(), "a clock that stepped back counts as 0");
    assertEquals("ok", status.getStatus());
  }
}
