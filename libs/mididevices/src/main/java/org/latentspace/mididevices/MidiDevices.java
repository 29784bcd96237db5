package org.latentspace.mididevices;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.MidiUnavailableException;
import javax.sound.midi.Sequencer;
import javax.sound.midi.Synthesizer;

/** The MIDI ports of this machine, as javax.sound.midi has them. */
public final class MidiDevices {
  private static final UsbTree USB = new UsbTree(Path.of("/sys"));

  private MidiDevices() {}

  /** Ports that take notes, without the JDK's own synthesiser. */
  public static List<MidiPort> outputs() {
    return ports(true).stream().map(Opened::port).toList();
  }

  /** Ports that send. */
  public static List<MidiPort> inputs() {
    return ports(false).stream().map(Opened::port).toList();
  }

  /**
   * The output that an address names, closed.
   *
   * @throws UnclearPort none fits, or more than one
   */
  public static MidiDevice output(MidiAddress address) throws UnclearPort {
    return choose(address, true);
  }

  /**
   * The input that an address names, closed.
   *
   * @throws UnclearPort none fits, or more than one
   */
  public static MidiDevice input(MidiAddress address) throws UnclearPort {
    return choose(address, false);
  }

  private static MidiDevice choose(MidiAddress address, boolean out) throws UnclearPort {
    List<Opened> all = ports(out);
    MidiPort chosen = address.choose(all.stream().map(Opened::port).toList());
    return all.stream().filter(each -> each.port.equals(chosen)).findFirst().get().device;
  }

  private record Opened(MidiDevice device, MidiPort port) {}

  private static List<Opened> ports(boolean out) {
    List<Opened> all = new ArrayList<>();
    Map<Integer, Integer> counts = new HashMap<>();
    for (MidiDevice.Info info : MidiSystem.getMidiDeviceInfo()) {
      try {
        MidiDevice device = MidiSystem.getMidiDevice(info);
        int ways = out ? device.getMaxReceivers() : device.getMaxTransmitters();
        if (ways != 0 && !(device instanceof Sequencer) && !(device instanceof Synthesizer)) {
          int card = MidiPort.card(info.getName());
          int number = card < 0 ? 0 : counts.merge(card, 1, Integer::sum);
          UsbDevice usb = card < 0 ? null : USB.card(card);
          all.add(
              new Opened(device, new MidiPort(info.getName(), info.getDescription(), usb, number)));
        }
      } catch (MidiUnavailableException | IllegalArgumentException gone) {
        // Unplugged while it was looked at.
      }
    }
    return all;
  }
}
