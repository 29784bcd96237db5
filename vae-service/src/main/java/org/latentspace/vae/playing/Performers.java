package org.latentspace.vae.playing;

import java.util.HashMap;
import java.util.Map;

/**
 * All performers of this process: a bounded number, each with a state of its own.
 *
 * <p>When it is full, a new performer takes the place of the one who has been silent longest, if
 * that was for {@value #SILENT_SECONDS} seconds or more; else the new one is not let in.
 */
public final class Performers {
  static final int SILENT_SECONDS = 10;
  private static final long SILENT_NANOS = SILENT_SECONDS * 1_000_000_000L;

  private final int most;
  private final Chance chance;
  private final Map<String, Seat> seats = new HashMap<>();

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
      seats.put(name, seat);
    }
    seat.heardNanos = nowNanos;
    return seat.performer;
  }

  /** The performer's sound has ended; whoever comes with this name begins anew. */
  public synchronized void forget(String name) {
    seats.remove(name);
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
