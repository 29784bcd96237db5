package org.latentspace.midi;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.latentspace.midi.outlet.LoopRecorder;
import org.latentspace.midi.outlet.Ports;
import org.latentspace.midi.rhythm.Origin;
import org.latentspace.midi.rhythm.Pattern;
import org.latentspace.midi.rhythm.Rhythm;
import org.latentspace.midi.time.EchoListener;
import org.latentspace.midi.time.Outputs;
import org.latentspace.midi.time.Performance;
import org.latentspace.midi.time.Transport;

/**
 * The clock and the strokes; read this first. What was played is recorded: {@link RecordingFlow};
 * what is steered beside: {@link ControlFlow}.
 *
 * <pre>
 *   rhythm --> Performance: who leads? --> pattern --> timing thread --> Ports --> synth, MIDI, file
 * </pre>
 */
@ApplicationScoped
public class MidiFlow {
  private final MidiSettings settings;
  private final Ports ports;
  private final Performance performance;

  @Inject
  MidiFlow(MidiSettings settings, LoopRecorder recorder) {
    this.settings = settings;
    ports = settings.openPorts();
    performance = new Performance(settings.playing(), ports, recorder.ring());
  }

  public void begin() {
    ports.start();
    performance.start();
  }

  /**
   * Plays a performer's rhythm; the listener is told when that is done.
   *
   * @return what will be struck
   * @throws IllegalArgumentException it cannot be played now, and why
   */
  public Pattern play(Rhythm rhythm, EchoListener answer) {
    Pattern pattern = new Pattern(rhythm, settings.voices());
    performance.play(pattern, answer);
    return pattern;
  }

  /** A message without a playable rhythm: its performer's time goes on, and may end. */
  public void skip(Origin origin, EchoListener answer) {
    performance.skip(origin, answer);
  }

  /** All notes off on every port, now, and stop. */
  public Transport panic() {
    ports.quiet();
    return performance.stop();
  }

  public Performance performance() {
    return performance;
  }

  public Outputs outputs() {
    return ports;
  }

  Ports ports() {
    return ports;
  }

  /** Strikes nothing more; all notes off, files closed. */
  public void end() {
    performance.close();
    ports.close();
  }
}
