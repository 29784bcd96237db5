package org.latentspace.midi.outlet;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.HdrHistogram.Histogram;
import org.latentspace.midi.robot.Robot;
import org.latentspace.midi.time.Lateness;
import org.latentspace.midi.time.Outputs;
import org.latentspace.midi.time.Outputs.PortState;
import org.latentspace.wire.StartMistake;

/** All the ways out, as one: what one port does never stops the others. */
public final class Ports implements Outputs, AutoCloseable {
  public static final String KEY = "midi-gateway.outputs";

  /** Ports that can be open at the same time: a bit each in {@link Robot#ports}. */
  private static final int MOST = 64;

  // A slot keeps its port while anything may strike it.
  private final Port[] slots = new Port[MOST];
  private final Future<?>[] tended = new Future<?>[MOST];
  private volatile List<Port> ports = List.of();
  private final PortOpener opener;
  private final ScheduledThreadPoolExecutor tender;
  private boolean started;

  // What a port that comes in later must know; written by the timing thread.
  private volatile boolean offline;
  private volatile double bpm;
  private volatile long aheadNanos;

  /** Of ports that are there already, for all that is struck. */
  Ports(List<Port> ports) {
    this(false, 0);
    ports.forEach(this::add);
  }

  /**
   * None yet.
   *
   * @param replace whether a file that is there is replaced at the first stroke
   * @param spinNanos how long before a stroke a device's thread stays awake
   */
  public Ports(boolean replace, long spinNanos) {
    opener = new PortOpener(replace, new DevicePort.PortSettings(spinNanos, 1));
    // A thread for each port: a device that hangs while it is opened holds up no other.
    tender =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "midi-ports");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Makes ready every port of a list, for example {@code synth:,file:take.mid}; those that are open
   * already stay so. All or none.
   *
   * @param key where the addresses stand, for a mistake
   * @return a bit for each
   * @throws StartMistake an address is none, or its file cannot be written
   */
  public synchronized long open(String key, List<String> addresses) {
    long bits = 0;
    long fresh = 0;
    try {
      for (String address : addresses) {
        int slot = slot(address.strip());
        if (slot < 0) {
          slot = add(opener.open(key, address.stripLeading()));
          fresh |= 1L << slot;
        }
        bits |= 1L << slot;
      }
    } catch (StartMistake mistake) {
      keep(~fresh);
      throw mistake;
    }
    return bits;
  }

  private int slot(String address) {
    for (int i = 0; i < MOST; i++) {
      if (slots[i] != null && slots[i].address().strip().equals(address)) {
        return i;
      }
    }
    return -1;
  }

  private synchronized int add(Port port) {
    int slot = 0;
    while (slot < MOST && slots[slot] != null) {
      slot++;
    }
    if (slot == MOST) {
      port.close();
      throw new StartMistake(port.address() + ": is one port too many, must be at most " + MOST);
    }
    port.ahead(aheadNanos);
    if (bpm > 0) {
      port.begin(offline);
      port.tempo(0, bpm);
    }
    slots[slot] = port;
    show();
    tender.setCorePoolSize(ports.size());
    if (started) {
      tend(slot);
    }
    return slot;
  }

  private void show() {
    ports = Arrays.stream(slots).filter(Objects::nonNull).toList();
  }

  /** Closes the ports without a bit; nothing may be on its way to them. */
  public synchronized void keep(long bits) {
    for (int i = 0; i < MOST; i++) {
      if (slots[i] != null && (bits >>> i & 1) == 0) {
        Port port = slots[i];
        slots[i] = null;
        show();
        if (started) {
          tended[i].cancel(false);
        }
        port.close();
      }
    }
  }

  /** The same a while later, when what is planned for them has left. */
  public void keepSoon(long bits) {
    tender.schedule(() -> keep(bits), 2, TimeUnit.SECONDS);
  }

  /** Looks for the devices, now and every second. */
  public synchronized void start() {
    started = true;
    for (int i = 0; i < MOST; i++) {
      if (slots[i] != null) {
        tend(i);
      }
    }
  }

  private void tend(int slot) {
    tended[slot] = tender.scheduleWithFixedDelay(slots[slot]::tend, 0, 1, TimeUnit.SECONDS);
  }

  @Override
  public void begin(boolean inSoundTime) {
    offline = inSoundTime;
    ports.forEach(port -> port.begin(inSoundTime));
  }

  @Override
  public void strike(long dueNanos, long grain, int noteOn, Robot robot) {
    for (long bits = robot.ports(); bits != 0; bits &= bits - 1) {
      Port port = slots[Long.numberOfTrailingZeros(bits)];
      if (port != null) {
        port.strike(dueNanos, grain, noteOn, robot);
      }
    }
  }

  @Override
  public void control(long grain, int message) {
    List<Port> all = ports;
    for (int i = 0; i < all.size(); i++) {
      all.get(i).control(grain, message);
    }
  }

  @Override
  public void clock(long dueNanos, long those, int message) {
    for (long bits = those; bits != 0; bits &= bits - 1) {
      Port port = slots[Long.numberOfTrailingZeros(bits)];
      if (port != null) {
        port.clock(dueNanos, those, message);
      }
    }
  }

  @Override
  public void tempo(long grain, double quartersPerMinute) {
    bpm = quartersPerMinute;
    ports.forEach(port -> port.tempo(grain, quartersPerMinute));
  }

  @Override
  public void meter(long grain, int beatsPerBar, int beatUnit) {
    ports.forEach(port -> port.meter(grain, beatsPerBar, beatUnit));
  }

  @Override
  public void ahead(long nanos) {
    aheadNanos = nanos;
    ports.forEach(port -> port.ahead(nanos));
  }

  @Override
  public void expect(long dueNanos) {
    List<Port> all = ports;
    for (int i = 0; i < all.size(); i++) {
      all.get(i).expect(dueNanos);
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
    return lateness(DevicePort::lateness);
  }

  /** How late the song's clock left for the devices, in nanoseconds. */
  public Histogram clockLateness() {
    return lateness(DevicePort::clockLateness);
  }

  private Histogram lateness(Function<DevicePort, Lateness> of) {
    Histogram all = new Histogram(10_000_000_000L, 3);
    for (Port port : ports) {
      if (port instanceof DevicePort device) {
        all.add(of.apply(device).read());
      } else if (port instanceof RtpMidiPort network) {
        all.add(of.apply(network.device()).read());
      }
    }
    return all;
  }
}
