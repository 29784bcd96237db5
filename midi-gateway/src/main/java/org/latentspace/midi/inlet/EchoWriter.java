package org.latentspace.midi.inlet;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.HdrHistogram.Histogram;
import org.latentspace.midi.MidiMetrics;
import org.latentspace.midi.rhythm.Pattern;
import org.latentspace.midi.time.Ensemble;
import org.latentspace.midi.time.Outputs;
import org.latentspace.midi.time.Outputs.PortState;
import org.latentspace.midi.time.Performance;
import org.latentspace.midi.time.SongPosition;
import org.latentspace.midi.wire.RhythmWire;
import org.latentspace.performer.Origin;
import org.latentspace.proto.Echo;
import org.latentspace.proto.Latency;
import org.latentspace.wire.OriginWire;

/** Writes what the clock made of the rhythms, for the way back to the left. */
@Singleton
final class EchoWriter {
  private static final long LATENESS_EVERY_NANOS = 1_000_000_000L;

  private final Performance performance;
  private final Outputs outputs;
  private final MidiMetrics metrics;
  private Pattern written;
  private org.latentspace.proto.Rhythm writtenRhythm;
  private Latency lateness = Latency.getDefaultInstance();
  private long latenessRead;

  @Inject
  EchoWriter(Performance performance, Outputs outputs, MidiMetrics metrics) {
    this.performance = performance;
    this.outputs = outputs;
    this.metrics = metrics;
  }

  /** The origin is that of the message which is answered. */
  synchronized Echo echo(Origin origin, boolean finished) {
    Ensemble ensemble = performance.ensemble();
    long now = origin.lossless() ? origin.soundNanos() : System.nanoTime();
    String status = outputs.status();
    metrics.stage().status(status.equals("ok") ? performance.room() : status);
    Echo.Builder echo =
        Echo.newBuilder()
            .setOrigin(OriginWire.write(origin))
            .setPosition(position(ensemble.position(), !performance.transport().playing(), now))
            .setStrokes(left(outputs))
            .setFinished(finished)
            .setStrokeLateness(lateness(ensemble))
            .addStages(metrics.stage().stageStatus().toBuilder().setDropped(outputs.dropped()));
    Pattern playing = ensemble.playing();
    if (playing != null) {
      if (playing != written) {
        written = playing;
        writtenRhythm =
            RhythmWire.write(playing.rhythm())
                .setOrigin(OriginWire.write(playing.rhythm().origin()))
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

  /**
   * Where the music is.
   *
   * @param nowNanos in the time that the song runs by
   */
  static org.latentspace.proto.SongPosition position(
      SongPosition position, boolean stopped, long nowNanos) {
    return org.latentspace.proto.SongPosition.newBuilder()
        .setBar(position.bar())
        .setBeat(position.beat(nowNanos))
        .setBpm(position.bpm())
        .setPlaying(position.playing())
        .setStopped(stopped)
        .build();
  }
}
