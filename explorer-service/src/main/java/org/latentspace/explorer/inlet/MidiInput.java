package org.latentspace.explorer.inlet;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiMessage;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.MidiUnavailableException;
import javax.sound.midi.Receiver;
import javax.sound.midi.Sequencer;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Transmitter;
import org.jboss.logging.Logger;
import org.latentspace.installation.ControlPart;
import org.latentspace.installation.MidiKey;
import org.latentspace.mididevices.MidiAddress;
import org.latentspace.mididevices.MidiDevices;
import org.latentspace.mididevices.UnclearPort;

/**
 * A MIDI input with pads, pedals and knobs, and the lamps on the same device. One that is away is
 * trouble: it is looked for again with every {@link #tend}, and said once.
 */
final class MidiInput implements Receiver {
  private static final Logger LOG = Logger.getLogger(MidiInput.class);
  private static final double FULL = 127;
  private static final int UNKNOWN = -1;

  /** What happens to a control. */
  enum Move {
    DOWN,
    UP,
    /** Its input is gone while it was down. */
    GONE,
    /** It is somewhere between nothing and all. */
    TURNED
  }

  /** Hears of controls, on the device's thread; never throws. */
  interface Listener {
    /**
     * A control that was told once how it moved.
     *
     * @param travel 0..1
     */
    void moved(ControlPart control, Move move, double travel);

    /** Whether a message is to be learned from, and moves nothing; of any key of any input. */
    boolean learns(String device, MidiKey key, int pressed);
  }

  private final String name;
  private final List<ControlPart> controls;
  private final Listener listener;
  // Guarded by this.
  private final boolean[] down;

  // Of the thread that tends.
  private final int[] shown;
  private MidiDevice device;
  private Transmitter transmitter;
  private MidiDevice lampDevice;
  private Receiver lamps;
  private boolean lampsAreOurs;

  private volatile String status = "ok";

  /**
   * @param name an address of the input, see {@link MidiAddress}
   */
  MidiInput(String name, List<ControlPart> controls, Listener listener) {
    this.name = name;
    this.controls = List.copyOf(controls);
    this.listener = listener;
    this.down = new boolean[this.controls.size()];
    this.shown = new int[this.controls.size()];
  }

  String name() {
    return name;
  }

  List<ControlPart> controls() {
    return controls;
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
    } catch (MidiUnavailableException | UnclearPort | RuntimeException e) {
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

  /** Whether this is the input that is open. */
  boolean has(MidiDevice.Info info) {
    return device != null && device.getDeviceInfo().equals(info);
  }

  /** Whether a device can be heard. */
  static boolean isInput(MidiDevice found) {
    return found.getMaxTransmitters() != 0 && !(found instanceof Sequencer);
  }

  private void open() throws MidiUnavailableException, UnclearPort {
    MidiAddress address = MidiAddress.parse(name);
    Arrays.fill(shown, UNKNOWN);
    MidiDevice found = MidiDevices.input(address);
    found.open();
    device = found;
    transmitter = found.getTransmitter();
    transmitter.setReceiver(this);
    if (controls.stream().anyMatch(control -> control.lamp() != null)) {
      openLamps(address);
    }
  }

  private void openLamps(MidiAddress address) throws MidiUnavailableException {
    try {
      MidiDevice found = MidiDevices.output(address);
      lampsAreOurs = !found.isOpen();
      found.open();
      lampDevice = found;
      lamps = found.getReceiver();
    } catch (UnclearPort none) {
      // Then it has no lamps.
    }
  }

  /**
   * Shows what is to be shown and is not.
   *
   * @param levels 0..127 of a control's lamp
   */
  void show(ToIntFunction<ControlPart> levels) {
    if (lamps == null) {
      return;
    }
    for (int i = 0; i < shown.length; i++) {
      MidiKey lamp = controls.get(i).lamp();
      int level = lamp == null ? shown[i] : levels.applyAsInt(controls.get(i));
      if (level != shown[i]) {
        shown[i] = level;
        try {
          lamps.send(new ShortMessage(lamp.status(), lamp.number(), level), -1);
        } catch (InvalidMidiDataException | IllegalStateException gone) {
          // It is noticed and opened anew by who tends.
          shown[i] = UNKNOWN;
        }
      }
    }
  }

  /** Whether a control of this input is down. */
  synchronized boolean isDown(ControlPart control) {
    int i = controls.indexOf(control);
    return i >= 0 && down[i];
  }

  /** Lets the input go. */
  void letGo() {
    if (lamps != null) {
      lamps.close();
    }
    if (transmitter != null) {
      transmitter.close();
    }
    // Others in this process may have opened it by another part of its name.
    if (lampDevice != null && lampsAreOurs && lampDevice.getReceivers().isEmpty()) {
      lampDevice.close();
    }
    if (device != null && device.getTransmitters().isEmpty()) {
      device.close();
    }
    lamps = null;
    lampDevice = null;
    transmitter = null;
    device = null;
    synchronized (this) {
      for (int i = 0; i < down.length; i++) {
        if (down[i]) {
          down[i] = false;
          listener.moved(controls.get(i), Move.GONE, 0);
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
    MidiKey key = MidiKey.of(brief.getStatus(), brief.getData1());
    if (key == null) {
      return;
    }
    int heard = key.hear(brief.getStatus(), brief.getData1(), brief.getData2());
    if (listener.learns(name, key, heard)) {
      return;
    }
    for (int i = 0; i < down.length; i++) {
      ControlPart control = controls.get(i);
      int pressed = control.key().hear(brief.getStatus(), brief.getData1(), brief.getData2());
      if (pressed == MidiKey.OTHER) {
        continue;
      }
      if (pressed > 0 || !control.key().note()) {
        listener.moved(control, Move.TURNED, pressed / FULL);
      }
      boolean isDown = control.key().isDown(pressed);
      if (isDown != down[i]) {
        down[i] = isDown;
        listener.moved(control, isDown ? Move.DOWN : Move.UP, pressed / FULL);
      }
    }
  }

  @Override
  public void close() {
    // The input's thread is done; what it was is let go by who tends.
  }
}
