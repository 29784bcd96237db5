package org.latentspace.midi.time;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.latentspace.midi.rhythm.Origin;
import org.latentspace.midi.rhythm.Rhythm;

/**
 * Who plays, and whose rhythm the ensemble follows: the performer who has become active last.
 *
 * <p>A performer is active while what they play changes the rhythm. Who leads, leads on until
 * somebody else becomes active after a pause, or until two seconds without a change while another
 * is active; so two who play at the same time do not tear the rhythm to and fro.
 */
public final class Performers {
  private static final int MOST = 256;
  private static final long PAUSE_NANOS = 2_000_000_000L;

  private static final class Performer {
    Answer answer;
    Origin newest;
    Rhythm rhythm;
    long changedNanos;
    boolean ended;
  }

  private final Map<String, Performer> present = new LinkedHashMap<>();
  private Performer leader;

  /**
   * Hears a rhythm.
   *
   * @param nowNanos wall time, or the sound's own time offline
   * @return whether the ensemble follows it
   * @throws IllegalArgumentException there are too many performers, or others play in another time
   */
  public synchronized boolean hear(Rhythm rhythm, Answer answer, long nowNanos) {
    Performer performer = join(rhythm.origin(), answer);
    boolean fresh = performer.rhythm == null;
    boolean changed = fresh || !rhythm.sameStrokes(performer.rhythm);
    boolean wasResting = fresh || nowNanos - performer.changedNanos > PAUSE_NANOS;
    performer.rhythm = rhythm;
    if (changed) {
      performer.changedNanos = nowNanos;
      boolean leaderRests = leader == null || nowNanos - leader.changedNanos > PAUSE_NANOS;
      if (wasResting || leaderRests) {
        leader = performer;
      }
    }
    if (leader == null) {
      leader = performer;
    }
    return leader == performer;
  }

  /** Notes that a performer is there, with a message that bears no rhythm. */
  public synchronized void noteOnly(Origin origin, Answer answer) {
    join(origin, answer);
  }

  private Performer join(Origin origin, Answer answer) {
    for (Map.Entry<String, Performer> other : present.entrySet()) {
      if (other.getValue().newest.lossless() != origin.lossless()) {
        throw new IllegalArgumentException(
            origin.lossless()
                ? "an offline run cannot begin while " + other.getKey() + " plays live"
                : "nobody can play live while " + other.getKey() + " runs offline");
      }
    }
    Performer performer = present.get(origin.performer());
    if (performer == null) {
      if (present.size() >= MOST) {
        throw new IllegalArgumentException("more than " + MOST + " performers");
      }
      performer = new Performer();
      present.put(origin.performer(), performer);
    }
    performer.answer = answer;
    performer.newest = origin;
    performer.ended = origin.last();
    return performer;
  }

  /** Whether somebody played and the sound of all has ended. */
  public synchronized boolean allEnded() {
    return !present.isEmpty() && present.values().stream().allMatch(p -> p.ended);
  }

  /** Forgets those who were heard through this answer and have not come to their end. */
  public synchronized void gone(Answer answer) {
    present.values().removeIf(p -> p.answer == answer && !p.ended);
    if (leader != null && leader.answer == answer && !leader.ended) {
      leader = null;
    }
  }

  /** The performance is over: tells all whose sound has ended, and forgets them. */
  public void finish() {
    List<Performer> ended = new ArrayList<>();
    synchronized (this) {
      present.values().stream().filter(p -> p.ended).forEach(ended::add);
      present.values().removeIf(p -> p.ended);
      leader = null;
    }
    for (Performer performer : ended) {
      performer.answer.heard(performer.newest, true);
    }
  }

  public synchronized int count() {
    return present.size();
  }
}
