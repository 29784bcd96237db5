package org.latentspace.training.jobs.outlet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
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
}
