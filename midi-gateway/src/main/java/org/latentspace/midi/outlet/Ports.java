package org.latentspace.midi.outlet;

import java.util.List;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.latentspace.midi.robot.Robot;
import org.latentspace.midi.robot.RobotSet;
import org.latentspace.midi.robot.Striker;
import org.latentspace.midi.time.Lateness;
import org.latentspace.midi.time.Outputs;
import org.latentspace.midi.time.Outputs.PortState;
import org.latentspace.mididevices.MidiDevices;
import org.latentspace.mididevices.MidiPort;
import org.latentspace.wire.StartMistake;

/** All the ways out, as one: what one port does never stops the others. */
public final class Ports implements Outputs, AutoCloseable {
  public static final String KEY = "midi-gateway.outputs";
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  private final PortSlots slots = new PortSlots();
  private final Future<?>[] tended = new Future<?>[PortSlots.MOST];
  private final PortOpener opener;
  private final PortTender tender = new PortTender();
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
    this(replace, spinNanos, MidiDevices::outputs);
  }

  /**
   * @param devices the MIDI ports that there are now
   */
  Ports(boolean replace, long spinNanos, Supplier<List<MidiPort>> devices) {
    opener = new PortOpener(replace, new DevicePort.PortSettings(spinNanos, 1), devices);
  }

  /**
   * Makes ready every port of a list, for example {@code synth:,file:take.mid}; those that are open
   * already stay so. All or none. Devices are looked for with {@link #own}.
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
        int slot = slots.find(address.strip());
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

  private synchronized int add(Port port) {
    port.ahead(aheadNanos);
    if (bpm > 0) {
      port.begin(offline);
      port.tempo(0, bpm);
    }
    int slot = slots.put(port);
    tender.expect(slots.all().size());
    return slot;
  }

  /** These robots are there; each port is told what is struck on it. */
  synchronized void own(List<RobotSet> robots) {
    for (int i = 0; i < PortSlots.MOST; i++) {
      if (slots.at(i) != null) {
        long bit = 1L << i;
        slots
            .at(i)
            .own(
                robots.stream()
                    .flatMap(RobotSet::strikers)
                    .filter(striker -> (striker.robot().ports() & bit) != 0)
                    .mapToInt(Striker::noteOff)
                    .distinct()
                    .toArray());
      }
    }
    if (started) {
      start();
    }
  }

  /** Closes the ports without a bit; nothing may be on its way to them. */
  public synchronized void keep(long bits) {
    for (int i = 0; i < PortSlots.MOST; i++) {
      if (slots.at(i) != null && (bits >>> i & 1) == 0) {
        Port port = slots.at(i);
        slots.set(i, null);
        if (tended[i] != null) {
          tended[i].cancel(false);
          tended[i] = null;
        }
        port.close();
      }
    }
  }

  /** A bit for each port. */
  synchronized long bits() {
    return slots.bits();
  }

  /** Runs a task of a change of ports, so many seconds later, on a thread that may wait. */
  void later(Runnable task, long seconds) {
    tender.later(task, seconds);
  }

  /** Looks for the devices that nobody looks for yet, now and again and again. */
  public synchronized void start() {
    started = true;
    for (int i = 0; i < PortSlots.MOST; i++) {
      if (slots.at(i) != null && tended[i] == null) {
        tended[i] = tender.tend(slots.at(i));
      }
    }
  }

  @Override
  public void begin(boolean inSoundTime) {
    offline = inSoundTime;
    slots.all().forEach(port -> port.begin(inSoundTime));
  }

  @Override
  public void strike(long dueNanos, long grain, int noteOn, Robot robot) {
    for (long bits = robot.ports(); bits != 0; bits &= bits - 1) {
      Port port = slots.at(Long.numberOfTrailingZeros(bits));
      if (port != null) {
        port.strike(dueNanos, grain, noteOn, robot);
      }
    }
  }

  @Override
  public void control(long grain, int message) {
    List<Port> all = slots.all();
    for (int i = 0; i < all.size(); i++) {
      all.get(i).control(grain, message);
    }
  }

  @Override
  public void clock(long dueNanos, long those, int message) {
    for (long bits = those; bits != 0; bits &= bits - 1) {
      Port port = slots.at(Long.numberOfTrailingZeros(bits));
      if (port != null) {
        port.clock(dueNanos, those, message);
      }
    }
  }

  @Override
  public void tempo(long grain, double quartersPerMinute) {
    bpm = quartersPerMinute;
    slots.all().forEach(port -> port.tempo(grain, quartersPerMinute));
  }

  @Override
  public void meter(long grain, int beatsPerBar, int beatUnit) {
    slots.all().forEach(port -> port.meter(grain, beatsPerBar, beatUnit));
  }

  @Override
  public void ahead(long nanos) {
    aheadNanos = nanos;
    slots.all().forEach(port -> port.ahead(nanos));
  }

  @Override
  public void expect(long dueNanos) {
    List<Port> all = slots.all();
    // More threads awake than processors would keep the timing thread and each other waiting.
    for (int i = 0; all.size() < PROCESSORS && i < all.size(); i++) {
      all.get(i).expect(dueNanos);
    }
  }

  @Override
  public void quiet() {
    slots.all().forEach(Port::quiet);
  }

  @Override
  public void finish(long grain) {
    slots.all().forEach(port -> port.finish(grain));
  }

  /** All notes off at once, files closed, devices let go; what is closed stays so. */
  @Override
  public void close() {
    quiet();
    letGo();
  }

  private synchronized void letGo() {
    if (tender.end()) {
      slots.all().forEach(Port::close);
    }
  }

  @Override
  public List<PortState> states() {
    return slots.all().stream().map(Port::state).toList();
  }

  @Override
  public long dropped() {
    return slots.all().stream().mapToLong(Port::dropped).sum();
  }

  @Override
  public String status() {
    String bad =
        String.join(
            "; ",
            slots.all().stream()
                .filter(port -> !port.status().equals("ok"))
                .map(port -> port.address() + " " + port.status())
                .toList());
    return bad.isEmpty() ? "ok" : bad;
  }

  /** Notes that sounded on for long, because their device took no note-off, over all ports. */
  public long hung() {
    return slots.all().stream().mapToLong(Port::hung).sum();
  }

  /** The longest that strokes through these ports are heard later than they leave. */
  synchronized long leadNanos(long bits) {
    long longest = 0;
    for (int i = 0; i < PortSlots.MOST; i++) {
      boolean is = slots.at(i) != null && (bits >>> i & 1) != 0;
      longest = Math.max(longest, is ? slots.at(i).leadNanos() : 0);
    }
    return longest;
  }

  /** Whether strokes can leave through one port at least. */
  public boolean isAnyOk() {
    return slots.all().stream().anyMatch(port -> port.status().equals("ok"));
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
    for (Port port : slots.all()) {
      if (port instanceof DevicePort device) {
        all.add(of.apply(device).read());
      } else if (port instanceof RtpMidiPort network) {
        all.add(of.apply(network.device()).read());
      }
    }
    return all;
  }
}
