package org.latentspace.midi.inlet;

import java.util.ArrayList;
import java.util.List;
import org.latentspace.midi.control.Control;
import org.latentspace.midi.rhythm.Grid;
import org.latentspace.midi.rhythm.Rhythm;
import org.latentspace.performer.Name;
import org.latentspace.performer.Origin;
import org.latentspace.wire.OriginWire;

/** Reads a rhythm from the wire; refuses what is out of the contract's ranges, by name. */
final class RhythmReader {
  private static final int MOST_STROKES = 8 * 12 * 24 * 24;

  private final int division;

  /**
   * @param division how many times as fast loops are run through: 1, 2 or 4
   */
  RhythmReader(int division) {
    this.division = division;
  }

  /** Throws IllegalArgumentException when the performer has no valid name. */
  static Origin origin(org.latentspace.proto.Origin wire) {
    Name.require("the performer's name", wire.getPerformer());
    return OriginWire.read(wire);
  }

  /** What it steers beside the rhythm; throws IllegalArgumentException for too many. */
  static List<Control> controls(org.latentspace.proto.Rhythm wire) {
    if (wire.getControlsCount() > Control.MOST) {
      throw new IllegalArgumentException(
          "controls are " + wire.getControlsCount() + ", expected at most " + Control.MOST);
    }
    List<Control> controls = new ArrayList<>(wire.getControlsCount());
    for (org.latentspace.proto.Control control : wire.getControlsList()) {
      if (Float.isFinite(control.getValue())) {
        controls.add(new Control(control.getDestination(), control.getValue()));
      }
    }
    return controls;
  }

  /** Throws IllegalArgumentException that names the value and its range. */
  Rhythm rhythm(Origin origin, org.latentspace.proto.Rhythm wire) {
    int count = wire.getStepCount();
    if (count > MOST_STROKES
        || wire.getVoiceCount() != count
        || wire.getVelocityCount() != count
        || wire.getOffsetCount() != count) {
      throw new IllegalArgumentException("step, voice, velocity and offset differ in length");
    }
    Rhythm.Strokes strokes =
        new Rhythm.Strokes(new int[count], new int[count], new float[count], new float[count]);
    for (int i = 0; i < count; i++) {
      strokes.step()[i] = wire.getStep(i);
      strokes.voice()[i] = wire.getVoice(i);
      strokes.velocity()[i] = wire.getVelocity(i);
      strokes.offset()[i] = wire.getOffset(i);
    }
    Grid grid =
        new Grid(
            wire.getBars(),
            wire.getBeatsPerBar(),
            wire.getBeatUnit(),
            wire.getStepsPerBeat(),
            division);
    float[] position = new float[wire.getPositionCount()];
    for (int i = 0; i < position.length; i++) {
      position[i] = wire.getPosition(i);
    }
    return new Rhythm(
        origin, wire.getModelVersion(), grid, wire.getVoicesList(), strokes, position);
  }
}
