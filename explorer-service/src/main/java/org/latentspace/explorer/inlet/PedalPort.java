package org.latentspace.explorer.inlet;

import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiMessage;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.MidiUnavailableException;
import javax.sound.midi.Receiver;
import javax.sound.midi.Sequencer;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Transmitter;
import org.jboss.logging.Logger;
import org.latentspace.installation.Pedal;

/**
 * A MIDI input with pedals. One that is away is trouble: it is looked for again with every {@link
 * #tend}, and said once.
 */
final class PedalPort implements Receiver {
  private static final Logger LOG = Logger.getLogger(PedalPort.class);

  private final String name;
  private final List<Pedal> pedals;
  private final BiConsumer<Pedal, Pedal.Move> moved;
  // Guarded by this.
  private final boolean[] down;

  // Of the thread that tends.
  private MidiDevice device;
  private Transmitter transmitter;

  private volatile String status = "ok";

  /**
   * @param name part of the input's name or description, in any case
   * @param moved hears a pedal go down or up, on the device's thread, or be gone; once each
   */
  PedalPort(String name, List<Pedal> pedals, BiConsumer<Pedal, Pedal.Move> moved) {
    this.name = name;
    this.pedals = List.copyOf(pedals);
    this.moved = moved;
    this.down = new boolean[this.pedals.size()];
  }

  /** Opens the input if it is not, or is another one than before. */
  void tend() {
    try {
      if (device != null && !isPresent()) {
        letGo();
      }
      if (device == null) {
        open();
        if (!status.equals("ok")) {
          LOG.infof("MIDI input \"%s\" is back", name);
        }
        status = "ok";
      }
    } catch (MidiUnavailableException | RuntimeException e) {
      letGo();
      String now = "no MIDI input \"" + name + "\": " + e.getMessage();
      if (!now.equals(status)) {
        LOG.warnf("%s; it is taken as soon as it is there", now);
      }
      status = now;
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
    throw new MidiUnavailableException("none has this in its name");
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
    synchronized (this) {
      for (int i = 0; i < down.length; i++) {
        if (down[i]) {
          down[i] = false;
          moved.accept(pedals.get(i), Pedal.Move.GONE);
        }
      }
    }
  }

  String status() {
    return status;
  }

  @Override
  public synchronized void send(MidiMessage message, long time) {
    if (!(message instanceof ShortMessage brief)) {
      return;
    }
    for (int i = 0; i < down.length; i++) {
      Pedal pedal = pedals.get(i);
      Pedal.Move move = pedal.hear(brief.getStatus(), brief.getData1(), brief.getData2());
      boolean isDown = move == Pedal.Move.NONE ? down[i] : move == Pedal.Move.DOWN;
      if (isDown != down[i]) {
        down[i] = isDown;
        moved.accept(pedal, move);
      }
    }
  }

  @Override
  public void close() {
    // The input's thread is done; what it was is let go by who tends.
  }
}
