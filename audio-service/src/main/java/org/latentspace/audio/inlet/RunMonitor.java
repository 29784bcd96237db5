package org.latentspace.audio.inlet;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import org.jboss.logging.Logger;
import org.latentspace.audio.sound.DutyCycle;
import org.latentspace.audio.sound.Input;
import org.latentspace.audio.sound.Performer;

/**
 * Logs when a performer's input changes its status, and each warning once; ends the application at
 * the end.
 */
final class RunMonitor implements DutyCycle {
  static final long PATIENCE_NANOS = 15_000_000_000L;
  private static final Logger LOG = Logger.getLogger(RunMonitor.class);
  private static final long LOOK_NANOS = 50_000_000L;

  private final Collection<Performer> performers;
  private final boolean exitAtEnd;
  private final IntConsumer exit;
  private final Map<Performer, Input.Status> said = new HashMap<>();
  private final Set<String> warned = new HashSet<>();
  private boolean ended;
  private long endedSince;

  /**
   * @param exit told the status: 0, or 1 when a performer's sound ended with a fault
   */
  RunMonitor(Collection<Performer> performers, boolean exitAtEnd, IntConsumer exit) {
    this.performers = performers;
    this.exitAtEnd = exitAtEnd;
    this.exit = exit;
  }

  @Override
  public long turn(long nowNanos, long unixNanos) {
    performers.forEach(this::say);
    if (!performers.stream().allMatch(Performer::ended)) {
      ended = false;
      return LOOK_NANOS;
    }
    if (!ended) {
      ended = true;
      endedSince = nowNanos;
    }
    boolean patient = nowNanos - endedSince < PATIENCE_NANOS;
    if (!exitAtEnd || (patient && !performers.stream().allMatch(p -> p.ended() && p.finished()))) {
      return LOOK_NANOS;
    }
    if (!patient) {
      LOG.error(
          "no echo has said that the music is over; the application ends without it after 15 s");
    }
    performers.forEach(this::say);
    boolean ok = performers.stream().allMatch(performer -> performer.status().ok());
    exit.accept(ok ? 0 : 1);
    return NEVER;
  }

  private void say(Performer performer) {
    for (String warning : performer.warnings()) {
      if (warned.add(performer.name() + ": " + warning)) {
        LOG.warnf("%s: %s", performer.name(), warning);
      }
    }
    Input.Status now = performer.status();
    Input.Status before = said.put(performer, now);
    if (now.equals(before)) {
      return;
    }
    if (!now.ok()) {
      // A missing sound card mends itself; a recording or a lossless run that failed does not.
      boolean mends = performer.input().kind() == Input.Kind.DEVICE;
      LOG.logf(
          mends ? Logger.Level.WARN : Logger.Level.ERROR, "%s: %s", performer.name(), now.text());
    } else {
      LOG.infof("%s: %s (%s)", performer.name(), now.text(), performer.input());
    }
  }
}
