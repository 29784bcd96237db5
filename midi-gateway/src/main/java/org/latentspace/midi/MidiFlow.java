package org.latentspace.midi;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.UnaryOperator;
import org.latentspace.installation.InstallationFault;
import org.latentspace.midi.control.Control;
import org.latentspace.midi.outlet.ClockSources;
import org.latentspace.midi.outlet.InstalledEnsembles;
import org.latentspace.midi.outlet.LoopRecorder;
import org.latentspace.midi.outlet.OscOutlet;
import org.latentspace.midi.outlet.PerformerOnsets;
import org.latentspace.midi.outlet.Ports;
import org.latentspace.midi.played.PlayedRing.RecordingState;
import org.latentspace.midi.rhythm.Rhythm;
import org.latentspace.midi.time.ClockSource.Kind;
import org.latentspace.midi.time.EnsembleSetup;
import org.latentspace.midi.time.Outputs;
import org.latentspace.midi.time.Performance;
import org.latentspace.midi.time.Performance.EchoListener;
import org.latentspace.midi.time.Transport;
import org.latentspace.performer.Origin;

/**
 * Read this first: the clock and the strokes, the controls beside them, the record of both.
 *
 * <pre>
 *   rhythm   --> Performance: who leads? --> ensembles, robots: timing thread --> Ports --> MIDI, file
 *   controls --> MIDI control changes ------------------------+   |
 *           +--> OSC --> UDP                                  |   +--> LoopRecorder --> disk --> log
 *   MIDI clock, Ableton Link --> ClockSources ----------------+
 * </pre>
 */
@ApplicationScoped
public class MidiFlow {
  @Inject InstalledEnsembles installed;
  @Inject Ports ports;
  @Inject Performance performance;
  @Inject OscOutlet osc;
  @Inject ClockSources clocks;
  @Inject LoopRecorder recorder;
  @Inject PerformerOnsets onsets;

  /**
   * Plays a performer's rhythm; the listener is told when that is done.
   *
   * @return how many of its strokes no robot strikes
   * @throws IllegalArgumentException it cannot be played now, and why
   */
  public int play(Rhythm rhythm, EchoListener listener) {
    onsets.hear(rhythm.origin());
    return performance.play(rhythm, listener);
  }

  /**
   * Steers at once, and not on the beat; what has not changed is left out. An offline run reaches
   * the files alone.
   */
  public void control(Origin origin, List<Control> controls) {
    int[] changes = Control.controlChanges(controls);
    if (changes.length > 0) {
      performance.control(origin, changes);
    }
    if (!origin.lossless()) {
      osc.send(controls);
    }
  }

  /**
   * Reads the installation's file anew; it takes effect at the bar lines.
   *
   * @return false = too much is waiting already; not done
   * @throws InstallationFault what is wrong in it; then nothing changes
   */
  public synchronized boolean reload() throws InstallationFault {
    return play(installed.read(), UnaryOperator.identity());
  }

  /**
   * Robots that name no port are struck through these from the bar lines on.
   *
   * @return false = too much is waiting already; not done
   * @throws InstallationFault what is wrong with them; then nothing changes
   */
  public synchronized boolean outputs(List<String> addresses) throws InstallationFault {
    return play(installed.change(now -> now.withOutputs(addresses)), EnsembleSetup::asChosen);
  }

  /**
   * A port of the installation has another address from the bar lines on; as {@link #outputs}.
   *
   * @throws NoSuchElementException there is no such port
   */
  public synchronized boolean port(String name, String address) throws InstallationFault {
    return play(installed.change(now -> now.withPort(name, address)), EnsembleSetup::asChosen);
  }

  /**
   * A robot is struck through other ports from the bar lines on; as {@link #outputs}.
   *
   * @throws NoSuchElementException there is no such robot or port
   */
  public synchronized boolean robotPorts(String robot, List<String> ports)
      throws InstallationFault {
    return play(installed.change(now -> now.withRobotPorts(robot, ports)), EnsembleSetup::asChosen);
  }

  /**
   * Robots play by what is measured of them now, from the bar lines on; as {@link #outputs}. What
   * else was changed since the installation was read stays.
   */
  public synchronized boolean retime() throws InstallationFault {
    return play(installed.change(now -> now), EnsembleSetup::asChosen);
  }

  private boolean play(InstalledEnsembles.Setup setup, UnaryOperator<EnsembleSetup> how) {
    List<EnsembleSetup> ensembles = setup.ensembles().stream().map(how).toList();
    boolean taken =
        performance.change(
            ensembles,
            () -> {
              performance.clock().sendTo(setup.clock());
              installed.keepSoon(setup.ports());
            });
    if (taken) {
      installed.take(setup);
    }
    return taken;
  }

  /**
   * Has the clock follow these from now on.
   *
   * @return false = too much is waiting already; not done
   * @throws IllegalStateException there is no such clock
   */
  public boolean follow(Kind tempo, Kind transport) {
    return clocks.follow(performance.clock(), tempo, transport);
  }

  /** All notes off on every port, now, and stop. */
  public Transport panic() {
    ports.quiet();
    return performance.stop();
  }

  /**
   * Records what is played from the next bar on, or no more.
   *
   * @return false = too much is waiting already; not done
   */
  public boolean record(boolean whether) {
    return performance.execute(() -> recorder.record(whether));
  }

  public RecordingState recording() {
    return recorder.state();
  }

  public Outputs outputs() {
    return ports;
  }
}
