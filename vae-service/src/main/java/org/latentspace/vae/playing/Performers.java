package org.latentspace.vae.playing;

import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.latentspace.vae.library.NoRoom;

/**
 * All performers of this process: a bounded number, each with a state of its own.
 *
 * <p>When it is full, a new performer takes the place of the one who has been silent longest, if
 * that was for {@value #SILENT_SECONDS} seconds or more; else the new one is not let in.
 *
 * <p>Controls belong to a name: they hold for a performer who is not here yet, and stay when one
 * has gone.
 */
public final class Performers {
  static final int SILENT_SECONDS = 10;
  static final int MOST_CONTROLS = 256;
  private static final long SILENT_NANOS = SILENT_SECONDS * 1_000_000_000L;

  private final int most;
  private final Chance chance;
  private final Map<String, Seat> seats = new HashMap<>();
  private final Map<String, Controls> controls = new HashMap<>();

  private static final class Seat {
    private final Performer performer;
    private long heardNanos;

    private Seat(Performer performer) {
      this.performer = performer;
    }
  }

  /** At most so many performers (1 or more) at once. */
  public Performers(int most, Chance chance) {
    this.most = most;
    this.chance = chance;
  }

  /**
   * The performer of this name.
   *
   * @param nowNanos of a clock that never runs back
   * @return null when there is no place for a new one
   */
  public synchronized Performer named(String name, long nowNanos) {
    Seat seat = seats.get(name);
    if (seat == null) {
      if (seats.size() >= most && !freeTheMostSilent(nowNanos)) {
        return null;
      }
      seat = new Seat(new Performer(name, chance));
      seat.performer.control(controls(name));
      seats.put(name, seat);
    }
    seat.heardNanos = nowNanos;
    return seat.performer;
  }

  /** The performer's sound has ended; whoever comes with this name begins anew. */
  public synchronized void forget(String name) {
    seats.remove(name);
  }

  /** Seed of all performers who have none of their own. */
  public long seed() {
    return chance.seed();
  }

  /** How this performer's rhythms are decoded. */
  public synchronized Controls controls(String name) {
    return controls.getOrDefault(name, Controls.NONE);
  }

  /**
   * Changes how this performer's rhythms are decoded, from the next one on.
   *
   * @return what holds now
   * @throws NoRoom when {@value #MOST_CONTROLS} other names have controls that are not the usual
   */
  public synchronized Controls control(String name, UnaryOperator<Controls> change) {
    Controls changed = change.apply(controls(name));
    if (changed.equals(Controls.NONE)) {
      controls.remove(name);
    } else if (controls.containsKey(name) || controls.size() < MOST_CONTROLS) {
      controls.put(name, changed);
    } else {
      throw new NoRoom(
          "controls of " + MOST_CONTROLS + " performers are set, must be at most so many");
    }
    Seat seat = seats.get(name);
    if (seat != null) {
      seat.performer.control(changed);
    }
    return changed;
  }

  /** How many there are now. */
  public synchronized int count() {
    return seats.size();
  }

  private boolean freeTheMostSilent(long nowNanos) {
    String longest = null;
    long silence = SILENT_NANOS - 1;
    for (Map.Entry<String, Seat> entry : seats.entrySet()) {
      long silent = nowNanos - entry.getValue().heardNanos;
      if (silent > silence) {
        silence = silent;
        longest = entry.getKey();
      }
    }
    return longest != null && seats.remove(longest) != null;
  }
}
