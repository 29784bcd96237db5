package org.latentspace.training.work.inlet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.latentspace.training.data.inlet.InfoTable;

/** Chooses MIDI files by the columns of the table {@link InfoTable} beside them. */
final class InfoFilter {
  private InfoFilter() {}

  /**
   * The files below a folder that fulfil every condition `column=value`; a value may end in `*`.
   * Throws IllegalArgumentException for a condition that is none, and where there is no table.
   */
  static Predicate<Path> choice(Path folder, List<String> conditions) {
    if (conditions.isEmpty()) {
      return file -> true;
    }
    Map<Path, Map<String, String>> lines = read(folder);
    return file ->
        conditions.stream().allMatch(c -> fulfils(lines.get(file.toAbsolutePath().normalize()), c));
  }

  private static boolean fulfils(Map<String, String> line, String condition) {
    int equals = condition.indexOf('=');
    if (equals < 1) {
      throw new IllegalArgumentException("'" + condition + "' is not COLUMN=VALUE");
    }
    if (line == null) {
      return false;
    }
    String value = line.get(condition.substring(0, equals).strip());
    if (value == null) {
      throw new IllegalArgumentException(
          "info.csv has no column '" + condition.substring(0, equals) + "', but " + line.keySet());
    }
    String wanted = condition.substring(equals + 1).strip();
    return wanted.endsWith("*")
        ? value.startsWith(wanted.substring(0, wanted.length() - 1))
        : value.equals(wanted);
  }

  private static Map<Path, Map<String, String>> read(Path folder) {
    try {
      Map<Path, Map<String, String>> byFile = new HashMap<>();
      for (Map<String, String> line : InfoTable.lines(folder.resolve(InfoTable.FILE_NAME))) {
        Path file = InfoTable.path(folder, line.get(InfoTable.KEY));
        if (file != null) {
          byFile.put(file, line);
        }
      }
      return byFile;
    } catch (IOException | IllegalArgumentException missing) {
      throw new IllegalArgumentException(
          "--where needs a table info.csv with a column midi_filename in " + folder, missing);
    }
  }
}
