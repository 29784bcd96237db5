package org.latentspace.midi.outlet;

import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.MidiUnavailableException;
import javax.sound.midi.Receiver;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Soundbank;
import javax.sound.midi.Synthesizer;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.Line;
import javax.sound.sampled.Mixer;
import javax.sound.sampled.SourceDataLine;
import org.latentspace.mididevices.MidiAddress;
import org.latentspace.mididevices.MidiDevices;
import org.latentspace.mididevices.UnclearPort;

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

  /**
   * The built-in synthesiser; needs a sound card.
   *
   * @param font its sounds; null: those that it makes itself
   */
  static Instrument synthesiser(Soundbank font) throws MidiUnavailableException {
    try {
      Synthesizer device = MidiSystem.getSynthesizer();
      Instrument opened = new JavaSoundInstrument(device, true);
      load(device, font);
      return opened;
    } catch (MidiUnavailableException silent) {
      MidiUnavailableException told = new MidiUnavailableException(withoutSound(isThereACard()));
      told.initCause(silent);
      throw told;
    }
  }

  /** Sounds of a font, or of none where it is null, go before those that it has. */
  static void load(Synthesizer device, Soundbank font) throws MidiUnavailableException {
    if (font != null && !device.loadAllInstruments(font)) {
      throw new MidiUnavailableException("the synthesiser does not take the SoundFont");
    }
  }

  /** What is missing, and what to do. */
  static String withoutSound(boolean card) {
    return (card
            ? "the sound card cannot be opened (is another program using it?)"
            : "no sound card to play through; plug one in")
        + ", press Sound here on the page, or choose an output: --output midi:NAME, FILE.mid or"
        + " none";
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

  /**
   * The port that an address names.
   *
   * @throws UnclearPort none fits, or more than one
   */
  static Instrument at(MidiAddress address) throws UnclearPort, MidiUnavailableException {
    return new JavaSoundInstrument(MidiDevices.output(address), false);
  }

  @Override
  public void send(int shortMessage, long dueNanos) throws Exception {
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
