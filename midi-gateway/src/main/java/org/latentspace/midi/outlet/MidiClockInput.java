package org.latentspace.midi.outlet;

import java.util.Locale;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiMessage;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.MidiUnavailableException;
import javax.sound.midi.Receiver;
import javax.sound.midi.Sequencer;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Transmitter;
import org.latentspace.midi.time.ClockControl;
import org.latentspace.midi.time.MidiClockSource;

/** A MIDI input that a clock comes in by; one that is away is looked for with every tend. */
final class MidiClockInput implements Receiver {
  private final String name;
  private final MidiClockSource source;
  private final ClockControl clock;

  // Of the thread that tends.
  private MidiDevice device;
  private Transmitter transmitter;

  private volatile String status = "opening";

  /**
   * @param name part of the input's name or description, in any case
   */
  MidiClockInput(String name, ClockControl clock) {
    this.name = name;
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
    } catch (MidiUnavailableException | RuntimeException absent) {
      letGo();
      status = "absent: " + absent.getMessage();
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

  private void open() throws MidiUnavailableException {
    String wanted = name.toLowerCase(Locale.ROOT);
    for (MidiDevice.Info info : MidiSystem.getMidiDeviceInfo()) {
      String text = (info.getName() + " " + info.getDescription()).toLowerCase(Locale.ROOT);
      MidiDevice found = text.contains(wanted) ? MidiSystem.getMidiDevice(info) : null;
      if (found != null && found.getMaxTransmitters() != 0 && !(found instanceof Sequencer)) {
        found.open();
        device = found;
        transmitter = found.getTransmitter();
        transmitter.setReceiver(this);
        return;
      }
    }
    throw new MidiUnavailableException("no MIDI input has \"" + name + "\" in its name");
  }

  /** Lets the input go. */
  void letGo() {
    if (transmitter != null) {
      transmitter.close();
    }
    if (device != null) {
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
