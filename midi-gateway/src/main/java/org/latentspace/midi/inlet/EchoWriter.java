package org.latentspace.midi.inlet;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.HdrHistogram.Histogram;
import org.latentspace.midi.MidiFlow;
import org.latentspace.midi.MidiMetrics;
import org.latentspace.midi.MidiWire;
import org.latentspace.midi.rhythm.Origin;
import org.latentspace.midi.rhythm.Pattern;
import org.latentspace.midi.time.Ensemble;
import org.latentspace.midi.time.Outputs;
import org.latentspace.midi.time.PortState;
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
    String outputs = flow.outputs().status();
    metrics.stage().weather(outputs.equals("ok") ? flow.performance().room() : outputs);
    Echo.Builder echo =
        Echo.newBuilder()
            .setOrigin(MidiWire.origin(origin))
            .setPosition(
                PositionWriter.wire(
                    ensemble.position(), !flow.performance().transport().playing(), now))
            .setStrokes(left(flow.outputs()))
            .setFinished(finished)
            .setStrokeLateness(lateness(ensemble))
            .addStages(metrics.stage().status(flow.outputs().dropped()));
    Pattern playing = ensemble.playing();
    if (playing != null) {
      if (playing != written) {
        written = playing;
        writtenRhythm =
            MidiWire.rhythm(playing.rhythm())
                .setOrigin(MidiWire.origin(playing.rhythm().origin()))
                .build();
      }
      echo.setRhythm(writtenRhythm);
    }
    return echo.build();
  }

  /** Strokes that left, through the port that took most of them. */
  private static long left(Outputs outputs) {
    return outputs.states().stream().mapToLong(PortState::strokes).max().orElse(0);
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
}
