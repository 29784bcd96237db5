package org.latentspace.explorer.outlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.latentspace.proto.Echo;
import org.latentspace.proto.FeatureFrame;
import org.latentspace.proto.Latency;
import org.latentspace.proto.LatentPoint;
import org.latentspace.proto.Origin;
import org.latentspace.proto.SongPosition;
import org.latentspace.proto.StageStatus;

class ConsoleReportTest {
  private static final Echo ECHO =
      Echo.newBuilder()
          .setOrigin(Origin.newBuilder().setPerformer("performer"))
          .setFeatures(FeatureFrame.newBuilder().setLevelDbfs(-18.2f).setPitchMidi(69.2f))
          .setPoint(LatentPoint.newBuilder().addPosition(0.41f).addPosition(0.66f))
          .setPosition(SongPosition.newBuilder().setBar(5).setBeat(1.9).setBpm(120))
          .setStrokes(131)
          .addStages(StageStatus.newBuilder().setStage("explorer-service").setDropped(2))
          .addStages(
              StageStatus.newBuilder()
                  .setStage("midi-gateway")
                  .setSinceCapture(Latency.newBuilder().setCount(9).setP99Us(3140)))
          .build();

  @Test
  void oneLineTellsWhatIsGoingOn() {
    assertEquals(
        "  12 s  performer   -18 dBFS  A4   x 0.41 y 0.66  bar 6.2  strokes 131  p99 3.1 ms"
            + "  drops 3",
        ConsoleReport.line(12, ECHO, 1));
  }

  @Test
  void theLineIsNeverLongerThanAHundredColumns() {
    Echo wide =
        ECHO.toBuilder()
            .setOrigin(Origin.newBuilder().setPerformer("x".repeat(64)))
            .setStrokes(Long.MAX_VALUE)
            .setFeatures(FeatureFrame.newBuilder().setLevelDbfs(-120).setSilent(true))
            .build();
    String line = ConsoleReport.line(99_999, wide, 0);
    assertTrue(line.length() <= 100, line);
    assertTrue(line.contains("-120 dBFS  -  "), line);
  }
}
