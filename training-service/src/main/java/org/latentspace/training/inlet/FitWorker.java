package org.latentspace.training.inlet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.latentspace.training.fit.Curve;
import org.latentspace.training.fit.FitFault;
import org.latentspace.training.fit.FitOrder;
import org.latentspace.training.fit.FitPlan;
import org.latentspace.training.fit.FitResult;
import org.latentspace.training.fit.Fitter;
import org.latentspace.training.fit.Learner;

/**
 * The process that mappings are fitted in, one after another.
 *
 * <p>A line of JSON on standard input is an order, or {"cancel": ORDER}; its end is the end of the
 * process. On standard output it says, an object a line: "warm" when it has been exercised; of an
 * order "epoch", the first at once and then every 50 ms, "alive", and in the end "done", "failed"
 * or "cancelled".
 */
public final class FitWorker {
  private static final int FAILED = 1;
  private static final long ALIVE_NANOS = 1_000_000_000;
  private static final int EXERCISE_PAIRS = 60;
  private static final int EXERCISES = 3;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrintStream events;
  private final Fitter learner = new Learner();
  private final BlockingQueue<JsonNode> orders = new LinkedBlockingQueue<>();
  private volatile long cancelled;

  FitWorker(PrintStream events) {
    this.events = events;
  }

  public static void main(String[] arguments) throws Exception {
    PrintStream events = System.out;
    // Nothing else may come between the events.
    System.setOut(System.err);
    FitWorker worker = new FitWorker(events);
    Thread ear = new Thread(() -> worker.listen(System.in), "fit-orders");
    ear.setDaemon(true);
    ear.start();
    worker.exercise();
    worker.work();
  }

  private void listen(InputStream words) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(words, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode order = JSON.readTree(line);
        if (order.has("cancel")) {
          cancelled = order.get("cancel").asLong();
        } else {
          orders.add(order);
        }
      }
    } catch (IOException gone) {
      // As good as its end: nobody is there any more.
    }
    Runtime.getRuntime().halt(0);
  }

  /**
   * Loads the native code and lets Java compile what a fit needs; ends early when somebody waits.
   */
  void exercise() throws InterruptedException {
    Random chance = new Random(1);
    float[][] inputs = new float[EXERCISE_PAIRS][10];
    float[][] targets = new float[EXERCISE_PAIRS][4];
    for (int row = 0; row < EXERCISE_PAIRS; row++) {
      fill(inputs[row], chance);
      fill(targets[row], chance);
    }
    FitOrder order =
        new FitOrder(
            inputs,
            targets,
            List.of(3),
            Curve.SIGMOID,
            FitPlan.EPOCHS,
            FitPlan.LEARNING_RATE,
            1,
            null);
    for (int i = 0; i < EXERCISES && orders.isEmpty(); i++) {
      try {
        learner.fit(order, new Quiet());
      } catch (FitFault impossible) {
        throw new IllegalStateException(impossible);
      }
    }
    say(JSON.createObjectNode().put("event", "warm"));
  }

  private static void fill(float[] row, Random chance) {
    for (int i = 0; i < row.length; i++) {
      row[i] = chance.nextFloat();
    }
  }

  private void work() throws InterruptedException {
    while (true) {
      JsonNode order = orders.take();
      long number = order.path("order").asLong();
      try {
        FitResult result = learner.fit(FitOrder.read(order), new Telling(number));
        ObjectNode end = result == null ? JSON.createObjectNode() : result.json();
        say(end.put("event", result == null ? "cancelled" : "done").put("order", number));
      } catch (FitFault fault) {
        fail(number, fault.getMessage());
      } catch (RuntimeException fault) {
        fail(number, "a fault in this program: " + fault);
      } catch (OutOfMemoryError full) {
        System.err.println(
            full + "; raise training-service.fit.heap-mb or training-service.fit.native-mb");
        System.exit(FAILED);
      }
    }
  }

  private void fail(long number, String reason) {
    say(JSON.createObjectNode().put("event", "failed").put("order", number).put("reason", reason));
  }

  private synchronized void say(ObjectNode event) {
    events.println(event);
    events.flush();
  }

  /** Says how an order goes. */
  private final class Telling implements Fitter.Listener {
    private final long number;
    private long toldNanos = System.nanoTime();

    Telling(long number) {
      this.number = number;
    }

    @Override
    public boolean goesOn() {
      long now = System.nanoTime();
      if (now - toldNanos > ALIVE_NANOS) {
        toldNanos = now;
        say(JSON.createObjectNode().put("event", "alive").put("order", number));
      }
      return cancelled < number;
    }

    @Override
    public void heard(int epoch, double loss) {
      toldNanos = System.nanoTime();
      ObjectNode event = JSON.createObjectNode().put("event", "epoch").put("order", number);
      say(event.put("epoch", epoch).put("loss", loss));
    }
  }

  /** Ends the exercise when there is something to do. */
  private final class Quiet implements Fitter.Listener {
    @Override
    public boolean goesOn() {
      return orders.isEmpty();
    }

    @Override
    public void heard(int epoch, double loss) {}
  }
}
