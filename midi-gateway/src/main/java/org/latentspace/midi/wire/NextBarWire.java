package org.latentspace.midi.wire;

import org.latentspace.midi.rhythm.Grid;
import org.latentspace.midi.rhythm.Rhythm;
import org.latentspace.midi.time.NextBar;
import org.latentspace.midi.time.NextBar.PlannedStroke;
import org.latentspace.proto.DropReason;
import org.latentspace.proto.NextStroke;
import org.latentspace.wire.UnixClock;

/** Next bars as messages. */
public final class NextBarWire {
  private NextBarWire() {}

  /** A bar that has not begun. */
  public static org.latentspace.proto.NextBar write(NextBar bar) {
    Rhythm rhythm = bar.pattern().rhythm();
    Grid grid = rhythm.grid();
    org.latentspace.proto.NextBar.Builder message =
        org.latentspace.proto.NextBar.newBuilder()
            .setEnsemble(bar.ensemble())
            .setBar(bar.bar())
            .setLineNanos(UnixClock.nanos() + bar.lineNanos() - System.nanoTime())
            .setBpm(bar.bpm())
            .setBeatsPerBar(grid.beatsPerBar())
            .setBeatUnit(grid.beatUnit())
            .setPerformer(rhythm.origin().performer())
            .setModelVersion(rhythm.modelVersion());
    bar.strokes().forEach(stroke -> message.addStrokes(write(stroke)));
    return message.build();
  }

  private static NextStroke.Builder write(PlannedStroke stroke) {
    int noteOn = stroke.noteOn();
    return NextStroke.newBuilder()
        .setRobot(stroke.robot())
        .setVoice(stroke.voice())
        .setChannel((noteOn >> 16 & 0xf) + 1)
        .setNote(noteOn >> 8 & 0x7f)
        .setVelocity(noteOn & 0x7f)
        .setGrain(stroke.grain())
        .setMs(stroke.nanos() / 1e6)
        .setDropped(write(stroke.dropped()));
  }

  private static DropReason write(org.latentspace.midi.robot.DropReason dropped) {
    if (dropped == null) {
      return DropReason.DROP_REASON_UNSPECIFIED;
    }
    return switch (dropped) {
      case TOO_CLOSE -> DropReason.DROP_REASON_TOO_CLOSE;
      case OVER_DUTY -> DropReason.DROP_REASON_OVER_DUTY;
      case MUTED -> DropReason.DROP_REASON_MUTED;
    };
  }
}
