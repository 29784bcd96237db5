package org.latentspace.midi.inlet;

import java.util.function.LongSupplier;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiMessage;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.MidiUnavailableException;
import javax.sound.midi.Receiver;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Transmitter;
import org.jboss.logging.Logger;
import org.latentspace.installation.Installation.PadPart;
import org.latentspace.midi.played.HeardStrokes;
import org.latentspace.midi.played.PadNotes;
import org.latentspace.mididevices.MidiAddress;
import org.latentspace.mididevices.MidiDevices;
import org.latentspace.mididevices.UnclearPort;

/**
 * A drummer's pads at a MIDI input. One that is away is a state: it is looked for again with every
 * {@link #tend}, and said once.
 */
final class PadInput implements Receiver {
  private static final Logger LOG = Logger.getLogger(PadInput.class);
  private static final int LOUDEST = 127;

  private final PadPart pads;
  private final PadNotes notes;
  private final HeardStrokes strokes;
  private final LongSupplier clock;

  // Of the thread that tends.
  private MidiDevice device;
  private Transmitter transmitter;

  /**
   * @param clock of {@link System#nanoTime}
   */
  PadInput(PadPart pads, HeardStrokes strokes, LongSupplier clock) {
    this.pads = pads;
    this.strokes = strokes;
    this.clock = clock;
    notes = new PadNotes(pads.notes());
  }

  /** Opens the input if it is not open, or is another one than before. */
  void tend() {
    try {
      if (device != null && !isPresent()) {
        letGo();
      }
      if (device == null) {
        open();
        if (!strokes.status().equals("ok")) {
          LOG.infof("MIDI input \"%s\" is back", pads.midiIn());
        }
        strokes.status("ok");
      }
    } catch (MidiUnavailableException | UnclearPort | RuntimeException e) {
      letGo();
      String now = "no MIDI input \"" + pads.midiIn() + "\": " + e.getMessage();
      if (!now.equals(strokes.status())) {
        LOG.warnf("%s; it is taken as soon as it is there", now);
      }
      strokes.status(now);
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
    device = MidiDevices.input(MidiAddress.parse(pads.midiIn()));
    device.open();
    transmitter = device.getTransmitter();
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
    if (message instanceof ShortMessage brief
        && brief.getCommand() == ShortMessage.NOTE_ON
        && brief.getData2() > 0
        && (pads.channel() == 0 || pads.channel() == brief.getChannel() + 1)) {
      String voice = notes.voice(brief.getData1());
      if (voice != null) {
        long played = clock.getAsLong() - Math.round(pads.latencyMs() * 1e6);
        strokes.strike(voice, (float) brief.getData2() / LOUDEST, played);
      }
    }
  }

  @Override
  public void close() {
    // The input's thread is done; what it was is let go by who tends.
  }
}
