package org.latentspace.midi.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.midi.time.ClockRoom.MS;
import static org.latentspace.midi.time.ClockRoom.Q;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.latentspace.midi.time.ClockRoom.Sent;

/** A song whose clock goes out, and another song that follows it. */
class MidiClockSenderTest {
  private static final long SECOND = 1_000_000_000L;
  private static final int PULSE = 0xf8;
  private static final int START = 0xfa;
  private static final int CONTINUE = 0xfb;
  private static final int STOP = 0xfc;
  private static final int SONG_POSITION = 0xf2;

  private final ClockRoom master = new ClockRoom();
  private final ClockRoom slave = new ClockRoom();
  private final MidiClockSource source = new MidiClockSource(100);
  private int taken;

  private List<Sent> of(int status) {
    return master.sent.stream().filter(sent -> sent.message() >> 16 == status).toList();
  }

  private void play(long nanos) {
    for (long end = master.now + nanos; master.now < end; ) {
      master.play(1 * MS);
      for (; taken < master.sent.size(); taken++) {
        Sent sent = master.sent.get(taken);
        source.receive(sent.message(), sent.due());
      }
      slave.playTo(master.now);
    }
  }

  private double apartMs() {
    return (slave.place() - master.place()) / Q / 120 * 60e3;
  }

  private void connect() {
    master.external.sendTo(List.of(new ClockControl.Listener(1, 0)));
    slave.external.follow(source, source);
    slave.offer(1);
  }

  @Test
  void pulsesGoOnWhileTheSongStandsAndStartMeansThePulseAtItsBeginning() {
    connect();
    play(SECOND);
    assertEquals(48, of(PULSE).size(), 1, "24 a quarter at 120 bpm");
    assertEquals(0, of(START).size());
    master.offer(1);
    play(2 * SECOND);
    assertEquals(1, of(START).size());
    long first = master.struck.get(0).due();
    int start = master.sent.indexOf(of(START).get(0));
    assertEquals(PULSE, master.sent.get(start + 1).message() >> 16);
    assertEquals(first, master.sent.get(start + 1).due(), 10.0, "the song's first pulse");
    long pulses = of(PULSE).stream().filter(sent -> sent.due() > first + 1000).count();
    assertEquals(master.place() / Q * 24, pulses, 1.0);
    assertEquals(0, apartMs(), 0.3);
    assertEquals(first, slave.struck.get(0).due(), 2.0 * MS);
  }

  @Test
  void stopSongPositionAndContinueKeepTheFollowerInPlace() {
    connect();
    master.offer(1);
    play(SECOND + 333 * MS);
    master.hands.play(false, master.now);
    play(SECOND);
    assertEquals(1, of(STOP).size());
    int struck = slave.struck.size();
    play(SECOND);
    assertEquals(struck, slave.struck.size(), "both stand");
    master.hands.play(true, master.now);
    play(2 * SECOND);
    assertEquals(1, of(CONTINUE).size());
    int position = of(SONG_POSITION).get(0).message();
    assertEquals(11, (position & 0x7f) << 7 | (position >> 8 & 0x7f), "sixteenths, rounded up");
    assertEquals(0, apartMs(), 0.3);
    slave.assertWhole(0);
    master.assertWhole(0);
  }

  @Test
  void rampsAndTemposAreFollowed() {
    connect();
    master.offer(1);
    play(SECOND);
    master.hands.tempo(180, 4 * SECOND, master.now);
    play(6 * SECOND);
    assertEquals(0, apartMs(), 1);
    master.hands.tempo(70, 0, master.now);
    play(2 * SECOND);
    assertEquals(70, slave.hands.bpm(), 0.5);
    assertEquals(0, apartMs(), 1);
    slave.assertWhole(0);
  }

  @Test
  void theEndOfASongIsAStopAndTheNextOneAStart() {
    connect();
    master.offer(1);
    play(SECOND);
    master.song.end(master.now);
    play(SECOND);
    assertEquals(1, of(STOP).size());
    master.offer(2);
    play(SECOND);
    assertEquals(2, of(START).size());
    assertEquals(0, apartMs(), 0.3);
  }

  @Test
  void whoWasStoppedHereJoinsTheClockWhereItIs() {
    connect();
    master.offer(1);
    play(SECOND);
    slave.hands.play(false, slave.now);
    play(3 * SECOND);
    int struck = slave.struck.size();
    slave.external.join();
    play(2 * SECOND);
    assertEquals(0, apartMs(), 0.3);
    assertEquals(16, slave.struck.size() - struck, 1.0, "sixteenths, none of those before");
    slave.assertWhole(struck);
  }

  @Test
  void whoComesInLaterIsPutWhereTheSongIs() {
    master.external.sendTo(List.of(new ClockControl.Listener(1, 0)));
    slave.external.follow(source, source);
    source.receive(SONG_POSITION << 16 | 36 << 8, slave.now);
    source.receive(CONTINUE << 16, slave.now);
    play(SECOND);
    assertEquals(9 * Q, slave.place() - 2 * Q, 0.2 * Q, "two beats after the ninth");
  }

  @Test
  void aNudgeMovesTheWholeClock() {
    master.external.sendTo(
        List.of(new ClockControl.Listener(1, 0), new ClockControl.Listener(2, 7 * MS)));
    master.offer(1);
    play(SECOND);
    List<Sent> starts = of(START);
    assertEquals(7 * MS, starts.get(1).due() - starts.get(0).due(), 10.0);
    assertTrue(of(PULSE).size() > 90);
  }
}
