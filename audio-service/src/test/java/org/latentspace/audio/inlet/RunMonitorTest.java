package org.latentspace.audio.inlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;
import org.latentspace.audio.sound.DutyCycle;
import org.latentspace.audio.sound.Input;
import org.latentspace.audio.sound.Performer;
import org.latentspace.audio.sound.Sound;

class RunMonitorTest {
  private static final long SECOND = 1_000_000_000L;

  private final Performer ann = new Performer("ann", Input.parse("synthetic"), 0, 0);
  private final Performer bob = new Performer("bob", Input.parse("synthetic"), 0, 0);
  private final List<Integer> exits = new ArrayList<>();
  private final RunMonitor watch = new RunMonitor(List.of(ann, bob), true, exits::add);

  @Test
  void endsWhenAllHaveEndedAndTheirMusicIsOver() {
    end(ann);
    ann.echoed(1, true);
    assertNotEquals(DutyCycle.NEVER, watch.turn(0, 0));
    end(bob);
    assertNotEquals(DutyCycle.NEVER, watch.turn(1, 0));
    bob.echoed(1, true);
    assertEquals(DutyCycle.NEVER, watch.turn(2, 0));
    assertEquals(List.of(0), exits);
  }

  @Test
  void endsAfterFifteenSecondsWithoutThatEcho() {
    end(ann);
    end(bob);
    watch.turn(100 * SECOND, 0);
    assertNotEquals(DutyCycle.NEVER, watch.turn(114 * SECOND, 0));
    assertEquals(DutyCycle.NEVER, watch.turn(115 * SECOND, 0));
    assertEquals(List.of(0), exits);
  }

  @Test
  void aFailedRunEndsWithStatusOne() {
    ann.giveUp("the lossless run has failed: no echo for 60 s");
    bob.giveUp("the lossless run has failed: no echo for 60 s");
    assertEquals(DutyCycle.NEVER, watch.turn(0, 0));
    assertEquals(List.of(1), exits);
  }

  @Test
  void staysWhenItIsNotToldToExit() {
    RunMonitor staying = new RunMonitor(List.of(ann), false, exits::add);
    end(ann);
    ann.echoed(1, true);
    assertNotEquals(DutyCycle.NEVER, staying.turn(0, 0));
    assertNotEquals(DutyCycle.NEVER, staying.turn(100 * SECOND, 0));
    assertEquals(List.of(), exits);
  }

  @Test
  void aWarningIsLoggedOnceAndShownAsLongAsItHolds() {
    List<String> logged = new ArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
              logged.add(new SimpleFormatter().formatMessage(record));
            }
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger(RunMonitor.class.getName());
    logger.addHandler(handler);
    try {
      for (int turn = 0; turn < 4; turn++) {
        ann.warnings(turn == 2 ? List.of() : List.of("x.wav: cut off"));
        watch.turn(turn, 0);
        assertEquals(turn == 2 ? "ok" : "ok; warning: x.wav: cut off", ann.state());
      }
      assertEquals(1, logged.size(), logged.toString());
      end(ann);
      end(bob);
      ann.echoed(1, true);
      bob.echoed(1, true);
      bob.warnings(List.of("y.wav: said at the very end"));
      assertEquals(DutyCycle.NEVER, watch.turn(5, 0));
      assertEquals(2, logged.size(), logged.toString());
    } finally {
      logger.removeHandler(handler);
    }
  }

  private static void end(Performer performer) {
    performer.number(new Sound(new float[1], 1, 44_100, 0, true), false);
  }
}
