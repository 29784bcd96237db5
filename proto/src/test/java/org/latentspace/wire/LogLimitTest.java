package org.latentspace.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;

class LogLimitTest {
  private static final long MINUTE = 60_000_000_000L;

  private long now;
  private final LogLimit limit = new LogLimit(() -> now);

  @Test
  void aKindOfLineHasALimitWhateverStandsInItsPlaces() {
    assertEquals(20, passed(400, "io.quarkus.http", "request %s failed", true));
    assertTrue(limit.isLoggable(line("io.quarkus.http", "another", false)));
    now += MINUTE;
    assertEquals(20, passed(400, "io.quarkus.http", "request %s failed", true));
  }

  @Test
  void aLoggerHasALimitWhateverItSays() {
    assertEquals(60, passed(400, "org.latentspace.x", "words", false));
    assertEquals(1, passed(1, "org.latentspace.y", "words", false));
  }

  @Test
  void theNextLineSaysHowManyWereLeftOut() {
    long before = LogLimit.leftOut();
    passed(25, "a", "x %s", true);
    assertEquals(5, LogLimit.leftOut() - before);
    now += MINUTE;
    LogRecord next = line("a", "x %s", true);
    assertTrue(limit.isLoggable(next));
    assertEquals("x %s (5 lines of this logger were left out)", next.getMessage());
    LogRecord after = line("a", "x %s", true);
    assertTrue(limit.isLoggable(after));
    assertEquals("x %s", after.getMessage());
  }

  @Test
  void whatIsRememberedIsBounded() {
    int passed = 0;
    for (int i = 0; i < 100_000; i++) {
      passed += limit.isLoggable(line("logger" + i % 5000, "words " + i, false)) ? 1 : 0;
    }
    assertTrue(passed < 5000 * 20, passed + " lines");
    assertFalse(passed == 0);
  }

  private int passed(int count, String logger, String words, boolean format) {
    int passed = 0;
    for (int i = 0; i < count; i++) {
      passed += limit.isLoggable(line(logger, format ? words : words + i, format)) ? 1 : 0;
    }
    return passed;
  }

  private static LogRecord line(String logger, String words, boolean format) {
    ExtLogRecord.FormatStyle style =
        format ? ExtLogRecord.FormatStyle.PRINTF : ExtLogRecord.FormatStyle.NO_FORMAT;
    ExtLogRecord line = new ExtLogRecord(Level.WARNING, words, style, "test");
    line.setLoggerName(logger);
    line.setParameters(new Object[] {System.identityHashCode(line)});
    return line;
  }
}
