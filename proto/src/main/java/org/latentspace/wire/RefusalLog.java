package org.latentspace.wire;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.latentspace.performer.Name;

/**
 * Logs the first message of each sender that was refused; the others are only counted.
 *
 * <p>Bounded: at most {@value #MOST_SENDERS} lines in {@value #MINUTES} minutes. After that time
 * all senders are logged anew, so that a fault that lasts is not forgotten, and nobody who comes
 * later goes unsaid.
 */
public final class RefusalLog {
  static final int MOST_SENDERS = 256;
  static final int MINUTES = 10;
  private static final long PERIOD_NANOS = MINUTES * 60_000_000_000L;

  private final Logger log;
  private final String what;
  private final Predicate<String> isSender;
  // Guarded by this.
  private final Set<String> told = new HashSet<>();
  private long sinceNanos;

  /**
   * Of performers.
   *
   * @param what is refused, such as "block"
   */
  public RefusalLog(Logger log, String what) {
    this(log, what, Name::isValid);
  }

  /**
   * @param isSender whether a sender may be written as it is
   */
  public RefusalLog(Logger log, String what, Predicate<String> isSender) {
    this.log = log;
    this.what = what;
    this.isSender = isSender;
  }

  /**
   * A message was refused.
   *
   * @param sender the performer's name or the address of an OSC message
   */
  public void tell(String sender, String why) {
    if (isNew(sender, System.nanoTime())) {
      log.warnf("skipped a %s of %s: %s (further ones are only counted)", what, shown(sender), why);
    }
  }

  synchronized boolean isNew(String sender, long nowNanos) {
    if (told.isEmpty() || nowNanos - sinceNanos >= PERIOD_NANOS) {
      told.clear();
      sinceNanos = nowNanos;
    }
    return told.size() < MOST_SENDERS && told.add(shown(sender));
  }

  private String shown(String sender) {
    return isSender.test(sender) ? sender : "(no name)";
  }
}
