package org.latentspace.midi.wire;

import java.util.Collection;
import org.latentspace.midi.calibration.Calibration;
import org.latentspace.midi.robot.Robot;
import org.latentspace.midi.time.Ensemble;
import org.latentspace.midi.time.EnsembleStyle;
import org.latentspace.midi.time.Transport.TakeOver;
import org.latentspace.proto.Transport;

/** Reads and writes how ensembles and their robots play. */
public final class EnsembleWire {
  private EnsembleWire() {}

  /**
   * A style with what is set in a message.
   *
   * @throws IllegalArgumentException with the value and its range
   */
  public static EnsembleStyle changed(EnsembleStyle now, Transport wanted) {
    return new EnsembleStyle(
        takeOver(wanted, now.takeOver()),
        wanted.hasShuffle() ? wanted.getShuffle() : now.shuffle(),
        wanted.hasNudgeMs() ? Math.round(wanted.getNudgeMs() * 1e6) : now.nudgeNanos(),
        wanted.hasMute() ? wanted.getMute() : now.mute(),
        wanted.hasSolo() ? wanted.getSolo() : now.solo());
  }

  private static TakeOver takeOver(Transport wanted, TakeOver now) {
    return switch (wanted.getTakeOver()) {
      case TAKE_OVER_CELL -> TakeOver.CELL;
      case TAKE_OVER_BEAT -> TakeOver.BEAT;
      case TAKE_OVER_BAR -> TakeOver.BAR;
      case TAKE_OVER_UNSPECIFIED -> now;
      case UNRECOGNIZED ->
          throw new IllegalArgumentException("take_over must be cell, beat or bar");
    };
  }

  /** How an ensemble plays; the clock's part is to be added. */
  public static Transport.Builder transport(Ensemble ensemble) {
    EnsembleStyle style = ensemble.style();
    return Transport.newBuilder()
        .setEnsemble(ensemble.name())
        .setTakeOver(
            switch (style.takeOver()) {
              case CELL -> org.latentspace.proto.TakeOver.TAKE_OVER_CELL;
              case BEAT -> org.latentspace.proto.TakeOver.TAKE_OVER_BEAT;
              case BAR -> org.latentspace.proto.TakeOver.TAKE_OVER_BAR;
            })
        .setShuffle(style.shuffle())
        .setNudgeMs(style.nudgeNanos() / 1e6)
        .setMute(style.mute())
        .setSolo(style.solo());
  }

  /** A robot, what it has struck, and what was measured of it. */
  public static org.latentspace.proto.Robot robot(
      Ensemble ensemble, Robot robot, Collection<Calibration> measured) {
    return org.latentspace.proto.Robot.newBuilder()
        .addAllCalibrations(measured.stream().map(CalibrationWire::write).toList())
        .setRobot(robot.name())
        .setEnsemble(ensemble.name())
        .setMute(robot.mute())
        .setSolo(robot.solo())
        .setSilent(robot.isSilent())
        .setStrokes(robot.history().strokes())
        .setTooClose(robot.history().tooClose())
        .setOverDuty(robot.history().overDuty())
        .setMuted(robot.history().muted())
        .build();
  }
}
