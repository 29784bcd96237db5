package org.latentspace.training.jobs.outlet;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/** The last lines of a worker's standard error: they explain how it ended. */
final class StderrTail {
  private static final int MOST_LINES = 20;
  private static final int LONGEST_LINE = 500;

  private static final String CAUSE = "Caused by: ";
  private static final Pattern PLACE = Pattern.compile("^\\s+(at |\\.\\.\\. \\d+ (more|common))");

  private final Process process;
  private final Thread thread;
  // Guarded by itself.
  private final Deque<String> lines = new ArrayDeque<>();

  /** Reads the standard error of the process on a thread of its own. */
  StderrTail(Process process, String name) {
    this.process = process;
    thread = new Thread(this::read, name + "-errors");
    thread.setDaemon(true);
    thread.start();
  }

  private void read() {
    try (BufferedReader reader = process.errorReader(StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        add(line);
      }
    } catch (IOException gone) {
      // The process has ended.
    }
  }

  void add(String line) {
    // What Java says of its own accord about options in the environment explains no failure, nor
    // does where in the program it happened.
    if (line.isBlank() || line.contains("Picked up ") || PLACE.matcher(line).find()) {
      return;
    }
    synchronized (lines) {
      if (lines.size() == MOST_LINES) {
        lines.remove();
      }
      lines.add(line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE));
    }
  }

  /** Why it ended, in a line: the innermost fault, or else the first of all lines; may be empty. */
  String reason() {
    List<String> all = lines();
    return all.stream()
        .filter(line -> line.startsWith(CAUSE))
        .reduce((first, second) -> second)
        .map(line -> line.substring(CAUSE.length()))
        .orElse(all.isEmpty() ? "" : all.get(0));
  }

  List<String> lines() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  /** Waits until the process has said all. */
  void await(long millis) throws InterruptedException {
    thread.join(millis);
  }
}
