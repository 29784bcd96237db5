package org.latentspace.midi;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.latentspace.midi.outlet.ClockSources;
import org.latentspace.midi.outlet.LoopRecorder;
import org.latentspace.midi.outlet.Ports;
import org.latentspace.midi.time.ClockControl;
import org.latentspace.midi.time.ClockSource.State;
import org.latentspace.midi.time.Outputs.PortState;
import org.latentspace.midi.time.Performance;
import org.latentspace.midi.time.TimingThread;

/**
 * Ready while the timing thread turns, strokes can leave through one port at least, and every
 * performer finds room.
 */
@Readiness
@ApplicationScoped
public class MidiReadiness implements HealthCheck {
  @Inject Performance performance;
  @Inject Ports ports;
  @Inject ClockSources clocks;
  @Inject LoopRecorder recorder;

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response =
        builder(performance.timing(), ports, performance.room(), clock());
    recorder.heard().forEach((source, status) -> response.withData(source.toString(), status));
    return response.build();
  }

  private String clock() {
    ClockControl.Reading clock = performance.clock().read();
    return clock.state() == State.FOLLOWING
        ? "ok"
        : "tempo " + clock.state().name().toLowerCase(Locale.ROOT) + "; " + clocks.status();
  }

  static HealthCheckResponse response(TimingThread timing, Ports ports, String room, String clock) {
    return builder(timing, ports, room, clock).build();
  }

  private static HealthCheckResponseBuilder builder(
      TimingThread timing, Ports ports, String room, String clock) {
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named("midi-gateway")
            .status(timing.isAlive() && ports.isAnyOk() && room.equals("ok"))
            .withData("timing thread", timing.isAlive() ? "ok" : "stalled")
            .withData("room", room)
            .withData("clock", clock);
    for (PortState port : ports.states()) {
      response.withData(port.address(), port.status());
    }
    return response;
  }
}
