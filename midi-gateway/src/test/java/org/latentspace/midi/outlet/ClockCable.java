package org.latentspace.midi.outlet;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiMessage;
import javax.sound.midi.Receiver;
import javax.sound.midi.Transmitter;
import javax.sound.midi.spi.MidiDeviceProvider;

/** A MIDI port of this process that gives back what it is sent: {@code midi:Clock cable}. */
public final class ClockCable extends MidiDeviceProvider {
  static final String NAME = "Clock cable";
  private static final Cable CABLE = new Cable();

  @Override
  public MidiDevice.Info[] getDeviceInfo() {
    return new MidiDevice.Info[] {CABLE.getDeviceInfo()};
  }

  @Override
  public MidiDevice getDevice(MidiDevice.Info info) {
    if (!CABLE.getDeviceInfo().equals(info)) {
      throw new IllegalArgumentException(info + " is not of this provider");
    }
    return CABLE;
  }

  private static final class Cable implements MidiDevice, Receiver {
    private final Info info = new Info(NAME, "latentspace", "from here to here", "1") {};
    private final List<End> ends = new CopyOnWriteArrayList<>();

    /** One that listens. */
    private final class End implements Transmitter {
      private volatile Receiver receiver;

      @Override
      public void setReceiver(Receiver to) {
        receiver = to;
      }

      @Override
      public Receiver getReceiver() {
        return receiver;
      }

      @Override
      public void close() {
        ends.remove(this);
      }
    }

    @Override
    public void send(MidiMessage message, long time) {
      for (End end : ends) {
        Receiver to = end.receiver;
        if (to != null) {
          to.send(message, time);
        }
      }
    }

    @Override
    public Info getDeviceInfo() {
      return info;
    }

    @Override
    public void open() {}

    /** As a real one: for all that listen. */
    @Override
    public void close() {
      ends.clear();
    }

    @Override
    public boolean isOpen() {
      return true;
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
      return this;
    }

    @Override
    public List<Receiver> getReceivers() {
      return List.of(this);
    }

    @Override
    public Transmitter getTransmitter() {
      End end = new End();
      ends.add(end);
      return end;
    }

    @Override
    public List<Transmitter> getTransmitters() {
      return List.copyOf(ends);
    }
  }
}
