package org.latentspace.robotsim;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.spi.MidiDeviceProvider;
import org.latentspace.robotsim.SimulatedRobot.Stroke;

/**
 * A MIDI port of this process with sixteen simulated robots behind it, found the way every MIDI
 * port is found: {@code midi:Simulated robots}. Notes 36 to 51 on any channel, latencies of 5 to 60
 * ms. There may be more such ports, {@code midi:Simulated group 2} and so on.
 */
public final class SimulatedRobots extends MidiDeviceProvider {
  public static final String NAME = "Simulated robots";

  /** A system property: true = strokes sound on the JDK's synthesiser when they are heard. */
  public static final String SOUND = "robot-sim.sound";

  /** A system property: how many ports there are, 1..16; one if it is not set. */
  public static final String PORTS = "robot-sim.ports";

  /** A system property: the file to which every stroke is written, a line each. */
  public static final String LOG = "robot-sim.log";

  static final int FIRST_NOTE = 36;
  static final int ROBOTS = 16;
  private static final int MOST_PORTS = 16;
  private static final double LEAST_MS = 5;
  private static final double MOST_MS = 60;

  private static final List<Consumer<Stroke>> LISTENERS = new CopyOnWriteArrayList<>();
  private static final List<SimulatedPort> ALL = ports();

  /** What the ports are called. */
  public static String name(int port) {
    return port == 1 ? NAME : "Simulated group " + port;
  }

  private static List<SimulatedPort> ports() {
    int count = Math.max(1, Math.min(MOST_PORTS, Integer.getInteger(PORTS, 1)));
    String log = System.getProperty(LOG, "");
    if (!log.isEmpty()) {
      LISTENERS.add(new StrokeLog(Path.of(log)));
    }
    return IntStream.rangeClosed(1, count).mapToObj(i -> new SimulatedPort(i, LISTENERS)).toList();
  }

  /** What a robot needs for a loud stroke; soft ones take half as much again, 60 ms at most. */
  public static double loudMs(int robot) {
    return LEAST_MS + robot * (MOST_MS / 1.5 - LEAST_MS) / (ROBOTS - 1);
  }

  /** Hears every stroke, on the thread that sends the note, until it is closed. */
  public static AutoCloseable listen(Consumer<Stroke> listener) {
    LISTENERS.add(listener);
    return () -> LISTENERS.remove(listener);
  }

  @Override
  public MidiDevice.Info[] getDeviceInfo() {
    return ALL.stream().map(MidiDevice::getDeviceInfo).toArray(MidiDevice.Info[]::new);
  }

  @Override
  public MidiDevice getDevice(MidiDevice.Info info) {
    return ALL.stream()
        .filter(port -> port.getDeviceInfo().equals(info))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(info + " is not of this provider"));
  }
}
