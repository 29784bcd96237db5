package org.latentspace.midi.inlet;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.latentspace.midi.MidiFlow;
import org.latentspace.midi.MidiSettings;

/** Begins and ends with the application; wrong settings and outputs end the start here. */
@ApplicationScoped
public class MidiStart {
  void begin(@Observes StartupEvent start, MidiSettings checked, MidiFlow flow) {
    flow.begin();
  }

  void end(@Observes ShutdownEvent stop, MidiFlow flow) {
    flow.end();
  }
}
