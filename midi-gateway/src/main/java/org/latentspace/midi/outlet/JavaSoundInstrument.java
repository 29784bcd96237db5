package org.latentspace.midi.outlet;

import java.util.Locale;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.MidiUnavailableException;
import javax.sound.midi.Receiver;
import javax.sound.midi.Sequencer;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Synthesizer;

/** A device of javax.sound.midi: a MIDI port of the machine, or the JDK's own synthesiser. */
final class JavaSoundInstrument implements Instrument {
  private final MidiDevice device;
  private final Receiver receiver;
  private final boolean builtIn;
  private final ShortMessage message = new ShortMessage();

  private JavaSoundInstrument(MidiDevice device, boolean builtIn) throws MidiUnavailableException {
    this.device = device;
    this.builtIn = builtIn;
    device.open();
    try {
      receiver = device.getReceiver();
    } catch (MidiUnavailableException unavailable) {
      device.close();
      throw unavailable;
    }
  }

  /** The built-in synthesiser; needs a sound card. */
  static Instrument synthesiser() throws MidiUnavailableException {
    return new JavaSoundInstrument(MidiSystem.getSynthesizer(), true);
  }

  /** The first device that takes notes and has this in its name or description, in any case. */
  static Instrument named(String part) throws MidiUnavailableException {
    String wanted = part.toLowerCase(Locale.ROOT);
    for (MidiDevice.Info info : MidiSystem.getMidiDeviceInfo()) {
      String name = (info.getName() + " " + info.getDescription()).toLowerCase(Locale.ROOT);
      MidiDevice device = name.contains(wanted) ? MidiSystem.getMidiDevice(info) : null;
      if (device != null && takesNotes(device)) {
        return new JavaSoundInstrument(device, device instanceof Synthesizer);
      }
    }
    throw new MidiUnavailableException("no MIDI port has \"" + part + "\" in its name");
  }

  static boolean takesNotes(MidiDevice device) {
    return device.getMaxReceivers() != 0 && !(device instanceof Sequencer);
  }

  @Override
  public void send(int shortMessage) throws Exception {
    message.setMessage(shortMessage >> 16 & 0xff, shortMessage >> 8 & 0x7f, shortMessage & 0x7f);
    receiver.send(message, -1);
  }

  @Override
  public boolean isPresent() {
    if (builtIn) {
      return device.isOpen();
    }
    for (MidiDevice.Info info : MidiSystem.getMidiDeviceInfo()) {
      if (info.equals(device.getDeviceInfo())) {
        return device.isOpen();
      }
    }
    return false;
  }

  @Override
  public void close() {
    device.close();
  }
}
