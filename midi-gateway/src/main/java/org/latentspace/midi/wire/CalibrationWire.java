package org.latentspace.midi.wire;

import org.latentspace.midi.calibration.Calibrator;
import org.latentspace.proto.CalibrateRequest;
import org.latentspace.proto.Calibration;
import org.latentspace.proto.CalibrationPoint;
import org.latentspace.proto.CalibrationProgress;

/** What was measured of robots, as messages. */
public final class CalibrationWire {
  private CalibrationWire() {}

  /** What is to be measured; IllegalArgumentException: a value is out of range. */
  public static Calibrator.Order order(CalibrateRequest request) {
    return new Calibrator.Order(
        request.getRobot(),
        request.getVoice(),
        request.getPerformer(),
        request.getInputLatencyMs());
  }

  /** How far it is. */
  public static CalibrationProgress.Builder progress(int strokes, int planned, int heard) {
    return CalibrationProgress.newBuilder()
        .setStrokes(strokes)
        .setStrokesPlanned(planned)
        .setHeard(heard);
  }

  /** What was measured. */
  public static Calibration write(org.latentspace.midi.calibration.Calibration found) {
    Calibration.Builder message =
        Calibration.newBuilder()
            .setRobot(found.robot())
            .setVoice(found.voice())
            .setMeasuredAt(found.unixSeconds())
            .setCurve(found.curve())
            .setStrokes(found.strokes())
            .setRejected(found.rejected())
            .setSpreadMs(found.spreadMs());
    found
        .points()
        .forEach(
            point ->
                message.addPoints(
                    CalibrationPoint.newBuilder()
                        .setVelocity(point.velocity())
                        .setLatencyMs(point.latencyMs())
                        .setLevelDbfs(point.levelDb())));
    return message.build();
  }
}
