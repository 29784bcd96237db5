package org.latentspace.midi.wire;

import com.google.protobuf.Timestamp;
import org.latentspace.midi.rhythm.Rhythm;
import org.latentspace.wire.UnixClock;

/** Writes rhythms as messages of the wire. */
public final class RhythmWire {
  private RhythmWire() {}

  /** A rhythm without its origin. */
  public static org.latentspace.proto.Rhythm.Builder write(Rhythm rhythm) {
    org.latentspace.proto.Rhythm.Builder wire =
        org.latentspace.proto.Rhythm.newBuilder()
            .setModelVersion(rhythm.modelVersion())
            .setBars(rhythm.grid().bars())
            .setBeatsPerBar(rhythm.grid().beatsPerBar())
            .setBeatUnit(rhythm.grid().beatUnit())
            .setStepsPerBeat(rhythm.grid().stepsPerBeat())
            .addAllVoices(rhythm.voices());
    Rhythm.Strokes strokes = rhythm.strokes();
    for (int i = 0; i < strokes.count(); i++) {
      wire.addStep(strokes.step()[i])
          .addVoice(strokes.voice()[i])
          .addVelocity(strokes.velocity()[i])
          .addOffset(strokes.offset()[i]);
    }
    for (float coordinate : rhythm.position()) {
      wire.addPosition(coordinate);
    }
    return wire;
  }

  /** The Unix time of a moment of {@link System#nanoTime}. */
  public static long unixNanos(long nanoTime) {
    return UnixClock.nanos() - (System.nanoTime() - nanoTime);
  }

  /** Unix time in nanoseconds. */
  public static Timestamp timestamp(long unixNanos) {
    return Timestamp.newBuilder()
        .setSeconds(Math.floorDiv(unixNanos, 1_000_000_000L))
        .setNanos((int) Math.floorMod(unixNanos, 1_000_000_000L))
        .build();
  }
}
