package org.latentspace.midi.outlet;

import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.MidiUnavailableException;

/** Prints the MIDI ports of this machine that take notes, as {@code --output} wants them. */
public final class DeviceList {
  private DeviceList() {}

  public static void main(String[] arguments) {
    System.out.println("MIDI outputs (--output midi:NAME, any part of the name):");
    int found = 0;
    for (MidiDevice.Info info : MidiSystem.getMidiDeviceInfo()) {
      try {
        if (JavaSoundInstrument.takesNotes(MidiSystem.getMidiDevice(info))) {
          System.out.println("  midi:" + info.getName() + "  (" + info.getDescription() + ")");
          found++;
        }
      } catch (MidiUnavailableException gone) {
        System.out.println("  midi:" + info.getName() + "  (unavailable: " + gone + ")");
      }
    }
    if (found == 0) {
      System.out.println("  none");
    }
  }
}
