package org.latentspace.midi;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.latentspace.midi.control.Control;
import org.latentspace.midi.outlet.OscOutlet;
import org.latentspace.midi.rhythm.Origin;

/**
 * What a performer steers beside the rhythm; read {@link MidiFlow} first.
 *
 * <pre>
 *   controls --> MIDI control changes --> timing thread --> Ports --> synth, MIDI, file
 *           +--> OSC --> UDP
 * </pre>
 */
@ApplicationScoped
public class ControlFlow {
  private final MidiFlow flow;
  private final OscOutlet osc;

  @Inject
  ControlFlow(MidiFlow flow, MidiSettings settings) {
    this.flow = flow;
    osc = settings.openOsc();
  }

  /**
   * Steers at once, and not on the beat; what has not changed is left out. An offline run reaches
   * the files alone.
   */
  public void control(Origin origin, List<Control> controls) {
    int[] changes = Control.controlChanges(controls);
    if (changes.length > 0) {
      flow.performance().control(origin, changes);
    }
    if (!origin.lossless()) {
      osc.send(controls);
    }
  }

  OscOutlet osc() {
    return osc;
  }

  public void end() {
    osc.close();
  }
}
