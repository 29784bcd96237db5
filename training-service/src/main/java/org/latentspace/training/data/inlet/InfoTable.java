package org.latentspace.training.data.inlet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.latentspace.training.data.PieceInfo;

/**
 * What an info.csv says of the MIDI files beside it: a line a file, named in the column
 * midi_filename; the other columns become tags "column:value", and drummer or performer names who
 * played.
 */
public final class InfoTable {
  static final String FILE_NAME = "info.csv";
  static final InfoTable EMPTY = new InfoTable(Map.of());

  private static final long LARGEST = 16 << 20;
  private static final int MOST_LINES = 200_000;
  private static final String KEY = "midi_filename";

  /** What is said of one file. */
  record Info(List<String> tags, String performer) {}

  // By absolute path of the file that a line is about: column to value.
  private final Map<Path, Map<String, String>> lines;

  private InfoTable(Map<Path, Map<String, String>> lines) {
    this.lines = lines;
  }

  /** Throws IOException where it cannot be read, IllegalArgumentException where it is no table. */
  static InfoTable read(Path file) throws IOException {
    if (Files.size(file) > LARGEST) {
      throw new IllegalArgumentException("larger than 16 MB");
    }
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    List<List<String>> rows = rows(text.startsWith("\uFEFF") ? text.substring(1) : text);
    if (rows.size() > MOST_LINES) {
      throw new IllegalArgumentException("more than " + MOST_LINES + " lines");
    }
    if (rows.isEmpty() || !rows.get(0).contains(KEY)) {
      throw new IllegalArgumentException("it has no column " + KEY);
    }
    Map<Path, Map<String, String>> lines = new HashMap<>();
    for (List<String> row : rows.subList(1, rows.size())) {
      Map<String, String> line = new LinkedHashMap<>();
      for (int i = 0; i < Math.min(rows.get(0).size(), row.size()); i++) {
        line.put(rows.get(0).get(i).strip(), row.get(i).strip());
      }
      try {
        if (line.containsKey(KEY)) {
          lines.put(key(file.resolveSibling(line.get(KEY))), line);
        }
      } catch (InvalidPathException noName) {
        // The line is about no file.
      }
    }
    return new InfoTable(lines);
  }

  private static Path key(Path file) {
    return file.toAbsolutePath().normalize();
  }

  /** What is said of a file. */
  Info of(Path file) {
    List<String> tags = new ArrayList<>();
    String performer = "";
    for (Map.Entry<String, String> each : lines.getOrDefault(key(file), Map.of()).entrySet()) {
      String tag = each.getKey() + ":" + each.getValue();
      if (!each.getKey().equals(KEY) && !each.getValue().isEmpty() && isTag(tag)) {
        tags.add(tag);
        boolean who = each.getKey().equals("drummer") || each.getKey().equals("performer");
        performer = who ? each.getValue() : performer;
      }
    }
    return new Info(tags, performer);
  }

  private static boolean isTag(String tag) {
    try {
      PieceInfo.checkTags(List.of(tag));
      return true;
    } catch (IllegalArgumentException no) {
      return false;
    }
  }

  /**
   * The files below a folder that fulfil every condition `column=value` by the folder's table; a
   * value may end in `*`. Throws IllegalArgumentException for a condition that is none, and where
   * there is no table.
   */
  public static Predicate<Path> choice(Path folder, List<String> conditions) {
    if (conditions.isEmpty()) {
      return file -> true;
    }
    try {
      Map<Path, Map<String, String>> lines = read(folder.resolve(FILE_NAME)).lines;
      return file -> conditions.stream().allMatch(each -> fulfils(lines.get(key(file)), each));
    } catch (IOException | IllegalArgumentException missing) {
      throw new IllegalArgumentException(
          "--where needs a table info.csv with a column midi_filename in " + folder, missing);
    }
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

  /** Comma-separated values as RFC 4180 has them. */
  private static List<List<String>> rows(String text) {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' && quoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
        cell.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (quoted || (c != ',' && c != '\n' && c != '\r')) {
        cell.append(c);
      } else if (c == ',') {
        row.add(cell.toString());
        cell.setLength(0);
      } else if (c == '\n') {
        row.add(cell.toString());
        cell.setLength(0);
        rows.add(row);
        row = new ArrayList<>();
      }
    }
    if (!row.isEmpty() || !cell.isEmpty()) {
      row.add(cell.toString());
      rows.add(row);
    }
    return rows;
  }
}
