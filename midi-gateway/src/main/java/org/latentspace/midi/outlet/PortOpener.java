package org.latentspace.midi.outlet;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.latentspace.wire.StartMistake;

/** Makes ports of addresses; says which kinds of addresses there are. */
final class PortOpener {
  private static final String RIGHT = "synth:, midi:NAME, file:PATH or none:, separated by commas";

  private final boolean replace;
  private final DevicePort.PortSettings manner;

  /**
   * @param replace whether a file that is there is replaced at the first stroke
   * @param manner how devices are treated
   */
  PortOpener(boolean replace, DevicePort.PortSettings manner) {
    this.replace = replace;
    this.manner = manner;
  }

  /**
   * Opens the port at an address.
   *
   * @param key where the address stands, for a mistake
   * @throws StartMistake it is no address, or its file cannot be written
   */
  Port open(String key, String given) {
    if (given.startsWith("file:") && given.length() > 5) {
      return openFile(key, given);
    }
    String address = given.strip();
    if (address.equals("synth:")) {
      // Trying in vain makes the synthesiser's sounds each time: not every second.
      return new DevicePort(
          address,
          JavaSoundInstrument::synthesiser,
          new DevicePort.PortSettings(manner.spinNanos(), 10));
    }
    if (address.equals("none:")) {
      return new NullPort();
    }
    if (address.startsWith("midi:") && address.length() > 5) {
      String name = address.substring(5).strip();
      return new DevicePort(address, () -> JavaSoundInstrument.named(name), manner);
    }
    throw new StartMistake(key + "=" + address + ": must be " + RIGHT);
  }

  private Port openFile(String key, String address) {
    try {
      return new FilePort(address, Path.of(address.substring(5)).toAbsolutePath(), replace);
    } catch (IOException | InvalidPathException wrong) {
      throw new StartMistake(
          key + "=" + address + ": must be a file that can be written: " + wrong.getMessage());
    }
  }
}
