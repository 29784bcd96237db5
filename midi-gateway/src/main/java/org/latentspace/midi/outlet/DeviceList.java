package org.latentspace.midi.outlet;

import java.util.List;
import java.util.stream.Collectors;
import org.latentspace.mididevices.MidiDevices;
import org.latentspace.mididevices.MidiPort;

/** Prints the MIDI ports of this machine, with the addresses that name each of them. */
public final class DeviceList {
  private DeviceList() {}

  public static void main(String[] arguments) {
    print("MIDI outputs (--output; ports in installation.yaml):", "midi:", MidiDevices.outputs());
    print("MIDI inputs (midi-in in installation.yaml):", "", MidiDevices.inputs());
  }

  private static void print(String title, String prefix, List<MidiPort> all) {
    System.out.println(title);
    for (MidiPort port : all) {
      List<String> addresses = port.addresses(all);
      System.out.println(
          "  "
              + port.shown()
              + ": "
              + (addresses.isEmpty()
                  ? "nothing tells it from another"
                  : addresses.stream().map(prefix::concat).collect(Collectors.joining(" or "))));
    }
    if (all.isEmpty()) {
      System.out.println("  none");
    }
  }
}
