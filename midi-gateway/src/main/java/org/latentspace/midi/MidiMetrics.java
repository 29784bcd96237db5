package org.latentspace.midi;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;
import org.latentspace.wire.StageMeter;

/** What midi-gateway counts: for the metrics page, and for the echo's stage status. */
@Singleton
public class MidiMetrics {
  private final StageMeter stage = new StageMeter("midi-gateway");
  private final LongAdder unmapped = new LongAdder();
  private final MidiFlow flow;
  private final RecordingFlow recording;
  private final ControlFlow control;

  /** What only grows. */
  enum Count {
    RHYTHMS_RECEIVED("Rhythms that arrived.", m -> m.stage.receivedCount()),
    RHYTHMS_REFUSED("Rhythms that were bad and skipped.", m -> m.stage.refusedCount()),
    RHYTHMS_TAKEN_OVER(
        "Rhythms that began to play.", m -> m.flow.performance().ensemble().takeOvers()),
    STROKES_UNMAPPED("Strokes of voices that nothing strikes.", m -> m.unmapped.sum()),
    LOOPS_RECORDED(
        "Records of played loops that are on disk.", m -> m.recording.state().recorded()),
    LOOPS_LOST(
        "Records that could not be kept, and bar lines and take-overs that were not recorded.",
        m -> m.recording.state().lost()),
    OSC_SENT("Controls sent by OSC.", m -> m.control.osc().sent()),
    OSC_DROPPED("Controls that could not go by OSC at once.", m -> m.control.osc().dropped()),
    STROKES_DROPPED("Strokes that a port could not take.", m -> m.flow.ports().dropped());

    private final String sentence;
    private final ToDoubleFunction<MidiMetrics> value;

    Count(String sentence, ToDoubleFunction<MidiMetrics> value) {
      this.sentence = sentence;
      this.value = value;
    }

    String meter() {
      return "midi." + name().toLowerCase(Locale.ROOT).replace('_', '.');
    }
  }

  /** What goes up and down. */
  enum Level {
    PERFORMERS("Performers that are heard.", m -> m.flow.performance().performers()),
    STROKES("Strokes since the song began.", m -> m.flow.performance().ensemble().strokes()),
    STROKE_LATE_P99_SECONDS(
        "How much later than due strokes left for the ports, 99th percentile.",
        m -> m.flow.performance().ensemble().lateness().read().getValueAtPercentile(99) / 1e9),
    DEVICE_LATE_P99_SECONDS(
        "How much later than due strokes left for the devices, 99th percentile.",
        m -> m.flow.ports().lateness().getValueAtPercentile(99) / 1e9),
    LOOPS_WAITING(
        "Records on disk that the log has not taken yet.", m -> m.recording.state().waiting()),
    LONGEST_TURN_SECONDS(
        "Longest turn of the timing thread.",
        m -> m.flow.performance().timing().longestTurnNanos() / 1e9),
    PORTS_OK(
        "Ports through which strokes can leave.",
        m -> m.flow.ports().states().stream().filter(p -> p.status().equals("ok")).count());

    private final String sentence;
    private final ToDoubleFunction<MidiMetrics> value;

    Level(String sentence, ToDoubleFunction<MidiMetrics> value) {
      this.sentence = sentence;
      this.value = value;
    }

    String meter() {
      return "midi." + name().toLowerCase(Locale.ROOT).replace('_', '.');
    }
  }

  @Inject
  MidiMetrics(MidiFlow flow, RecordingFlow recording, ControlFlow control) {
    this.control = control;
    this.recording = recording;
    this.flow = flow;
  }

  void show(@Observes StartupEvent begin, MeterRegistry registry) {
    stage.show(registry);
    for (Count count : Count.values()) {
      FunctionCounter.builder(count.meter(), this, count.value)
          .description(count.sentence)
          .register(registry);
    }
    for (Level level : Level.values()) {
      Gauge.builder(level.meter(), this, level.value)
          .description(level.sentence)
          .register(registry);
    }
  }

  /** Received, refused, latencies. */
  public StageMeter stage() {
    return stage;
  }

  /** Strokes were left out because nothing strikes their voice. */
  public void unmapped(int strokes) {
    unmapped.add(strokes);
  }

  public long unmapped() {
    return unmapped.sum();
  }
}
