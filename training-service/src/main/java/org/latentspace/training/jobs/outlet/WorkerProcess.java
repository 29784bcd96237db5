package org.latentspace.training.jobs.outlet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.latentspace.training.jobs.Job;
import org.latentspace.training.jobs.Worker;

/** One worker process: reads its events, cancels it, and knows why it ended. */
final class WorkerProcess implements Worker {
  private static final int CANCELLED = 3;
  private static final long LINGER_SECONDS = 30;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final int cancelMillis;
  private final StderrTail stderr;
  private volatile boolean killed;
  private String failure = "";
  private boolean obeyed;
  private String early = "";
  private double seconds;
  private int epochs;
  private int ordered;

  WorkerProcess(Process process, String job, int cancelMillis) {
    this.process = process;
    this.cancelMillis = cancelMillis;
    stderr = new StderrTail(process, job);
  }

  @Override
  public Ending work(Listener listener) throws InterruptedException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        hear(line, listener);
      }
    } catch (IOException gone) {
      stderr.add(gone.toString());
    } catch (RuntimeException unheard) {
      process.destroyForcibly();
      throw unheard;
    }
    if (!process.waitFor(LINGER_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      stderr.add("it said nothing more for " + LINGER_SECONDS + " s and was killed");
    }
    stderr.await(TimeUnit.SECONDS.toMillis(LINGER_SECONDS));
    return ending(process.exitValue());
  }

  private void hear(String line, Listener listener) {
    JsonNode event;
    try {
      event = JSON.readTree(line);
    } catch (IOException noEvent) {
      stderr.add(line);
      return;
    }
    switch (event.path("event").asText()) {
      case "epoch" -> {
        epochs = event.path("epoch").asInt();
        ordered = event.path("epochs").asInt();
        listener.heard(epochs, event.path("peak_bytes").asLong(), line);
      }
      case "failed" -> failure = event.path("reason").asText();
      case "done" -> done(event);
      case "remark" -> stderr.add(event.path("text").asText());
      case "cancelled" -> obeyed = true;
      default -> stderr.add(line);
    }
  }

  private void done(JsonNode event) {
    seconds = event.path("seconds").asDouble();
    int ran = event.path("epochs").asInt();
    int best = event.path("best_epoch").asInt();
    if (ran > 0 && ran < ordered) {
      early = "stopped early after epoch " + ran + " of " + ordered + ", the best was " + best;
    }
  }

  private Ending ending(int status) {
    if (status == 0) {
      return new Ending(Job.State.DONE, early, seconds);
    }
    if (status == CANCELLED && obeyed) {
      return new Ending(Job.State.CANCELLED, epochs == 0 ? "" : " after epoch " + epochs, 0);
    }
    if (killed) {
      return new Ending(
          Job.State.CANCELLED,
          "; the worker did not end within " + cancelMillis + " ms and was killed",
          0);
    }
    StringBuilder reason = new StringBuilder(failure);
    if (failure.isEmpty()) {
      String why = stderr.reason();
      reason.append(why).append(why.isEmpty() ? "" : ": ");
      reason.append("the worker ended with status ").append(status).append(meaning(status));
      stderr.lines().forEach(line -> reason.append('\n').append(line));
    }
    return new Ending(Job.State.FAILED, reason.toString(), 0);
  }

  static String meaning(int status) {
    return switch (status) {
      case 3 + 128, 4 + 128, 6 + 128, 7 + 128, 11 + 128 -> " (native code crashed)";
      case 9 + 128 -> " (killed, perhaps as memory ran out)";
      case 15 + 128 -> " (told to end by somebody else)";
      default -> "";
    };
  }

  @Override
  public void cancel() {
    try {
      OutputStream stdin = process.getOutputStream();
      stdin.write("cancel\n".getBytes(StandardCharsets.UTF_8));
      stdin.flush();
    } catch (IOException gone) {
      // It has ended, or is about to.
    }
    process
        .onExit()
        .orTimeout(cancelMillis, TimeUnit.MILLISECONDS)
        .whenComplete(
            (ended, late) -> {
              if (late != null) {
                killed = true;
                process.destroyForcibly();
              }
            });
  }

  /** The last lines of a worker's standard error: they explain how it ended. */
  private static final class StderrTail {
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

    /**
     * Why it ended, in a line: the innermost fault, or else the first of all lines; may be empty.
     */
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
}
