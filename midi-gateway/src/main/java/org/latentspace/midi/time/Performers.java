package org.latentspace.midi.time;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Predicate;
import org.latentspace.installation.Installation.Lead;
import org.latentspace.midi.rhythm.Rhythm;
import org.latentspace.midi.time.Performance.EchoListener;
import org.latentspace.performer.Origin;
import org.latentspace.performer.Places;

/**
 * The performers, and whose rhythm an ensemble follows: by its rule that of one performer, the mean
 * of all, or of who became active last.
 *
 * <p>A performer is active while what they play changes the rhythm. The leader stays so until
 * another performer becomes active after a pause, or until two seconds without a change while
 * another is active; so two who play at the same time do not tear the rhythm to and fro.
 *
 * <p>A performer who has sent nothing for ten seconds makes room for a new one, and does not keep
 * others from playing in another time.
 */
public final class Performers {
  private static final int MOST = 256;
  private static final long PAUSE_NANOS = 2_000_000_000L;

  static final class Performer {
    EchoListener listener;
    Origin newest;
    Rhythm rhythm;
    long changedNanos;
    boolean changed;
    boolean wasResting;
    boolean ended;
  }

  private final Places<Performer> present = new Places<>(MOST, p -> false, this::left);
  private final Set<CurrentLeader> led = Collections.newSetFromMap(new WeakHashMap<>());

  /**
   * A rhythm has arrived.
   *
   * @param nowNanos wall time, or the sound's own time offline
   * @param arrivedNanos of a clock that never runs back
   * @throws IllegalArgumentException there are too many performers, or others play in another time
   */
  public synchronized void receive(
      Rhythm rhythm, EchoListener listener, long nowNanos, long arrivedNanos) {
    Performer performer = join(rhythm.origin(), listener, arrivedNanos);
    boolean fresh = performer.rhythm == null;
    performer.changed = fresh || !rhythm.sameStrokes(performer.rhythm);
    performer.wasResting = fresh || nowNanos - performer.changedNanos > PAUSE_NANOS;
    performer.rhythm = rhythm;
    if (performer.changed) {
      performer.changedNanos = nowNanos;
    }
  }

  /**
   * What an ensemble plays now that this performer's rhythm has arrived; null: as before.
   *
   * @param nowNanos as in {@link #receive}
   */
  public synchronized Rhythm follow(
      CurrentLeader leading, EnsembleSetup setup, String name, long nowNanos) {
    Performer performer = present.find(name);
    boolean follows =
        performer != null
            && setup.takes(name)
            && switch (setup.lead()) {
              case ONE, MEAN -> true;
              case LATEST -> becomesLeader(leading.leader, performer, nowNanos);
            };
    if (!follows) {
      return null;
    }
    led.add(leading);
    leading.lead(performer);
    return setup.lead() == Lead.MEAN
        ? MeanRhythm.of(performer.rhythm, rhythmsOf(setup))
        : performer.rhythm;
  }

  private static boolean becomesLeader(Performer leader, Performer performer, long nowNanos) {
    boolean rests = leader == null || nowNanos - leader.changedNanos > PAUSE_NANOS;
    return leader == null
        || leader == performer
        || (performer.changed && (performer.wasResting || rests));
  }

  private List<Rhythm> rhythmsOf(EnsembleSetup setup) {
    return present.all().stream()
        .filter(p -> p.rhythm != null && setup.takes(p.newest.performer()))
        .map(p -> p.rhythm)
        .toList();
  }

  /** Notes that a performer is there, with a message that bears no rhythm. */
  public synchronized void noteOnly(Origin origin, EchoListener listener, long arrivedNanos) {
    join(origin, listener, arrivedNanos);
  }

  private Performer join(Origin origin, EchoListener listener, long arrivedNanos) {
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
    performer.listener = listener;
    performer.newest = origin;
    performer.ended = origin.last();
    return performer;
  }

  private void left(Performer performer) {
    leave(leader -> leader == performer);
  }

  private void leave(Predicate<Performer> who) {
    for (CurrentLeader leading : led) {
      if (leading.leader != null && who.test(leading.leader)) {
        leading.lead(null);
      }
    }
  }

  /** Whether there were performers and the sound of all has ended. */
  public synchronized boolean allEnded() {
    List<Performer> all = present.all();
    return !all.isEmpty() && all.stream().allMatch(p -> p.ended);
  }

  /** Forgets the performers of this stream whose sound has not ended. */
  public synchronized void gone(EchoListener listener) {
    free(p -> p.listener == listener && !p.ended);
    leave(leader -> leader.listener == listener && !leader.ended);
  }

  private List<Performer> free(Predicate<Performer> who) {
    List<Performer> gone = present.all().stream().filter(who).toList();
    gone.forEach(performer -> present.free(performer.newest.performer()));
    return gone;
  }

  /**
   * The performance is over: tells the streams of all performers whose sound has ended, and forgets
   * them.
   */
  public void finish() {
    List<Performer> ended = new ArrayList<>();
    synchronized (this) {
      ended.addAll(free(p -> p.ended));
      leave(leader -> true);
    }
    for (Performer performer : ended) {
      performer.listener.echo(performer.newest, true);
    }
  }

  /** "ok", or which performer found no room. */
  public String status(long nowNanos) {
    return present.status("midi-gateway has no more", nowNanos);
  }

  public synchronized int count() {
    return present.all().size();
  }
}
