package org.latentspace.training.outlet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.latentspace.training.fit.FitFault;
import org.latentspace.training.fit.FitOrder;
import org.latentspace.training.fit.FitResult;
import org.latentspace.training.fit.Fitter;

/**
 * One process that fits: an order a line on its standard input, an event a line on its standard
 * output, both JSON. Its end of input ends it.
 */
final class WarmProcess {
  private static final long LOOK_MS = 20;
  // Loading the native code takes seconds, on a machine that is busy many.
  private static final long START_PATIENCE = 4;
  private static final long LINGER_MS = 2000;
  private static final String GONE = "gone";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final Remarks remarks;
  private final BlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();
  private volatile boolean warm;
  private volatile boolean ended;
  private volatile String weather = "starting";
  private long order;

  WarmProcess(Process process) {
    this.process = process;
    remarks = new Remarks(process, "fit-worker");
    Thread reader = new Thread(this::read, "fit-worker-events");
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        hear(line);
      }
    } catch (IOException gone) {
      remarks.add(gone.toString());
    }
    ended = true;
    weather = farewell();
    events.add(JSON.createObjectNode().put("event", GONE));
  }

  private void hear(String line) {
    try {
      JsonNode event = JSON.readTree(line);
      if (event.path("event").asText().equals("warm")) {
        warm = true;
        weather = "warm";
      } else {
        events.add(event);
      }
    } catch (IOException noEvent) {
      remarks.add(line);
    }
  }

  private String farewell() {
    try {
      if (!process.waitFor(LINGER_MS, TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
      remarks.await(LINGER_MS);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      return "the worker ended";
    }
    int status = process.exitValue();
    String reason = remarks.reason();
    return (reason.isEmpty() ? "" : reason + ": ")
        + "the worker ended with status "
        + status
        + WorkerProcess.meaning(status);
  }

  /** Whether it may be given orders. */
  boolean isAlive() {
    return !ended && process.isAlive();
  }

  /** True once it has been exercised, also after its end. */
  boolean wasWarm() {
    return warm;
  }

  /** "starting", "warm", or how it ended. */
  String weather() {
    return weather;
  }

  long pid() {
    return process.pid();
  }

  long peakBytes() {
    return Remarks.peakBytes(process.pid());
  }

  /**
   * Has one order done; null where the listener wanted no more.
   *
   * @param patienceMillis how long it may say nothing, once it is warm
   */
  FitResult fit(FitOrder what, Fitter.Listener listener, long patienceMillis)
      throws FitFault, WorkerGone, InterruptedException {
    order++;
    send(what.json().put("order", order));
    boolean told = false;
    long heard = System.nanoTime();
    while (true) {
      JsonNode event = events.poll(LOOK_MS, TimeUnit.MILLISECONDS);
      if (event == null) {
        long longest = warm ? patienceMillis : START_PATIENCE * patienceMillis;
        if (System.nanoTime() - heard > TimeUnit.MILLISECONDS.toNanos(longest)) {
          end();
          throw new WorkerGone("the worker said nothing for " + longest + " ms");
        }
      } else {
        heard = System.nanoTime();
        if (event.path("event").asText().equals(GONE)) {
          throw new WorkerGone(weather);
        } else if (event.path("order").asLong() == order && isEnd(event, listener)) {
          return event.has("network") ? FitResult.read(event) : null;
        }
      }
      if (!told && !listener.goesOn()) {
        told = true;
        send(JSON.createObjectNode().put("cancel", order));
      }
    }
  }

  private static boolean isEnd(JsonNode event, Fitter.Listener listener) throws FitFault {
    switch (event.path("event").asText()) {
      case "epoch" -> listener.heard(event.path("epoch").asInt(), event.path("loss").asDouble());
      case "failed" -> throw new FitFault(event.path("reason").asText());
      case "done", "cancelled" -> {
        return true;
      }
      default -> {
        // That it is alive.
      }
    }
    return false;
  }

  private void send(ObjectNode line) throws WorkerGone {
    try {
      OutputStream stdin = process.getOutputStream();
      stdin.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      stdin.flush();
    } catch (IOException gone) {
      end();
      throw new WorkerGone("the worker takes no orders: " + gone.getMessage());
    }
  }

  void end() {
    ended = true;
    process.destroyForcibly();
  }
}
