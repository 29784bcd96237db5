package org.latentspace.training.data.inlet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.latentspace.training.data.PieceInfo;

/**
 * What an info.csv says of the MIDI files beside it: a line a file, named in the column
 * midi_filename; the other columns become tags "column:value", and drummer or performer names who
 * played.
 */
public final class InfoTable {
  public static final String FILE_NAME = "info.csv";
  static final InfoTable EMPTY = new InfoTable();

  private static final long LARGEST = 16 << 20;
  private static final int MOST_LINES = 200_000;
  public static final String KEY = "midi_filename";

  /** What is said of one file. */
  record Info(List<String> tags, String performer) {
    static final Info NONE = new Info(List.of(), "");
  }

  private final Map<Path, Info> infos = new HashMap<>();

  private InfoTable() {}

  /** Throws IOException where it cannot be read, IllegalArgumentException where it is no table. */
  static InfoTable read(Path file) throws IOException {
    InfoTable table = new InfoTable();
    for (Map<String, String> line : lines(file)) {
      table.add(file.toAbsolutePath().getParent(), line);
    }
    return table;
  }

  /**
   * The lines of a table, column to value; every line has a column midi_filename. Throws as {@link
   * #read}.
   */
  public static List<Map<String, String>> lines(Path file) throws IOException {
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
    List<Map<String, String>> lines = new ArrayList<>();
    for (List<String> row : rows.subList(1, rows.size())) {
      Map<String, String> line = new LinkedHashMap<>();
      for (int i = 0; i < Math.min(rows.get(0).size(), row.size()); i++) {
        line.put(rows.get(0).get(i).strip(), row.get(i).strip());
      }
      if (line.containsKey(KEY)) {
        lines.add(line);
      }
    }
    return lines;
  }

  /** What is said of a file, by its absolute path. */
  Info of(Path file) {
    return infos.getOrDefault(file.toAbsolutePath().normalize(), Info.NONE);
  }

  private void add(Path folder, Map<String, String> line) {
    List<String> tags = new ArrayList<>();
    String performer = "";
    for (Map.Entry<String, String> each : line.entrySet()) {
      String tag = each.getKey() + ":" + each.getValue();
      if (!each.getKey().equals(KEY) && !each.getValue().isEmpty() && isTag(tag)) {
        tags.add(tag);
        boolean who = each.getKey().equals("drummer") || each.getKey().equals("performer");
        performer = who ? each.getValue() : performer;
      }
    }
    Path file = path(folder, line.get(KEY));
    if (file != null) {
      infos.put(file, new Info(List.copyOf(tags), performer));
    }
  }

  /** The file that a line is about; null where its name is none. */
  public static Path path(Path folder, String name) {
    try {
      return folder.resolve(name).toAbsolutePath().normalize();
    } catch (java.nio.file.InvalidPathException noName) {
      return null;
    }
  }

  private static boolean isTag(String tag) {
    try {
      PieceInfo.checkTags(List.of(tag));
      return true;
    } catch (IllegalArgumentException no) {
      return false;
    }
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
