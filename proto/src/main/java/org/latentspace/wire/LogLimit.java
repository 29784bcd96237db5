package org.latentspace.wire;

import io.quarkus.logging.LoggingFilter;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/**
 * Limits every kind of log line, whoever writes it: at most {@value #MOST_OF_A_KIND} in a minute of
 * one kind, and {@value #MOST_OF_A_LOGGER} of one logger. The others are counted, and the next line
 * of that logger that passes says how many were left out.
 *
 * <p>A kind is what a logger says at one level in the same words, whatever stands in their places.
 */
@LoggingFilter(name = "log-limit")
public final class LogLimit implements Filter {
  static final int MOST_OF_A_KIND = 20;
  static final int MOST_OF_A_LOGGER = 60;
  private static final int MOST_REMEMBERED = 1024;
  private static final long MINUTE_NANOS = 60_000_000_000L;
  private static final LongAdder LEFT_OUT = new LongAdder();

  private final LongSupplier nanoTime;
  // Guarded by this, as are the others.
  private final Map<String, Integer> ofKind = new HashMap<>();
  private final Map<String, Integer> ofLogger = new HashMap<>();
  private final Map<String, Integer> leftOut = new HashMap<>();
  private long minuteNanos;

  public LogLimit() {
    this(System::nanoTime);
  }

  LogLimit(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    minuteNanos = nanoTime.getAsLong();
  }

  /** Lines that were left out in this process. */
  public static long leftOut() {
    return LEFT_OUT.sum();
  }

  @Override
  public synchronized boolean isLoggable(LogRecord line) {
    long now = nanoTime.getAsLong();
    if (now - minuteNanos >= MINUTE_NANOS) {
      minuteNanos = now;
      ofKind.clear();
      ofLogger.clear();
    }
    String logger = key(leftOut, String.valueOf(line.getLoggerName()));
    String kind = key(ofKind, logger + '|' + line.getLevel() + '|' + line.getMessage());
    boolean passes =
        ofKind.merge(kind, 1, Integer::sum) <= MOST_OF_A_KIND
            && ofLogger.merge(logger, 1, Integer::sum) <= MOST_OF_A_LOGGER;
    if (!passes) {
      LEFT_OUT.increment();
      leftOut.merge(logger, 1, Integer::sum);
      return false;
    }
    Integer missing = leftOut.remove(logger);
    if (missing != null) {
      line.setMessage(line.getMessage() + " (" + missing + " lines of this logger were left out)");
    }
    return true;
  }

  /** Beyond the bound all others share one key. */
  private static String key(Map<String, Integer> known, String key) {
    return known.size() < MOST_REMEMBERED || known.containsKey(key) ? key : "others";
  }
}
