package org.latentspace.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * The options of {@code ./play} that this process was started with, so that a mistake is told by
 * the option that a person has typed, and not only by the key that it sets.
 */
public final class PlayOptions {
  /** The system property that ./play sets: one line for each option, its name and its key. */
  static final String PROPERTY = "play.options";

  private static final String SET = "--set";

  private record Option(String name, String key) {}

  private final List<Option> options = new ArrayList<>();

  PlayOptions(String lines) {
    for (String line : lines.split("\n")) {
      int blank = line.indexOf(' ');
      if (blank > 0) {
        options.add(new Option(line.substring(0, blank), line.substring(blank + 1)));
      }
    }
  }

  /** Those of this process; none where a service was started by itself. */
  public static PlayOptions ofThisProcess() {
    return new PlayOptions(System.getProperty(PROPERTY, ""));
  }

  /** Whether the process was started by ./play. */
  public boolean any() {
    return !options.isEmpty();
  }

  /** The keys that were given with --set. */
  public List<String> set() {
    return options.stream().filter(o -> o.name.equals(SET)).map(Option::key).toList();
  }

  /**
   * A line that begins with {@code KEY=VALUE}, with the option instead where one sets the key:
   * {@code --bpm 500: must be 20..300 (midi-gateway.bpm)}.
   */
  String tell(String line) {
    for (Option option : options) {
      if (line.startsWith(option.key + "=")) {
        return option.name.equals(SET)
            ? SET + " " + line
            : option.name
                + line.substring(option.key.length()).replaceFirst("=", " ")
                + " ("
                + option.key
                + ")";
      }
    }
    return line;
  }
}
