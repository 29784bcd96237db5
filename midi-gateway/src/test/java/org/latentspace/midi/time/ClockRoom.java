package org.latentspace.midi.time;

import java.util.ArrayList;
import java.util.List;
import org.latentspace.midi.rhythm.Grid;
import org.latentspace.midi.rhythm.Pattern;
import org.latentspace.midi.rhythm.Rhythms;
import org.latentspace.midi.robot.Robot;

/** A song in simulated time, which strikes on every sixteenth, and the clocks around it. */
final class ClockRoom implements Outputs {
  static final long MS = 1_000_000;
  static final long Q = Grid.GRAINS_PER_QUARTER;
  private static final Grid BAR = Grid.FOUR_FOUR;
  private static final long STEP = BAR.stepGrains();

  /** What was struck: when, which place, and where the song's clock was then. */
  record Struck(long due, long grain, double place) {}

  /** A message of the clock that goes out. */
  record Sent(long due, int message) {}

  final Song song = new Song(new Transport(120, true), this);
  final SongTransport hands = song.transport();
  final ExternalClocks external = hands.external();
  final Ensemble ensemble;
  final List<Struck> struck = new ArrayList<>();
  final List<Sent> sent = new ArrayList<>();
  int begun;
  int quiet;
  long now = 5_000_000_000L;

  ClockRoom() {
    ensemble = song.add(Ensembles.generalMidi(Transport.TakeOver.BEAT, 0), PlaybackListener.NOBODY);
  }

  static Pattern everySixteenth(long sequence) {
    List<Rhythms.Hit> hits = new ArrayList<>();
    for (int step = 0; step < BAR.steps(); step++) {
      hits.add(Rhythms.hit(step, 0, 0));
    }
    return Rhythms.pattern(sequence, BAR, hits);
  }

  void offer(long sequence) {
    ensemble.offer(everySixteenth(sequence));
  }

  /** As the timing thread does it, up to this moment. */
  void playTo(long until) {
    while (now < until) {
      long next = Math.min(song.nextNanos(), external.nextNanos());
      now = Math.max(now, Math.min(until, Math.min(next, now + 50 * MS)));
      turn();
    }
  }

  void turn() {
    external.turn(now);
    song.takeNewest(now);
    song.advance(now);
  }

  void play(long nanos) {
    playTo(now + nanos);
  }

  double place() {
    return song.clock().placeAt(now);
  }

  @Override
  public void begin(boolean offline) {
    begun++;
  }

  @Override
  public void strike(long due, long grain, int noteOn, Robot robot) {
    if (due > now + 2) {
      throw new AssertionError("struck " + (due - now) + " ns before it is due");
    }
    struck.add(new Struck(due, grain, song.clock().placeAt(now)));
  }

  @Override
  public void clock(long due, long ports, int message) {
    sent.add(new Sent(due, message));
  }

  @Override
  public void quiet() {
    quiet++;
  }

  /** None early, none doubled, none lost, from this stroke on. */
  void assertWhole(int from) {
    for (int i = from; i < struck.size(); i++) {
      Struck one = struck.get(i);
      if (one.place < one.grain - 1) {
        throw new AssertionError("before its beat: " + one);
      }
      if (i > from && one.grain - struck.get(i - 1).grain != STEP) {
        throw new AssertionError(struck.get(i - 1) + " then " + one);
      }
    }
  }
}
