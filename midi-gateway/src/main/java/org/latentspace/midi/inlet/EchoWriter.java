package org.latentspace.midi.inlet;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.latentspace.midi.MidiMetrics;
import org.latentspace.midi.rhythm.Pattern;
import org.latentspace.midi.robot.Robot;
import org.latentspace.midi.time.Ensemble;
import org.latentspace.midi.time.Outputs;
import org.latentspace.midi.time.Outputs.PortState;
import org.latentspace.midi.time.Performance;
import org.latentspace.midi.time.SongPosition;
import org.latentspace.midi.wire.RhythmWire;
import org.latentspace.performer.Origin;
import org.latentspace.proto.Echo;
import org.latentspace.proto.EnsembleStatus;
import org.latentspace.proto.Latency;
import org.latentspace.wire.OriginWire;

/** Writes what the clock made of the rhythms, for the way back to the left. */
@Singleton
final class EchoWriter {
  private static final long LATENESS_EVERY_NANOS = 1_000_000_000L;

  private final Performance performance;
  private final Outputs outputs;
  private final MidiMetrics metrics;
  // The rhythm of each ensemble, written once and not for every echo.
  private final Map<String, Written> written = new HashMap<>();
  private Latency lateness = Latency.getDefaultInstance();
  private long latenessRead;

  private record Written(Pattern pattern, org.latentspace.proto.Rhythm rhythm) {}

  @Inject
  EchoWriter(Performance performance, Outputs outputs, MidiMetrics metrics) {
    this.performance = performance;
    this.outputs = outputs;
    this.metrics = metrics;
  }

  /** The origin is that of the message which is answered. */
  synchronized Echo echo(Origin origin, boolean finished) {
    Ensemble ensemble = performance.ensembleOf(origin.performer());
    boolean stopped = !performance.transport().playing();
    long now = origin.lossless() ? origin.soundNanos() : System.nanoTime();
    String status = outputs.status();
    metrics.stage().status(status.equals("ok") ? performance.room() : status);
    Echo.Builder echo =
        Echo.newBuilder()
            .setOrigin(OriginWire.write(origin))
            .setEnsemble(ensemble.name())
            .setPosition(
                position(ensemble.position(), stopped, now).toBuilder()
                    .setClock(ClockWire.words(performance.clock().read())))
            .setStrokes(left(outputs))
            .setFinished(finished)
            .setStrokesDropped(dropped(performance.ensembles()))
            .setStrokeLateness(lateness())
            .addStages(metrics.stage().stageStatus().toBuilder().setDropped(outputs.dropped()));
    if (ensemble.playing() != null) {
      echo.setRhythm(rhythm(ensemble.name(), ensemble.playing()));
    }
    for (Ensemble each : performance.ensembles()) {
      EnsembleStatus.Builder state = status(each, stopped, now);
      boolean isOther = each != ensemble && each.setup().takes(origin.performer());
      if (isOther && each.playing() != null) {
        state.setRhythm(rhythm(each.name(), each.playing()));
      }
      echo.addEnsembles(state);
    }
    return echo.build();
  }

  private org.latentspace.proto.Rhythm rhythm(String ensemble, Pattern playing) {
    Written before = written.get(ensemble);
    if (before == null || before.pattern != playing) {
      before =
          new Written(
              playing,
              RhythmWire.write(playing.rhythm())
                  .setOrigin(OriginWire.write(playing.rhythm().origin()))
                  .build());
      written.put(ensemble, before);
    }
    return before.rhythm;
  }

  /** What an ensemble does. */
  static EnsembleStatus.Builder status(Ensemble ensemble, boolean stopped, long nowNanos) {
    return EnsembleStatus.newBuilder()
        .setEnsemble(ensemble.name())
        .setLeader(ensemble.leading().leader())
        .setPosition(position(ensemble.position(), stopped, nowNanos))
        .setStrokes(ensemble.strokes())
        .setStrokesDropped(dropped(List.of(ensemble)))
        .setSilent(ensemble.isSilent())
        .setMute(ensemble.style().mute())
        .setSolo(ensemble.style().solo());
  }

  /** Strokes that the limits of robots have dropped. */
  private static long dropped(List<Ensemble> ensembles) {
    long dropped = 0;
    for (Ensemble ensemble : ensembles) {
      for (Robot robot : ensemble.robots().robots()) {
        dropped += robot.history().tooClose() + robot.history().overDuty();
      }
    }
    return dropped;
  }

  /** Strokes that left, through the port that took most of them. */
  private static long left(Outputs outputs) {
    return outputs.states().stream().mapToLong(PortState::strokes).max().orElse(0);
  }

  /** Read once a second, because a histogram is much to copy. */
  private Latency lateness() {
    long now = System.nanoTime();
    if (now - latenessRead >= LATENESS_EVERY_NANOS) {
      latenessRead = now;
      Histogram late = performance.song().lateness().recent(now);
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
