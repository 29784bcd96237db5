package org.latentspace.midi.calibration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.latentspace.midi.calibration.CalibrationFit.Onset;
import org.latentspace.midi.calibration.CalibrationFit.Strike;
import org.latentspace.midi.robot.Robot;
import org.latentspace.midi.robot.Striker;
import org.latentspace.midi.time.Ensemble;
import org.latentspace.midi.time.Outputs;
import org.latentspace.midi.time.Performance;
import org.latentspace.midi.time.SingleStrokes;

/**
 * Measures a robot, on the caller's thread: a quiet second, then its strokes, then the fit.
 *
 * <pre>
 *   listen | quiet: is the room? | stroke .. stroke .. stroke | a last second | fit
 * </pre>
 */
public final class Calibrator {
  private static final long QUIET_NANOS = 1_300_000_000;
  private static final long LAST_NANOS = 800_000_000;
  private static final long RETRY_NANOS = 100_000_000;
  private static final long LOOK_MS = 20;
  private static final int MOST_IN_QUIET = 2;

  private final Performance performance;
  private final Outputs outputs;
  private final Microphone microphone;
  private final Lock one = new ReentrantLock();

  /** Hears what is struck. */
  public interface Microphone {
    /** Begins to listen through a performer's input. */
    Listening listen(String performer);
  }

  /** What is heard from its beginning to its close. */
  public interface Listening extends AutoCloseable {
    /**
     * All onsets so far, in the time of {@link System#nanoTime}.
     *
     * @throws RuntimeException nobody listens any more, and why
     */
    List<Onset> heard();

    @Override
    void close();
  }

  /** Told how far it is. */
  public interface Progress {
    void at(int strokes, int planned, int heard);
  }

  /** Another robot is being measured. */
  public static final class Busy extends RuntimeException {
    private static final long serialVersionUID = 1;

    Busy() {
      super("another robot is being measured; one at a time");
    }
  }

  /**
   * What is to be measured.
   *
   * @param voice of the robot; empty: its first
   * @param inputLatencyMs how late the input itself is, 0..500
   */
  public record Order(String robot, String voice, String performer, double inputLatencyMs) {
    /** Throws IllegalArgumentException with the value and its range. */
    public Order {
      if (!(inputLatencyMs >= 0 && inputLatencyMs <= 500)) {
        throw new IllegalArgumentException(
            "input_latency_ms is " + inputLatencyMs + ", expected 0..500");
      }
    }
  }

  private record Target(Ensemble ensemble, Striker striker) {}

  public Calibrator(Performance performance, Outputs outputs, Microphone microphone) {
    this.performance = performance;
    this.outputs = outputs;
    this.microphone = microphone;
  }

  /**
   * Measures, which takes up to a minute.
   *
   * @throws NoSuchElementException there is no such robot or voice
   * @throws IllegalStateException it cannot be measured, and why
   * @throws CancellationException the caller has given up
   */
  public Calibration measure(Order order, Progress progress, BooleanSupplier givenUp)
      throws InterruptedException {
    Target target = target(order);
    Robot.Limits limits = target.striker.robot().limits();
    int least = target.striker.noteOn(0) & 0x7f;
    StrokeSeries series = StrokeSeries.of(limits, least, target.striker.noteOn(1) & 0x7f);
    if (!one.tryLock()) {
      throw new Busy();
    }
    try (SingleStrokes strokes = new SingleStrokes(performance, outputs);
        Listening listening = microphone.listen(order.performer)) {
      waitFor(QUIET_NANOS, listening, givenUp);
      long noise = listening.heard().stream().filter(Onset::isClear).count();
      if (noise > MOST_IN_QUIET) {
        throw new IllegalStateException(
            "too noisy: " + noise + " sounds were heard before the first stroke");
      }
      List<Strike> struck = new ArrayList<>();
      for (int velocity : series.velocities()) {
        long left = strike(strokes, target, velocity, listening, givenUp);
        struck.add(new Strike(velocity, left));
        waitFor(series.apartNanos(), listening, givenUp);
        int heard = (int) listening.heard().stream().filter(Onset::isClear).count();
        progress.at(struck.size(), series.velocities().size(), heard);
      }
      waitFor(LAST_NANOS, listening, givenUp);
      long now = System.currentTimeMillis() / 1000;
      return new CalibrationFit(struck, listening.heard(), order.inputLatencyMs)
          .fit(new CalibrationFit.Subject(order.robot, target.striker.voice(), now));
    } finally {
      one.unlock();
    }
  }

  /** A duty may be used up by what was played before. */
  private static long strike(
      SingleStrokes strokes,
      Target target,
      int velocity,
      Listening listening,
      BooleanSupplier givenUp)
      throws InterruptedException {
    long until = System.nanoTime() + StrokeSeries.MOST_NANOS / 2;
    while (System.nanoTime() < until) {
      long left = strokes.strike(target.ensemble, target.striker, velocity);
      if (left != SingleStrokes.NOT_NOW) {
        return left;
      }
      waitFor(RETRY_NANOS, listening, givenUp);
    }
    throw new IllegalStateException("its limits do not allow a stroke; try again later");
  }

  private static void waitFor(long nanos, Listening listening, BooleanSupplier givenUp)
      throws InterruptedException {
    long until = System.nanoTime() + nanos;
    while (System.nanoTime() < until) {
      if (givenUp.getAsBoolean()) {
        throw new CancellationException("the caller has given up");
      }
      listening.heard();
      Thread.sleep(LOOK_MS);
    }
  }

  private Target target(Order order) {
    for (Ensemble ensemble : performance.ensembles()) {
      for (Robot robot : ensemble.robots().robots()) {
        if (robot.name().equals(order.robot)) {
          return target(order, ensemble, robot);
        }
      }
    }
    throw new NoSuchElementException(
        "no robot \""
            + order.robot
            + "\"; there are "
            + performance.ensembles().stream()
                .flatMap(ensemble -> ensemble.robots().robots().stream())
                .map(Robot::name)
                .collect(Collectors.joining(", ")));
  }

  private static Target target(Order order, Ensemble ensemble, Robot robot) {
    List<String> voices = ensemble.robots().voices(robot);
    String voice = order.voice.isEmpty() ? voices.get(0) : order.voice;
    return Arrays.stream(ensemble.robots().strikers(voice))
        .filter(striker -> striker.robot() == robot)
        .findFirst()
        .map(striker -> new Target(ensemble, striker))
        .orElseThrow(
            () ->
                new NoSuchElementException(
                    order.robot
                        + " does not strike \""
                        + voice
                        + "\"; it strikes "
                        + String.join(", ", voices)));
  }
}
