package org.latentspace.midi.outlet;

import java.io.File;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Soundbank;
import org.latentspace.mididevices.MidiAddress;
import org.latentspace.mididevices.MidiPort;
import org.latentspace.mididevices.UnclearPort;
import org.latentspace.wire.StartMistake;

/** Makes ports of addresses; says which kinds of addresses there are. */
final class PortOpener {
  private static final String RIGHT =
      "synth:, synth:FILE.sf2, midi:NAME, rtp://HOST:PORT, osc://HOST:PORT/ADDRESS, file:PATH or"
          + " none:, separated by commas";

  private static final int MOST_PORT = 65535;
  private static final long MOST_LEAD_MS = 80;
  private static final Pattern NETWORK =
      Pattern.compile(
          "rtp://([^:/?#\\s]*|\\[[0-9a-fA-F:.]+]):([0-9]{1,5})(?:\\?lead-ms=([0-9]{1,3}))?");
  private static final Pattern OSC =
      Pattern.compile(
          "osc://([^:/?#\\s]+|\\[[0-9a-fA-F:.]+]):([0-9]{1,5})(/[!-~&&[^#?*,{}\\[\\]]]+)(\\?ends)?");

  private final boolean replace;
  private final DevicePort.PortSettings manner;
  private final Supplier<List<MidiPort>> outputs;

  /**
   * @param replace whether a file that is there is replaced at the first stroke
   * @param manner how devices are treated
   * @param outputs the MIDI ports that there are now
   */
  PortOpener(boolean replace, DevicePort.PortSettings manner, Supplier<List<MidiPort>> outputs) {
    this.replace = replace;
    this.manner = manner;
    this.outputs = outputs;
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
    if (address.startsWith("synth:")) {
      return openSynthesiser(key, address);
    }
    if (address.equals("none:")) {
      return new NullPort();
    }
    if (address.startsWith("midi:") && address.length() > 5) {
      return openDevice(key, address);
    }
    if (address.startsWith("rtp://")) {
      return openNetwork(key, address);
    }
    if (address.startsWith("osc://")) {
      return openOsc(key, address);
    }
    throw mistake(key, address, RIGHT);
  }

  private static StartMistake mistake(String key, String address, String right) {
    return new StartMistake(key + "=" + address + ": must be " + right);
  }

  /** One that is not there may come; one that may be this or that robot's is refused. */
  private Port openDevice(String key, String address) {
    MidiAddress device;
    try {
      device = MidiAddress.parse(address.substring(5));
      device.choose(outputs.get());
    } catch (IllegalArgumentException wrong) {
      throw mistake(key, address, "midi: and " + wrong.getMessage());
    } catch (UnclearPort unclear) {
      if (unclear.isAmbiguous()) {
        throw mistake(key, address, "one port only: it " + unclear.getMessage());
      }
      device = MidiAddress.parse(address.substring(5));
    }
    MidiAddress wanted = device;
    return new DevicePort(address, () -> JavaSoundInstrument.at(wanted), manner);
  }

  private Port openNetwork(String key, String address) {
    Matcher parts = NETWORK.matcher(address);
    if (!parts.matches() || !isPort(parts.group(2), MOST_PORT - 1)) {
      throw mistake(
          key,
          address,
          "rtp://HOST:PORT, or rtp://:PORT to be invited, PORT being 1..65534, ?lead-ms=1..80"
              + " behind it if need be");
    }
    long leadMs = parts.group(3) == null ? 0 : Integer.parseInt(parts.group(3));
    if (parts.group(3) != null && (leadMs < 1 || leadMs > MOST_LEAD_MS)) {
      throw mistake(key, address, "sent ahead by lead-ms=1..80");
    }
    try {
      int port = Integer.parseInt(parts.group(2));
      return new RtpMidiPort(address, parts.group(1), port, leadMs * 1_000_000, manner);
    } catch (IOException wrong) {
      throw mistake(key, address, "a UDP port that is free: " + wrong.getMessage());
    }
  }

  private Port openOsc(String key, String address) {
    Matcher parts = OSC.matcher(address);
    if (!parts.matches() || !isPort(parts.group(2), MOST_PORT)) {
      throw mistake(
          key, address, "osc://HOST:PORT/ADDRESS, PORT being 1..65535, ?ends behind it if need be");
    }
    String host = parts.group(1);
    int port = Integer.parseInt(parts.group(2));
    boolean ends = parts.group(4) != null;
    return new DevicePort(
        address, () -> new OscInstrument(host, port, parts.group(3), ends), manner);
  }

  private static boolean isPort(String digits, int most) {
    int port = Integer.parseInt(digits);
    return port >= 1 && port <= most;
  }

  private Port openSynthesiser(String key, String address) {
    Soundbank font = address.equals("synth:") ? null : font(key, address);
    // Trying in vain makes the synthesiser's sounds each time: not every second.
    return new DevicePort(
        address,
        () -> JavaSoundInstrument.synthesiser(font),
        new DevicePort.PortSettings(manner.spinNanos(), 10));
  }

  private static Soundbank font(String key, String address) {
    try {
      return MidiSystem.getSoundbank(new File(address.substring(6)));
    } catch (IOException | InvalidMidiDataException | RuntimeException wrong) {
      throw mistake(key, address, "a SoundFont that can be read: " + wrong.getMessage());
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
