package org.latentspace.midi.outlet;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.latentspace.wire.StartMistake;

/** Makes ports of addresses; says which kinds of addresses there are. */
final class PortOpener {
  private static final String RIGHT =
      "synth:, midi:NAME, rtp://HOST:PORT, file:PATH or none:, separated by commas";

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
    if (address.startsWith("rtp://")) {
      return openNetwork(key, address);
    }
    throw mistake(key, address, RIGHT);
  }

  private static StartMistake mistake(String key, String address, String right) {
    return new StartMistake(key + "=" + address + ": must be " + right);
  }

  private Port openNetwork(String key, String address) {
    try {
      URI peer = new URI(address);
      boolean isWhole = peer.getHost() != null && peer.getRawPath().isEmpty();
      if (!isWhole || peer.getPort() < 1 || peer.getPort() > 65534) {
        throw mistake(key, address, "rtp://HOST:PORT, PORT being 1..65534");
      }
      return new RtpMidiPort(
          address, InetSocketAddress.createUnresolved(peer.getHost(), peer.getPort()), manner);
    } catch (IOException | URISyntaxException wrong) {
      throw mistake(key, address, "rtp://HOST:PORT, a peer to invite: " + wrong.getMessage());
    }
  }

  private Port openFile(String key, String address) {
    try {
      return new FilePort(address, Path.of(address.substring(5)).toAbsolutePath(), replace);
    } catch (IOException | InvalidPathException wrong) {
      throw mistake(key, address, "a file that can be written: " + wrong.getMessage());
    }
  }
}
