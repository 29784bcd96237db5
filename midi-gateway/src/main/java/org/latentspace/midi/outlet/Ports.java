package org.latentspace.midi.outlet;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.latentspace.midi.time.Outputs;
import org.latentspace.midi.time.Outputs.PortState;
import org.latentspace.wire.StartMistake;

/** All the ways out, as one: what one port does never stops the others. */
public final class Ports implements Outputs, AutoCloseable {
  public static final String KEY = "midi-gateway.outputs";
  private static final String RIGHT =
      "synth:, midi:NAME, rtp://HOST:PORT, file:PATH or none:, separated by commas";

  private final List<Port> ports;
  private final ScheduledExecutorService tender;

  Ports(List<Port> ports) {
    this.ports = List.copyOf(ports);
    // A thread for each port: a device that hangs while it is opened holds up no other.
    tender =
        Executors.newScheduledThreadPool(
            ports.size(),
            task -> {
              Thread thread = new Thread(task, "midi-ports");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Makes ready every port of a list, for example {@code synth:,file:take.mid}.
   *
   * @param replace whether a file that is there is replaced at the first stroke
   * @param gateNanos how long a note lasts
   * @param spinNanos how long before a stroke a device's thread stays awake
   * @throws StartMistake an address is none, or its file cannot be written
   */
  public static Ports open(
      List<String> addresses, boolean replace, long gateNanos, long spinNanos) {
    List<Port> ports = new ArrayList<>();
    try {
      for (String address : addresses) {
        ports.add(
            open(
                address.stripLeading(),
                replace,
                new DevicePort.PortSettings(gateNanos, spinNanos, 1)));
      }
    } catch (StartMistake mistake) {
      ports.forEach(Port::close);
      throw mistake;
    }
    return new Ports(ports);
  }

  private static Port open(String given, boolean replace, DevicePort.PortSettings manner) {
    if (given.startsWith("file:") && given.length() > 5) {
      return openFile(given, replace, manner.gateNanos() / 1e6);
    }
    String address = given.strip();
    if (address.equals("synth:")) {
      // Trying in vain makes the synthesiser's sounds each time: not every second.
      return new DevicePort(
          address,
          JavaSoundInstrument::synthesiser,
          new DevicePort.PortSettings(manner.gateNanos(), manner.spinNanos(), 10));
    }
    if (address.equals("none:")) {
      return new NullPort();
    }
    if (address.startsWith("midi:") && address.length() > 5) {
      String name = address.substring(5).strip();
      return new DevicePort(address, () -> JavaSoundInstrument.named(name), manner);
    }
    if (address.startsWith("rtp://")) {
      return openNetwork(address, manner);
    }
    throw mistake(address, RIGHT);
  }

  private static StartMistake mistake(String address, String right) {
    return new StartMistake(KEY + "=" + address + ": must be " + right);
  }

  private static Port openNetwork(String address, DevicePort.PortSettings manner) {
    try {
      URI peer = new URI(address);
      boolean isWhole = peer.getHost() != null && peer.getRawPath().isEmpty();
      if (!isWhole || peer.getPort() < 1 || peer.getPort() > 65534) {
        throw mistake(address, "rtp://HOST:PORT, PORT being 1..65534");
      }
      return new RtpMidiPort(
          address, InetSocketAddress.createUnresolved(peer.getHost(), peer.getPort()), manner);
    } catch (IOException | URISyntaxException wrong) {
      throw mistake(address, "rtp://HOST:PORT, a peer to invite: " + wrong.getMessage());
    }
  }

  private static Port openFile(String address, boolean replace, double gateMs) {
    try {
      return new FilePort(address, Path.of(address.substring(5)).toAbsolutePath(), replace, gateMs);
    } catch (IOException | InvalidPathException wrong) {
      throw mistake(address, "a file that can be written: " + wrong.getMessage());
    }
  }

  /** Looks for the devices, now and every second. */
  public void start() {
    for (Port port : ports) {
      tender.scheduleWithFixedDelay(port::tend, 0, 1, TimeUnit.SECONDS);
    }
  }

  @Override
  public void begin(boolean offline) {
    for (int i = 0; i < ports.size(); i++) {
      ports.get(i).begin(offline);
    }
  }

  @Override
  public void strike(long dueNanos, long grain, int noteOn) {
    for (int i = 0; i < ports.size(); i++) {
      ports.get(i).strike(dueNanos, grain, noteOn);
    }
  }

  @Override
  public void control(long grain, int message) {
    for (int i = 0; i < ports.size(); i++) {
      ports.get(i).control(grain, message);
    }
  }

  @Override
  public void tempo(long grain, double bpm) {
    ports.forEach(port -> port.tempo(grain, bpm));
  }

  @Override
  public void meter(long grain, int beatsPerBar, int beatUnit) {
    ports.forEach(port -> port.meter(grain, beatsPerBar, beatUnit));
  }

  @Override
  public void expect(long dueNanos) {
    for (int i = 0; i < ports.size(); i++) {
      ports.get(i).expect(dueNanos);
    }
  }

  @Override
  public void quiet() {
    ports.forEach(Port::quiet);
  }

  @Override
  public void finish(long grain) {
    ports.forEach(port -> port.finish(grain));
  }

  /** All notes off, files closed, devices let go. */
  @Override
  public void close() {
    tender.shutdownNow();
    quiet();
    ports.forEach(Port::close);
  }

  @Override
  public List<PortState> states() {
    return ports.stream()
        .map(p -> new PortState(p.address(), p.strokes(), p.dropped(), p.status()))
        .toList();
  }

  @Override
  public long dropped() {
    return ports.stream().mapToLong(Port::dropped).sum();
  }

  @Override
  public String status() {
    String bad =
        String.join(
            "; ",
            ports.stream()
                .filter(port -> !port.status().equals("ok"))
                .map(port -> port.address() + " " + port.status())
                .toList());
    return bad.isEmpty() ? "ok" : bad;
  }

  /** Whether strokes can leave through one port at least. */
  public boolean isAnyOk() {
    return ports.stream().anyMatch(port -> port.status().equals("ok"));
  }

  /** How late strokes left for the devices, over all of them, in nanoseconds. */
  public Histogram lateness() {
    Histogram all = new Histogram(10_000_000_000L, 3);
    for (Port port : ports) {
      if (port instanceof DevicePort device) {
        all.add(device.lateness().read());
      } else if (port instanceof RtpMidiPort network) {
        all.add(network.lateness().read());
      }
    }
    return all;
  }

  /** {@code none:} counts the strokes and lets them go. */
  private static final class NullPort implements Port {
    private volatile long strokes;
    private long count;

    @Override
    public String address() {
      return "none:";
    }

    @Override
    public long strokes() {
      return strokes;
    }

    @Override
    public void strike(long dueNanos, long grain, int noteOn) {
      strokes = ++count;
    }

    @Override
    public void close() {}
  }
}
