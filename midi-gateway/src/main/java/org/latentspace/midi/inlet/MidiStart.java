package org.latentspace.midi.inlet;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.latentspace.midi.ControlFlow;
import org.latentspace.midi.MidiFlow;
import org.latentspace.midi.MidiSettings;
import org.latentspace.midi.RecordingFlow;
import org.latentspace.wire.StartOrder;

/** Begins and ends with the application; wrong settings and outputs end the start here. */
@ApplicationScoped
public class MidiStart {
  void check(@Observes StartupEvent start, MidiSettings settings) {
    // A singleton checks itself when it is made, which asking for it has done.
  }

  void begin(
      @Observes @Priority(StartOrder.OPEN) StartupEvent start,
      MidiFlow flow,
      RecordingFlow recording) {
    recording.begin();
    flow.begin();
  }

  void end(
      @Observes ShutdownEvent stop, MidiFlow flow, RecordingFlow recording, ControlFlow control) {
    control.end();
    flow.end();
    recording.end();
  }
}
