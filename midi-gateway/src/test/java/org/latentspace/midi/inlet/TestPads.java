package org.latentspace.midi.inlet;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.Receiver;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Transmitter;
import javax.sound.midi.spi.MidiDeviceProvider;

/** Pads for tests, found the way every MIDI input is found; they can be plugged in and out. */
public final class TestPads extends MidiDeviceProvider {
  static final String NAME = "Drummer's Pads";

  private static volatile List<Pads> plugged = List.of();

  /** Plugs so many in, as devices that were never there before; what was there is gone. */
  static void plugIn(int many) {
    List<Pads> now = new CopyOnWriteArrayList<>();
    for (int i = 0; i < many; i++) {
      now.add(new Pads());
    }
    plugged = now;
  }

  /** Strikes a pad, on channel 10. */
  static void strike(int note, int velocity) throws InvalidMidiDataException {
    ShortMessage message = new ShortMessage(ShortMessage.NOTE_ON, 9, note, velocity);
    plugged.forEach(pads -> pads.receivers.forEach(receiver -> receiver.send(message, -1)));
  }

  @Override
  public MidiDevice.Info[] getDeviceInfo() {
    return plugged.stream().map(Pads::getDeviceInfo).toArray(MidiDevice.Info[]::new);
  }

  @Override
  public MidiDevice getDevice(MidiDevice.Info info) {
    return plugged.stream()
        .filter(pads -> pads.info.equals(info))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(info + " is not of this provider"));
  }

  private static final class Pads implements MidiDevice {
    private final Info info = new Info(NAME, "latentspace", "pads for tests", "1") {};
    private final List<Receiver> receivers = new CopyOnWriteArrayList<>();
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
      receivers.clear();
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
      return 0;
    }

    @Override
    public int getMaxTransmitters() {
      return -1;
    }

    @Override
    public Receiver getReceiver() {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Receiver> getReceivers() {
      return List.of();
    }

    @Override
    public Transmitter getTransmitter() {
      return new Transmitter() {
        @Override
        public void setReceiver(Receiver receiver) {
          receivers.add(receiver);
        }

        @Override
        public Receiver getReceiver() {
          return receivers.get(0);
        }

        @Override
        public void close() {
          receivers.clear();
        }
      };
    }

    @Override
    public List<Transmitter> getTransmitters() {
      return List.of();
    }
  }
}
