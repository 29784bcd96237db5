package org.latentspace.audio.inlet;

import java.util.List;
import org.latentspace.audio.sound.InputLines;

/** Prints the sound cards that can record; needs nothing but the Java sound system. */
public final class DeviceList {
  private DeviceList() {}

  /** Takes no arguments; exit status 0, also when there are none. */
  public static void main(String[] arguments) {
    System.out.println(text(new SoundCards().devices()));
  }

  static String text(List<InputLines.Device> devices) {
    if (devices.isEmpty()) {
      return "no input devices";
    }
    StringBuilder lines = new StringBuilder("input devices (device:NAME takes a part of a name):");
    for (InputLines.Device device : devices) {
      lines.append(
          String.format(
              "%n  %s - %s - %s",
              device.name(),
              device.description(),
              device.channels() == 1 ? "1 channel" : device.channels() + " channels"));
    }
    return lines.toString();
  }
}
