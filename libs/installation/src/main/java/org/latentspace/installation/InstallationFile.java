package org.latentspace.installation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.latentspace.installation.Action.Target;
import org.latentspace.installation.Installation.EnsemblePart;
import org.latentspace.installation.Installation.RobotPart;
import org.latentspace.wire.StartMistake;

/** The file installation.yaml: the one way in which every service reads it. */
public final class InstallationFile {
  private static final long MOST_BYTES = 1 << 20;
  private static final ObjectMapper YAML =
      YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private InstallationFile() {}

  /** As {@link #read}; what is wrong in it ends the start. */
  public static Installation atStart(InstallationConfig config) {
    try {
      return read(config);
    } catch (InstallationFault fault) {
      throw new StartMistake(fault.getMessage());
    }
  }

  /**
   * What the file says now; nothing where the default file is not there.
   *
   * @throws InstallationFault it cannot be read, or something in it is wrong
   */
  public static Installation read(InstallationConfig config) throws InstallationFault {
    String key = "installation.file=" + config.file();
    Path file;
    try {
      file = Path.of(config.file());
    } catch (InvalidPathException e) {
      throw new InstallationFault(List.of(key + ": is no path"));
    }
    if (Files.isRegularFile(file)) {
      return read(file);
    }
    if (Files.exists(file) || !config.file().equals(InstallationConfig.FILE)) {
      throw new InstallationFault(List.of(key + ": must be a YAML file"));
    }
    return Installation.NONE;
  }

  static Installation read(Path file) throws InstallationFault {
    JsonNode root;
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw fault(file, "must have at most " + MOST_BYTES + " bytes");
      }
      root = YAML.readTree(Files.readString(file));
    } catch (JsonProcessingException e) {
      String where = e.getLocation() == null ? "" : " line " + e.getLocation().getLineNr();
      throw new InstallationFault(
          List.of(
              file + where + ": is no YAML: " + e.getOriginalMessage().replaceAll("\\s+", " ")));
    } catch (IOException e) {
      throw fault(file, "cannot be read: " + e);
    }
    if (SectionReader.isNothing(root)) {
      return Installation.NONE;
    }
    List<String> mistakes = new ArrayList<>();
    Installation installation = new InstallationReader(mistakes).read(root);
    if (!mistakes.isEmpty()) {
      throw new InstallationFault(lines(file, mistakes));
    }
    return installation;
  }

  /**
   * One control, written as it would stand below controls.
   *
   * @param installation whose performers, ensembles and robots it may name
   * @throws InstallationFault what is wrong with it
   */
  public static ControlPart control(String yaml, Installation installation)
      throws InstallationFault {
    List<String> mistakes = new ArrayList<>();
    try {
      Map<Target, List<String>> names =
          Map.of(
              Target.PERFORMER,
              installation.performers(),
              Target.ENSEMBLE,
              installation.ensembles().stream().map(EnsemblePart::name).toList(),
              Target.ROBOT,
              installation.robots().stream().map(RobotPart::name).toList());
      ControlPart control = new ControlReader(mistakes, names).control(YAML.readTree(yaml), "");
      if (mistakes.isEmpty()) {
        return control;
      }
    } catch (JsonProcessingException e) {
      mistakes.add("is no YAML: " + e.getOriginalMessage().replaceAll("\\s+", " "));
    }
    throw new InstallationFault(mistakes);
  }

  private static InstallationFault fault(Path file, String what) {
    return new InstallationFault(List.of(file + ": " + what));
  }

  private static List<String> lines(Path file, List<String> mistakes) {
    List<String> lines = new ArrayList<>();
    int most = InstallationFault.MOST_LINES;
    int told = mistakes.size() > most ? most - 1 : mistakes.size();
    mistakes
        .subList(0, told)
        .forEach(line -> lines.add(file + ": " + line.replaceAll("\\s+", " ")));
    if (told < mistakes.size()) {
      lines.add(file + ": and " + (mistakes.size() - told) + " mistakes more");
    }
    return lines;
  }
}
