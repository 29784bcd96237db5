package org.latentspace.training.work.inlet;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.latentspace.training.model.RhythmModel;
import org.latentspace.training.rhythm.ExampleFile;
import org.latentspace.training.storage.StoredFile;
import org.latentspace.training.vae.Trainer;
import org.latentspace.training.work.Training;
import org.latentspace.training.work.WorkOrder;

/**
 * The process that a training job runs in.
 *
 * <p>Its only argument is a folder with `order.json`, `training.examples` and, where there are any,
 * `validation.examples`, `from.safetensors` (continue from it) and `checkpoint` (go on with it). It
 * says what happens on standard output, a JSON object a line; a line `cancel` on standard input, or
 * its end, stops it within one batch. At the end it writes `model.safetensors`.
 */
public final class TrainWorker {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int CANCELLED = 3;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final PrintStream events;
  private final long start = System.nanoTime();
  private volatile boolean cancelled;

  TrainWorker(Path folder, PrintStream events) {
    this.folder = folder;
    this.events = events;
  }

  public static void main(String[] arguments) {
    PrintStream events = System.out;
    // Nothing else may come between the events.
    System.setOut(System.err);
    if (arguments.length != 1) {
      System.err.println("usage: TrainWorker JOB_FOLDER");
      System.exit(FAILED);
    }
    TrainWorker worker = new TrainWorker(Path.of(arguments[0]), events);
    worker.awaitCancel(System.in);
    System.exit(worker.run());
  }

  /** Waits for the word to stop on a thread of its own. */
  void awaitCancel(InputStream words) {
    Thread reader =
        new Thread(
            () -> {
              try (BufferedReader lines =
                  new BufferedReader(new InputStreamReader(words, StandardCharsets.UTF_8))) {
                String line = lines.readLine();
                while (line != null && !"cancel".equals(line.strip())) {
                  line = lines.readLine();
                }
              } catch (IOException gone) {
                // Equal to its end: the service is gone.
              }
              cancelled = true;
            },
            "train-cancel");
    reader.setDaemon(true);
    reader.start();
  }

  /** Exit status: 0 done, 1 failed (an event says why), 3 cancelled. */
  int run() {
    try {
      return train();
    } catch (OutOfMemoryError full) {
      return failed(
          "out of memory: "
              + full.getMessage()
              + "; raise training-service.worker-heap-mb or training-service.worker-native-mb");
    } catch (IOException | RuntimeException | LinkageError broken) {
      String reason = broken.getMessage();
      return failed(reason == null ? broken.toString() : reason);
    }
  }

  private int failed(String reason) {
    say(event("failed").put("reason", reason));
    return FAILED;
  }

  private int train() throws IOException {
    WorkOrder order = WorkOrder.read(Files.readString(folder.resolve("order.json")));
    Listener listener = new Listener(order.hyper().epochs());
    Training.Trained trained =
        new Training(order).train(materials(), folder.resolve("checkpoint"), listener);
    if (trained == null) {
      say(event("cancelled").put("epoch", listener.epoch));
      return CANCELLED;
    }
    StoredFile.write(folder.resolve("model.safetensors"), trained.model().write());
    double seconds = seconds();
    ObjectNode done = event("done").put("seconds", seconds);
    done.put("epochs", trained.epochs()).put("best_epoch", trained.best());
    done.put("resident_bytes", ProcessMemory.now()).put("peak_bytes", ProcessMemory.peak());
    done.set("score_card", JSON.readTree(trained.card().withWallSeconds(seconds).json()));
    say(done);
    return DONE;
  }

  private Trainer.Materials materials() throws IOException {
    Path validation = folder.resolve("validation.examples");
    Path from = folder.resolve("from.safetensors");
    RhythmModel model = Files.exists(from) ? RhythmModel.read(from) : null;
    return new Trainer.Materials(
        ExampleFile.read(folder.resolve("training.examples")).examples(),
        Files.exists(validation) ? ExampleFile.read(validation).examples() : List.of(),
        model);
  }

  private double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }

  private static ObjectNode event(String name) {
    return JSON.createObjectNode().put("event", name);
  }

  private synchronized void say(ObjectNode event) {
    events.println(event);
    events.flush();
  }

  /** Says every epoch as an event. */
  private final class Listener implements Trainer.Listener {
    private final RemainingTime time;
    private int epoch;

    Listener(int epochs) {
      time = new RemainingTime(epochs);
    }

    @Override
    public boolean goesOn() {
      return !cancelled;
    }

    @Override
    public void heard(Trainer.Progress progress) {
      epoch = progress.epoch();
      ObjectNode node = event("epoch").put("epoch", epoch).put("epochs", progress.epochs());
      node.set("training", JSON.valueToTree(progress.training()));
      if (progress.validation() != null) {
        node.set("validation", JSON.valueToTree(progress.validation()));
      }
      node.put("learning_rate", progress.learningRate()).put("seconds", seconds());
      node.put("seconds_left", time.left(epoch, System.nanoTime()));
      say(node.put("resident_bytes", ProcessMemory.now()).put("peak_bytes", ProcessMemory.peak()));
    }

    @Override
    public void remark(String line) {
      say(event("remark").put("text", line));
    }
  }

  /** Guesses how long a training will still take, from the epochs since this process began. */
  static final class RemainingTime {
    private final int epochs;
    private int first;
    private long firstNanos;

    RemainingTime(int epochs) {
      this.epochs = epochs;
    }

    /** Seconds from the end of an epoch to the end of all; 0 until two epochs have ended. */
    double left(int epoch, long nanos) {
      if (firstNanos == 0) {
        first = epoch;
        firstNanos = nanos;
        return 0;
      }
      return (nanos - firstNanos) / 1e9 / (epoch - first) * (epochs - epoch);
    }
  }

  /** Memory of this process, native memory included, on Linux. */
  static final class ProcessMemory {
    private static final Path STATUS = Path.of("/proc/self/status");

    private ProcessMemory() {}

    /** Bytes resident now; 0 where unknown. */
    static long now() {
      return bytes("VmRSS:");
    }

    /** Most bytes ever resident; 0 where unknown. */
    static long peak() {
      return bytes("VmHWM:");
    }

    private static long bytes(String key) {
      try {
        for (String line : Files.readAllLines(STATUS)) {
          if (line.startsWith(key)) {
            return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
          }
        }
      } catch (IOException elsewhere) {
        // Not Linux: unknown.
      }
      return 0;
    }
  }
}
