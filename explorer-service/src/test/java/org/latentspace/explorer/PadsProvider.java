package org.latentspace.explorer;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiMessage;
import javax.sound.midi.Receiver;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Transmitter;
import javax.sound.midi.spi.MidiDeviceProvider;

/**
 * A MIDI input with lamps for tests, found the way every MIDI input of the machine is found; it can
 * be plugged in and out. Its state is the JVM's own, as tests and application may have class
 * loaders of their own.
 */
public final class PadsProvider extends MidiDeviceProvider {
  public static final String NAME = "LSE Test Pads";

  private static final String KEY = "lse.test.pads";

  /** What is plugged in, with where it sends to. */
  @SuppressWarnings("unchecked")
  private static ConcurrentHashMap<String, Object> state() {
    return (ConcurrentHashMap<String, Object>)
        System.getProperties().computeIfAbsent(KEY, key -> new ConcurrentHashMap<String, Object>());
  }

  @SuppressWarnings("unchecked")
  private static List<Receiver> receivers() {
    return (List<Receiver>)
        state().computeIfAbsent("receivers", key -> new CopyOnWriteArrayList<Receiver>());
  }

  /** Plugs it in, as a device that was never there before. */
  public static void plugIn() {
    state().put("pads", new Pads());
  }

  public static void plugOut() {
    state().remove("pads");
    receivers().clear();
    shown().clear();
  }

  @SuppressWarnings("unchecked")
  private static List<String> shown() {
    return (List<String>)
        state().computeIfAbsent("lamps", key -> new CopyOnWriteArrayList<String>());
  }

  /** What was sent to its lamps since it was plugged in: status in hex, number, value. */
  public static List<String> lamps() {
    return List.copyOf(shown());
  }

  /** Whether somebody has it open and hears it. */
  public static boolean isHeard() {
    return !receivers().isEmpty();
  }

  public static void send(int command, int channel, int data1, int data2)
      throws InvalidMidiDataException {
    ShortMessage message = new ShortMessage(command, channel - 1, data1, data2);
    receivers().forEach(receiver -> receiver.send(message, -1));
  }

  @Override
  public MidiDevice.Info[] getDeviceInfo() {
    MidiDevice pads = (MidiDevice) state().get("pads");
    return pads == null ? new MidiDevice.Info[0] : new MidiDevice.Info[] {pads.getDeviceInfo()};
  }

  @Override
  public MidiDevice getDevice(MidiDevice.Info info) {
    MidiDevice pads = (MidiDevice) state().get("pads");
    if (pads == null || !pads.getDeviceInfo().equals(info)) {
      throw new IllegalArgumentException(info + " is not of this provider");
    }
    return pads;
  }

  /** The pads. */
  private static final class Pads implements MidiDevice {
    private final Info info = new Info(NAME, "latentspace", "pads for tests", "1") {};
    private final List<Transmitter> transmitters = new CopyOnWriteArrayList<>();
    private volatile boolean open;

    @Override
    public Info getDeviceInfo() {
      return info;
    }

    @Override
    public void open() {
      open = true;
    }

    @Override
    public void close() {
      open = false;
      transmitters.forEach(Transmitter::close);
    }

    @Override
    public boolean isOpen() {
      return open;
    }

    @Override
    public long getMicrosecondPosition() {
      return -1;
    }

    @Override
    public int getMaxReceivers() {
      return -1;
    }

    @Override
    public int getMaxTransmitters() {
      return -1;
    }

    @Override
    public Receiver getReceiver() {
      return new Lamps();
    }

    @Override
    public List<Receiver> getReceivers() {
      return List.of();
    }

    @Override
    public Transmitter getTransmitter() {
      Transmitter transmitter = new Wire(transmitters);
      transmitters.add(transmitter);
      return transmitter;
    }

    @Override
    public List<Transmitter> getTransmitters() {
      return List.copyOf(transmitters);
    }
  }

  /** What the pads send by. */
  private static final class Wire implements Transmitter {
    private final List<Transmitter> all;
    private Receiver own;

    Wire(List<Transmitter> all) {
      this.all = all;
    }

    @Override
    public void setReceiver(Receiver receiver) {
      own = receiver;
      receivers().add(receiver);
    }

    @Override
    public Receiver getReceiver() {
      return own;
    }

    @Override
    public void close() {
      all.remove(this);
      receivers().removeAll(Set.of(own));
    }
  }

  /** What is sent to the pads. */
  private static final class Lamps implements Receiver {
    @Override
    public void send(MidiMessage message, long time) {
      ShortMessage lamp = (ShortMessage) message;
      String status = Integer.toHexString(lamp.getStatus());
      shown().add(status + " " + lamp.getData1() + " " + lamp.getData2());
    }

    @Override
    public void close() {
      // There is nothing to let go.
    }
  }
}
