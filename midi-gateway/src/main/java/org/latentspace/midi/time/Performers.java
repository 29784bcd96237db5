package org.latentspace.midi.time;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.latentspace.midi.rhythm.Origin;
import org.latentspace.midi.rhythm.Rhythm;
import org.latentspace.performer.Places;

/**
 * Who plays, and whose rhythm the ensemble follows: the performer who has become active last.
 *
 * <p>A performer is active while what they play changes the rhythm. Who leads, leads on until
 * somebody else becomes active after a pause, or until two seconds without a change while another
 * is active; so two who play at the same time do not tear the rhythm to and fro.
 *
 * <p>From whom nothing has come for ten seconds makes room for a new one, and hinders nobody from
 * playing in another time.
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

  private final Places<Performer> present = new Places<>(MOST, p -> false, this::left);
  private Performer leader;

  /**
   * Hears a rhythm.
   *
   * @param nowNanos wall time, or the sound's own time offline
   * @param arrivedNanos of a clock that never runs back
   * @return whether the ensemble follows it
   * @throws IllegalArgumentException there are too many performers, or others play in another time
   */
  public synchronized boolean hear(Rhythm rhythm, Answer answer, long nowNanos, long arrivedNanos) {
    Performer performer = join(rhythm.origin(), answer, arrivedNanos);
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
  public synchronized void noteOnly(Origin origin, Answer answer, long arrivedNanos) {
    join(origin, answer, arrivedNanos);
  }

  private Performer join(Origin origin, Answer answer, long arrivedNanos) {
    for (Performer other : present.all()) {
      String name = other.newest.performer();
      if (other.newest.lossless() != origin.lossless() && !present.isSilent(name, arrivedNanos)) {
        throw new IllegalArgumentException(
            origin.lossless()
                ? "an offline run cannot begin while " + name + " plays live"
                : "nobody can play live while " + name + " runs offline");
      }
    }
    Performer performer = present.heard(origin.performer(), arrivedNanos, name -> new Performer());
    if (performer == null) {
      throw new IllegalArgumentException("more than " + MOST + " performers");
    }
    performer.answer = answer;
    performer.newest = origin;
    performer.ended = origin.last();
    return performer;
  }

  private void left(Performer performer) {
    if (leader == performer) {
      leader = null;
    }
  }

  /** Whether somebody played and the sound of all has ended. */
  public synchronized boolean allEnded() {
    List<Performer> all = present.all();
    return !all.isEmpty() && all.stream().allMatch(p -> p.ended);
  }

  /** Forgets those who were heard through this answer and have not come to their end. */
  public synchronized void gone(Answer answer) {
    free(p -> p.answer == answer && !p.ended);
    if (leader != null && leader.answer == answer && !leader.ended) {
      leader = null;
    }
  }

  private List<Performer> free(Predicate<Performer> who) {
    List<Performer> gone = present.all().stream().filter(who).toList();
    gone.forEach(performer -> present.free(performer.newest.performer()));
    return gone;
  }

  /** The performance is over: tells all whose sound has ended, and forgets them. */
  public void finish() {
    List<Performer> ended = new ArrayList<>();
    synchronized (this) {
      ended.addAll(free(p -> p.ended));
      leader = null;
    }
    for (Performer performer : ended) {
      performer.answer.heard(performer.newest, true);
    }
  }

  /** "ok", or who found no room. */
  public String weather(long nowNanos) {
    return present.weather("midi-gateway has no more", nowNanos);
  }

  public synchronized int count() {
    return present.all().size();
  }
}
