package org.latentspace.midi.calibration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.latentspace.midi.calibration.CalibrationFit.Onset;
import org.latentspace.midi.calibration.Calibrator.Listening;
import org.latentspace.midi.calibration.Calibrator.Order;
import org.latentspace.midi.time.Ensemble;
import org.latentspace.midi.time.Ensembles;
import org.latentspace.midi.time.Outputs;
import org.latentspace.midi.time.Performance;
import org.latentspace.midi.time.Transport;

/** Whom the calibrator asks, whom it silences, and that it always gives the song back. */
@Timeout(60)
class CalibratorTest {
  private static final int ROBOTS = 3;

  // Six velocities, as often as one stroke a second allows in the time there is.
  private static final int PLANNED = 30;

  private final List<String> struck = new CopyOnWriteArrayList<>();
  private final List<Onset> onsets = new CopyOnWriteArrayList<>();
  private final List<String> listened = new ArrayList<>();
  private final Outputs outputs = (due, grain, noteOn, robot) -> struck.add(robot.name());
  private Performance performance;
  private Calibrator calibrator;

  @BeforeEach
  void begin() {
    performance =
        new Performance(
            new Performance.Settings(
                new Transport(120, true), 0, false, List.of(Ensembles.robots(ROBOTS))),
            outputs);
    performance.start();
    calibrator = new Calibrator(performance, outputs, this::listen);
  }

  @AfterEach
  void end() {
    performance.close();
  }

  private Listening listen(String performer) {
    listened.add("begin " + performer);
    return new Listening() {
      @Override
      public List<Onset> heard() {
        return onsets;
      }

      @Override
      public void close() {
        listened.add("end");
      }
    };
  }

  private static Order order(String robot, String voice) {
    return new Order(robot, voice, "ear", 0);
  }

  private boolean isSilent() {
    return performance.ensembles().stream().allMatch(Ensemble::isSilent);
  }

  @Test
  void aRoomThatIsNotQuietIsRefusedBeforeTheFirstStroke() {
    for (int i = 0; i < 3; i++) {
      onsets.add(new Onset(i, -20, 30));
    }
    String why =
        assertThrows(
                IllegalStateException.class,
                () -> calibrator.measure(order("robot-0", ""), (s, p, h) -> {}, () -> false))
            .getMessage();
    assertEquals("too noisy: 3 sounds were heard before the first stroke", why);
    assertEquals(List.of(), struck);
    assertEquals(List.of("begin ear", "end"), listened);
    assertFalse(isSilent());
  }

  @Test
  void whileOneIsMeasuredItAloneStrikesAndWhoGivesUpEndsIt() {
    List<Integer> planned = new ArrayList<>();
    assertThrows(
        CancellationException.class,
        () ->
            calibrator.measure(
                order("robot-1", "kick"),
                (strokes, all, heard) -> {
                  planned.add(all);
                  assertTrue(isSilent());
                },
                () -> struck.size() == 2));
    assertEquals(List.of("robot-1", "robot-1"), struck);
    assertEquals(List.of(PLANNED), planned);
    assertEquals(List.of("begin ear", "end"), listened);
    assertFalse(isSilent());
  }

  @Test
  void onlyOneIsMeasuredAtATime() {
    List<Throwable> second = new ArrayList<>();
    assertThrows(
        CancellationException.class,
        () ->
            calibrator.measure(
                order("robot-0", ""),
                (strokes, all, heard) -> second.add(fault()),
                () -> !second.isEmpty()));
    assertEquals(Calibrator.Busy.class, second.get(0).getClass());
  }

  /** Of another caller, who has another thread. */
  private Throwable fault() {
    List<Throwable> faults = new ArrayList<>();
    Thread other =
        new Thread(
            () -> {
              try {
                calibrator.measure(order("robot-2", ""), (s, p, h) -> {}, () -> false);
              } catch (InterruptedException | RuntimeException fault) {
                faults.add(fault);
              }
            });
    other.start();
    try {
      other.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    return faults.get(0);
  }

  @Test
  void saysWhichRobotsAndVoicesThereAre() {
    String robots =
        assertThrows(
                NoSuchElementException.class,
                () -> calibrator.measure(order("gong", ""), (s, p, h) -> {}, () -> false))
            .getMessage();
    assertEquals("no robot \"gong\"; there are robot-0, robot-1, robot-2", robots);
    String voices =
        assertThrows(
                NoSuchElementException.class,
                () -> calibrator.measure(order("robot-0", "ride"), (s, p, h) -> {}, () -> false))
            .getMessage();
    assertEquals("robot-0 does not strike \"ride\"; it strikes kick", voices);
    assertThrows(IllegalArgumentException.class, () -> new Order("a", "", "ear", 501));
  }
}
