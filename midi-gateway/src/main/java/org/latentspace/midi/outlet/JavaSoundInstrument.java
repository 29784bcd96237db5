package org.latentspace.midi.outlet;

import java.util.Locale;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.MidiUnavailableException;
import javax.sound.midi.Receiver;
import javax.sound.midi.Sequencer;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Synthesizer;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.Line;
import javax.sound.sampled.Mixer;
import javax.sound.sampled.SourceDataLine;

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
    try {
      return new JavaSoundInstrument(MidiSystem.getSynthesizer(), true);
    } catch (MidiUnavailableException silent) {
      MidiUnavailableException told = new MidiUnavailableException(withoutSound(isThereACard()));
      told.initCause(silent);
      throw told;
    }
  }

  /** What is missing, and what to do. */
  static String withoutSound(boolean card) {
    return (card
            ? "the sound card cannot be opened (is another program using it?)"
            : "no sound card to play through; plug one in")
        + ", or choose another output: --output midi:NAME, FILE.mid or none";
  }

  private static boolean isThereACard() {
    Line.Info speaker = new Line.Info(SourceDataLine.class);
    for (Mixer.Info mixer : AudioSystem.getMixerInfo()) {
      if (AudioSystem.getMixer(mixer).isLineSupported(speaker)) {
        return true;
      }
    }
    return false;
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
    throw new MidiUnavailableException(
        "no MIDI port has \"" + part + "\" in its name; ./play --list-devices lists them");
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
