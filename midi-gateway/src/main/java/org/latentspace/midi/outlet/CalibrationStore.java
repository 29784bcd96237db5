package org.latentspace.midi.outlet;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.latentspace.installation.Installation.RobotPart;
import org.latentspace.installation.Installation.VoicePart;
import org.latentspace.midi.calibration.Calibration;
import org.latentspace.performer.Name;
import org.latentspace.storage.AtomicFile;

/**
 * What was measured of robots, a file each: {@code calibration/ROBOT.json} in the data folder. A
 * damaged one is logged and left out.
 */
public final class CalibrationStore {
  private static final Logger LOG = Logger.getLogger(CalibrationStore.class);
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final String ENDING = ".json";

  private final Path folder;
  // By robot, then by voice.
  private final Map<String, Map<String, Calibration>> all = new ConcurrentSkipListMap<>();

  /** Reads what is there; the folder need not exist. */
  public CalibrationStore(Path dataDir) {
    folder = dataDir.resolve("calibration");
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      files.filter(file -> file.toString().endsWith(ENDING)).forEach(this::read);
    } catch (IOException | UncheckedIOException e) {
      LOG.warnf("the calibrations in %s cannot be read: %s", folder, e.getMessage());
    }
  }

  private void read(Path file) {
    try {
      for (Calibration one : JSON.readValue(file.toFile(), Calibration[].class)) {
        if (!Name.isValid(one.robot()) || !file.equals(file(one.robot()))) {
          throw new IOException("it is of another robot");
        }
        all.computeIfAbsent(one.robot(), none -> new TreeMap<>()).put(one.voice(), one);
      }
    } catch (IOException | RuntimeException e) {
      LOG.warnf(
          "%s is damaged, and its robot plays by installation.yaml: %s", file, e.getMessage());
    }
  }

  private Path file(String robot) {
    return folder.resolve(robot + ENDING);
  }

  /** All of them, by robot and voice. */
  public List<Calibration> all() {
    List<Calibration> list = new ArrayList<>();
    all.values().forEach(voices -> list.addAll(voices.values()));
    return list;
  }

  /** Of one robot. */
  public Collection<Calibration> of(String robot) {
    return all.getOrDefault(robot, Map.of()).values();
  }

  /** Keeps one, in place of an earlier one; an UncheckedIOException: the earlier one stays. */
  public synchronized void keep(Calibration one) {
    Map<String, Calibration> voices = new TreeMap<>(all.getOrDefault(one.robot(), Map.of()));
    voices.put(one.voice(), one);
    try {
      AtomicFile.write(file(one.robot()), JSON.writeValueAsBytes(voices.values()));
    } catch (IOException e) {
      throw unwritable(e);
    }
    all.put(one.robot(), voices);
  }

  /** Forgets a robot's; NoSuchElementException: there is none. */
  public synchronized void delete(String robot) {
    if (!all.containsKey(robot)) {
      throw new NoSuchElementException("nothing was measured of a robot \"" + robot + "\"");
    }
    try {
      Files.deleteIfExists(file(robot));
    } catch (IOException e) {
      throw unwritable(e);
    }
    all.remove(robot);
  }

  private UncheckedIOException unwritable(IOException e) {
    return new UncheckedIOException("midi-gateway.data-dir: " + folder + ": " + e, e);
  }

  /** A robot as the installation has it, with the latencies that were measured. */
  public RobotPart apply(RobotPart part) {
    Map<String, Calibration> voices = all.getOrDefault(part.name(), Map.of());
    List<VoicePart> measured =
        part.voices().stream().map(voice -> apply(voice, voices.get(voice.name()))).toList();
    return new RobotPart(
        part.name(),
        part.ensemble(),
        measured,
        part.ports(),
        part.channel(),
        part.velocity(),
        part.minIntervalMs(),
        part.duty(),
        part.priority(),
        part.gateMs(),
        part.mute(),
        part.solo());
  }

  private static VoicePart apply(VoicePart voice, Calibration measured) {
    return measured == null ? voice : new VoicePart(voice.name(), voice.note(), measured.latency());
  }
}
