package org.latentspace.audio.inlet;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import org.jboss.logging.Logger;
import org.latentspace.audio.sound.DutyCycle;
import org.latentspace.audio.sound.Input;
import org.latentspace.audio.sound.Performer;
import org.latentspace.audio.sound.Performers;
import org.latentspace.audio.sound.Weather;

/**
 * Says when a performer's weather changes, each warning once, and ends the application at the end.
 */
final class Watch implements DutyCycle {
  static final long PATIENCE_NANOS = 15_000_000_000L;
  private static final Logger LOG = Logger.getLogger(Watch.class);
  private static final long LOOK_NANOS = 50_000_000L;

  private final Performers performers;
  private final boolean exitAtEnd;
  private final IntConsumer exit;
  private final Map<Performer, Weather> said = new HashMap<>();
  private final Set<String> warned = new HashSet<>();
  private boolean ended;
  private long endedSince;

  /**
   * @param exit told the status: 0, or 1 when a performer's sound ended in bad weather
   */
  Watch(Performers performers, boolean exitAtEnd, IntConsumer exit) {
    this.performers = performers;
    this.exitAtEnd = exitAtEnd;
    this.exit = exit;
  }

  @Override
  public long turn(long nowNanos, long unixNanos) {
    performers.all().forEach(this::say);
    if (!performers.allEnded()) {
      ended = false;
      return LOOK_NANOS;
    }
    if (!ended) {
      ended = true;
      endedSince = nowNanos;
    }
    boolean patient = nowNanos - endedSince < PATIENCE_NANOS;
    if (!exitAtEnd || (patient && !performers.allFinished())) {
      return LOOK_NANOS;
    }
    if (!patient) {
      LOG.error("no echo says that the music is over; ending without it after 15 s");
    }
    performers.all().forEach(this::say);
    boolean fair = performers.all().stream().allMatch(performer -> performer.weather().fair());
    exit.accept(fair ? 0 : 1);
    return NEVER;
  }

  private void say(Performer performer) {
    for (String warning : performer.warnings()) {
      if (warned.add(performer.name() + ": " + warning)) {
        LOG.warnf("%s: %s", performer.name(), warning);
      }
    }
    Weather now = performer.weather();
    Weather before = said.put(performer, now);
    if (now.equals(before)) {
      return;
    }
    if (!now.fair()) {
      // A missing sound card mends itself; a recording or a lossless run that failed does not.
      boolean mends = performer.input().kind() == Input.Kind.DEVICE;
      LOG.logf(
          mends ? Logger.Level.WARN : Logger.Level.ERROR, "%s: %s", performer.name(), now.text());
    } else {
      LOG.infof("%s: %s (%s)", performer.name(), now.text(), performer.input());
    }
  }
}
