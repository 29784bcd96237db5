package org.latentspace.midi;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;
import org.latentspace.midi.outlet.InstalledEnsembles;
import org.latentspace.midi.outlet.LoopRecorder;
import org.latentspace.midi.outlet.OscOutlet;
import org.latentspace.midi.outlet.PerformerOnsets;
import org.latentspace.midi.outlet.Ports;
import org.latentspace.midi.robot.StrokeHistory;
import org.latentspace.midi.time.ClockSource.State;
import org.latentspace.midi.time.Ensemble;
import org.latentspace.midi.time.Outputs.PortState;
import org.latentspace.midi.time.Performance;
import org.latentspace.wire.MetricsTable;
import org.latentspace.wire.StageMeter;

/** What midi-gateway counts: for the metrics page, and for the echo's stage status. */
@Singleton
public class MidiMetrics {
  private final StageMeter stage = new StageMeter("midi-gateway");
  private final LongAdder unmapped = new LongAdder();

  @Inject Performance performance;
  @Inject Ports ports;
  @Inject OscOutlet osc;
  @Inject LoopRecorder recorder;
  @Inject PerformerOnsets onsets;
  @Inject InstalledEnsembles installed;

  private final Set<String> shown = ConcurrentHashMap.newKeySet();
  private volatile MeterRegistry page;

  void show(@Observes StartupEvent begin, MeterRegistry registry) {
    page = registry;
    stage.show(registry);
    MetricsTable table = new MetricsTable(registry, "midi.");
    count(table);
    measure(table);
    LatenessMetrics.show(registry, "ports", () -> performance.song().lateness().read());
    LatenessMetrics.show(registry, "devices", ports::lateness);
    showRobots();
  }

  private void count(MetricsTable table) {
    table
        .counter("rhythms.received", "Rhythms that arrived.", stage::receivedCount)
        .counter("rhythms.refused", "Rhythms that were bad and skipped.", stage::refusedCount)
        .counter(
            "rhythms.taken.over", "Rhythms that began to play.", () -> sum(Ensemble::takeOvers))
        .counter("strokes.unmapped", "Strokes of voices that nothing strikes.", unmapped::sum)
        .counter(
            "loops.recorded",
            "Records of played loops that are on disk.",
            () -> recorder.state().recorded())
        .counter(
            "loops.lost",
            "Records that could not be kept, and bar lines and take-overs that were not recorded.",
            () -> recorder.state().lost())
        .counter(
            "strokes.heard",
            "Strokes of pads and performers that were put into bars.",
            () -> recorder.strokes(true))
        .counter(
            "strokes.unheard",
            "Strokes of pads and performers that found no room.",
            () -> recorder.strokes(false))
        .counter(
            "onsets.missed", "Onsets of performers of which no message has come.", onsets::missed)
        .counter("osc.sent", "Controls sent by OSC.", osc::sent)
        .counter("osc.dropped", "Controls that could not go by OSC at once.", osc::dropped)
        .counter(
            "notes.hung",
            "Notes that sounded on for long, because their device took no note-off.",
            ports::hung)
        .counter(
            "strokes.dropped",
            "Strokes that a port could not take, or for which the plan had no room.",
            () -> ports.dropped() + performance.song().overflowed());
  }

  private void measure(MetricsTable table) {
    table
        .gauge("performers", "Performers that are heard.", performance::performers)
        .gauge("strokes", "Strokes since the song began.", () -> sum(Ensemble::strokes))
        .gauge(
            "stroke.late.p99.seconds",
            "How much later than due strokes left for the ports, 99th percentile.",
            () -> performance.song().lateness().read().getValueAtPercentile(99) / 1e9)
        .gauge(
            "device.late.p99.seconds",
            "How much later than due strokes left for the devices, 99th percentile.",
            () -> ports.lateness().getValueAtPercentile(99) / 1e9)
        .gauge(
            "clock.following",
            "One while the clock is heard whose tempo is followed, or it is the internal one; else"
                + " 0.",
            () -> performance.clock().read().state() == State.FOLLOWING ? 1 : 0)
        .gauge(
            "clock.phase.error.seconds",
            "By how much the song is behind the clock that it follows; negative: ahead.",
            () -> performance.clock().read().phaseErrorMs() / 1e3)
        .gauge(
            "clock.drift.seconds",
            "The same, over the last ten seconds or so.",
            () -> performance.clock().read().driftMs() / 1e3)
        .gauge(
            "clock.peers",
            "Others in the Ableton Link session.",
            () -> performance.clock().read().peers())
        .gauge(
            "clock.out.late.p99.seconds",
            "How much later than due the song's clock left for the devices, 99th percentile.",
            () -> ports.clockLateness().getValueAtPercentile(99) / 1e9)
        .gauge(
            "loops.waiting",
            "Records on disk that the log has not taken yet.",
            () -> recorder.state().waiting())
        .gauge(
            "longest.turn.seconds",
            "Longest turn of the timing thread.",
            () -> performance.timing().longestTurnNanos() / 1e9)
        .gauge(
            "strokes.at.once",
            "Strokes that were due together on a port at most.",
            () -> ports.states().stream().mapToInt(PortState::atOnce).max().orElse(0))
        .gauge(
            "strokes.smear.seconds",
            "How long the last of them waits on a DIN cable, which takes 0.96 ms for each.",
            () -> ports.states().stream().mapToLong(PortState::smearNanos).max().orElse(0) / 1e9)
        .gauge(
            "ports.ok",
            "Ports through which strokes can leave.",
            () -> ports.states().stream().filter(p -> p.status().equals("ok")).count());
  }

  private double sum(ToLongFunction<Ensemble> count) {
    return performance.ensembles().stream().mapToLong(count).sum();
  }

  /** Shows the robots that are not shown yet. */
  public void showRobots() {
    installed
        .histories()
        .forEach(
            (robot, history) -> {
              if (shown.add(robot)) {
                show(robot, history);
              }
            });
  }

  private void show(String robot, StrokeHistory history) {
    new MetricsTable(page, "midi.robot.", Tags.of("robot", robot))
        .counter("strokes", "Strokes that left for a robot.", history::strokes)
        .counter(
            "too.close",
            "Strokes of a robot that were too close to a louder one, or to one that had left.",
            history::tooClose)
        .counter("over.duty", "Strokes beyond a robot's duty.", history::overDuty)
        .counter("muted", "Strokes of a robot that was silent.", history::muted);
  }

  /** Received, refused, latencies. */
  public StageMeter stage() {
    return stage;
  }

  /** Strokes were left out because nothing strikes their voice. */
  public void unmapped(int strokes) {
    unmapped.add(strokes);
  }
}
