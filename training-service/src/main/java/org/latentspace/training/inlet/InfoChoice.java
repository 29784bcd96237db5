package org.latentspace.training.inlet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Chooses MIDI files by the columns of the table `info.csv` beside them, as the Groove MIDI Dataset
 * has one; its column midi_filename says which file a line is about.
 */
final class InfoChoice {
  private static final String FILE_COLUMN = "midi_filename";

  private InfoChoice() {}

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
    Path table = folder.resolve("info.csv");
    try {
      List<String> lines = Files.readAllLines(table);
      List<String> columns = cells(lines.get(0));
      if (!columns.contains(FILE_COLUMN)) {
        throw new IllegalArgumentException(table + " has no column " + FILE_COLUMN);
      }
      Map<Path, Map<String, String>> byFile = new HashMap<>();
      for (String line : lines.subList(1, lines.size())) {
        List<String> cells = cells(line);
        Map<String, String> named = new java.util.LinkedHashMap<>();
        for (int i = 0; i < Math.min(columns.size(), cells.size()); i++) {
          named.put(columns.get(i), cells.get(i));
        }
        String file = named.getOrDefault(FILE_COLUMN, "");
        byFile.put(folder.resolve(file).toAbsolutePath().normalize(), named);
      }
      return byFile;
    } catch (IOException | IndexOutOfBoundsException missing) {
      throw new IllegalArgumentException(
          "--where needs a table info.csv with a column midi_filename in " + folder, missing);
    }
  }

  /** Cells of a line; within quotation marks a comma is a comma. */
  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (char c : line.toCharArray()) {
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString().strip());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString().strip());
    return cells;
  }
}
