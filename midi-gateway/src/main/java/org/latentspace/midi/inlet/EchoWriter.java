package org.latentspace.midi.inlet;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.HdrHistogram.Histogram;
import org.latentspace.midi.MidiFlow;
import org.latentspace.midi.MidiMetrics;
import org.latentspace.midi.rhythm.Origin;
import org.latentspace.midi.rhythm.Pattern;
import org.latentspace.midi.rhythm.Rhythm;
import org.latentspace.midi.time.Ensemble;
import org.latentspace.proto.Echo;
import org.latentspace.proto.Latency;

/** Writes what the clock made of the rhythms, for the way back to the left. */
@Singleton
final class EchoWriter {
  private static final long LATENESS_EVERY_NANOS = 1_000_000_000L;

  private final MidiFlow flow;
  private final MidiMetrics metrics;
  private Pattern written;
  private org.latentspace.proto.Rhythm writtenRhythm;
  private Latency lateness = Latency.getDefaultInstance();
  private long latenessRead;

  @Inject
  EchoWriter(MidiFlow flow, MidiMetrics metrics) {
    this.flow = flow;
    this.metrics = metrics;
  }

  /** The origin is that of the message which is answered. */
  synchronized Echo echo(Origin origin, boolean finished) {
    Ensemble ensemble = flow.performance().ensemble();
    long now = origin.lossless() ? origin.soundNanos() : System.nanoTime();
    metrics.stage().weather(flow.outputs().weather());
    Echo.Builder echo =
        Echo.newBuilder()
            .setOrigin(wire(origin))
            .setPosition(Positions.wire(ensemble.position(), now))
            .setStrokes(ensemble.strokes())
            .setFinished(finished)
            .setStrokeLateness(lateness(ensemble))
            .addStages(metrics.stage().status(flow.outputs().dropped()));
    Pattern playing = ensemble.playing();
    if (playing != null) {
      if (playing != written) {
        written = playing;
        writtenRhythm = wire(playing.rhythm());
      }
      echo.setRhythm(writtenRhythm);
    }
    return echo.build();
  }

  /** Read once a second, because a histogram is much to copy. */
  private Latency lateness(Ensemble ensemble) {
    long now = System.nanoTime();
    if (now - latenessRead >= LATENESS_EVERY_NANOS) {
      latenessRead = now;
      Histogram late = ensemble.lateness().recent(now);
      lateness =
          Latency.newBuilder()
              .setCount(late.getTotalCount())
              .setP50Us(late.getValueAtPercentile(50) / 1e3)
              .setP99Us(late.getValueAtPercentile(99) / 1e3)
              .setMaxUs(late.getMaxValue() / 1e3)
              .build();
    }
    return lateness;
  }

  static org.latentspace.proto.Origin wire(Origin origin) {
    return org.latentspace.proto.Origin.newBuilder()
        .setPerformer(origin.performer())
        .setSequence(origin.sequence())
        .setCapturedNanos(origin.capturedNanos())
        .setSoundNanos(origin.soundNanos())
        .setLossless(origin.lossless())
        .setLast(origin.last())
        .build();
  }

  private static org.latentspace.proto.Rhythm wire(Rhythm rhythm) {
    org.latentspace.proto.Rhythm.Builder wire =
        org.latentspace.proto.Rhythm.newBuilder()
            .setOrigin(wire(rhythm.origin()))
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
    return wire.build();
  }
}
