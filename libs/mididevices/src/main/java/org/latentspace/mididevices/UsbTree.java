package org.latentspace.mididevices;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which USB device a card of ALSA is, as Linux shows it below /sys. */
public final class UsbTree {
  private final Path sys;

  /**
   * @param sys where the system shows its devices, /sys
   */
  public UsbTree(Path sys) {
    this.sys = sys;
  }

  /**
   * The device of a card; null where it is none of USB, or nothing is shown.
   *
   * @param card number of ALSA, 0 or higher
   */
  public UsbDevice card(int card) {
    try {
      Path folder = sys.resolve("class/sound/card" + card).resolve("device").toRealPath();
      while (folder != null && !Files.isReadable(folder.resolve("idVendor"))) {
        folder = folder.getParent();
      }
      return folder == null
          ? null
          : new UsbDevice(
              text(folder, "idVendor") + ":" + text(folder, "idProduct"),
              text(folder, "serial"),
              folder.getFileName().toString());
    } catch (IOException notThere) {
      return null;
    }
  }

  private static String text(Path folder, String name) throws IOException {
    Path file = folder.resolve(name);
    return Files.isReadable(file) ? Files.readString(file).strip() : "";
  }
}
