package org.latentspace.midi.outlet;

import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiMessage;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.MidiUnavailableException;
import javax.sound.midi.Receiver;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Transmitter;
import org.latentspace.midi.time.ClockControl;
import org.latentspace.midi.time.MidiClockSource;
import org.latentspace.mididevices.MidiAddress;
import org.latentspace.mididevices.MidiDevices;
import org.latentspace.mididevices.UnclearPort;

/** A MIDI input that a clock comes in by; one that is away is looked for with every tend. */
final class MidiClockInput implements Receiver {
  private final String name;
  private final MidiAddress address;
  private final MidiClockSource source;
  private final ClockControl clock;

  // Of the thread that tends.
  private MidiDevice device;
  private Transmitter transmitter;

  private volatile String status = "opening";

  /**
   * @param name an address of the input
   * @throws IllegalArgumentException it is no address; the message says how one is written
   */
  MidiClockInput(String name, ClockControl clock) {
    this.name = name;
    address = MidiAddress.parse(name);
    this.clock = clock;
    source = new MidiClockSource(clock.transport().bpm());
  }

  MidiClockSource source() {
    return source;
  }

  /** "ok", or what is missing. */
  String status() {
    return status;
  }

  /** Opens the input if it is not open, or has gone. */
  void tend() {
    try {
      if (device != null && !isPresent()) {
        letGo();
      }
      if (device == null) {
        open();
        status = "ok";
      }
    } catch (MidiUnavailableException | UnclearPort | RuntimeException absent) {
      letGo();
      status = "absent: MIDI input \"" + name + "\": " + absent.getMessage();
    }
  }

  private boolean isPresent() {
    for (MidiDevice.Info info : MidiSystem.getMidiDeviceInfo()) {
      if (info.equals(device.getDeviceInfo())) {
        return device.isOpen();
      }
    }
    return false;
  }

  private void open() throws MidiUnavailableException, UnclearPort {
    MidiDevice found = MidiDevices.input(address);
    found.open();
    device = found;
    transmitter = found.getTransmitter();
    transmitter.setReceiver(this);
  }

  /** Lets the input go. */
  void letGo() {
    if (transmitter != null) {
      transmitter.close();
    }
    // Others in this process may hear the same device, and it is closed for all.
    if (device != null && device.getTransmitters().isEmpty()) {
      device.close();
    }
    transmitter = null;
    device = null;
  }

  @Override
  public void send(MidiMessage message, long time) {
    long now = System.nanoTime();
    if (message instanceof ShortMessage brief) {
      int whole = brief.getStatus() << 16 | brief.getData1() << 8 | brief.getData2();
      if (MidiClockSource.isOfClock(whole)) {
        source.receive(whole, now);
        clock.wake();
      }
    }
  }

  @Override
  public void close() {
    // The input's thread is done; who tends lets go of it.
  }
}
