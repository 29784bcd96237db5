package org.latentspace.rtpmidi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.rtpmidi.Heard.until;
import static org.latentspace.rtpmidi.Heard.untilOk;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RtpMidiSessionTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final int NOTES = 400;

  private final Heard here = new Heard();
  private final Heard there = new Heard();

  @Test
  void notesGoBothWaysInOrder() throws Exception {
    try (RtpMidiSession robot = listen("robot", there);
        RtpMidiSession clock = invite("clock", robot.port(), here)) {
      untilOk(robot, clock);
      assertEquals(List.of("clock"), robot.peers());
      assertEquals(List.of("robot"), clock.peers());
      List<Integer> sent = new ArrayList<>();
      for (int i = 0; i < NOTES; i++) {
        int message = (i % 2 == 0 ? 0x900040 : 0x800040) | (36 + i / 2 % 40) << 8;
        sent.add(message);
        long now = System.nanoTime();
        assertTrue(clock.send(message, now));
        assertTrue(robot.send(message, now));
      }
      until("all are there", () -> there.messages().size() >= NOTES);
      until("all are here", () -> here.messages().size() >= NOTES);
      assertEquals(sent, there.plain());
      assertEquals(sent, here.plain());
      assertEquals(NOTES, clock.counters().sent());
      assertEquals(NOTES, clock.counters().received());
      assertEquals(0, clock.counters().lost() + clock.counters().recovered());
      assertFalse(clock.send(0xf00000, 0));
      assertFalse(clock.send(0x003c40, 0));
      assertEquals(2, clock.counters().dropped());
    }
  }

  @Test
  void aMessageSentAheadIsHeardWhenItIsDue() throws Exception {
    try (RtpMidiSession robot = listen("robot", there);
        RtpMidiSession clock = invite("clock", robot.port(), here)) {
      untilOk(robot, clock);
      Random random = new Random(3);
      List<Long> dues = new ArrayList<>();
      long due = System.nanoTime() + 200_000_000;
      for (int i = 0; i < 50; i++) {
        due += 1_000_000 + random.nextInt(10_000_000);
        dues.add(due);
        assertTrue(clock.send(0x990040 | (30 + i) << 8, due));
      }
      until("all are there", () -> there.messages().size() == dues.size());
      for (int i = 0; i < dues.size(); i++) {
        Heard.Message heard = there.messages().get(i);
        // Both clocks count tenths of a millisecond; the way over loopback is not symmetric.
        assertEquals(dues.get(i) / 1e6, heard.dueNanos() / 1e6, 5, "due of message " + i);
        assertTrue(heard.atNanos() >= heard.dueNanos(), "message " + i + " came early");
      }
    }
  }

  @Test
  void afterLossNoNoteHangsAndNoneIsStruckTwice() throws Exception {
    try (RtpMidiSession robot = listen("robot", there);
        LossyRelay relay = new LossyRelay(robot.port(), 5);
        RtpMidiSession clock = RtpMidiSession.invite("clock", relay.address(), here)) {
      untilOk(robot, clock);
      relay.lostPercent = 5;
      relay.doubledPercent = 5;
      relay.swappedPercent = 5;
      play(clock, new Random(7));
      until("the last controller", () -> there.plain().contains(0xb90a00 | NOTES % 128));
      until("nothing sounds", () -> there.sounding().isEmpty());
      List<Integer> struck = there.plain().stream().filter(MidiMessage::isStrike).toList();
      assertInOrder(struck);
      // A stroke is missed where the packet of its end was the next that came.
      assertTrue(struck.size() > NOTES * 8 / 10, struck.size() + " of " + NOTES);
      assertTrue(robot.counters().lost() > 0 && robot.counters().recovered() > 0);
      assertTrue(robot.counters().late() > 0);
      System.out.println(
          relay.lost
              + " datagrams lost: "
              + struck.size()
              + " of "
              + NOTES
              + " strokes, "
              + robot.counters().recovered()
              + " messages recovered");
    }
  }

  /** Strokes of rising number (two data bytes), each ended by its own note off, some late. */
  private static void play(RtpMidiSession from, Random random) throws InterruptedException {
    for (int i = 0; i < NOTES; i++) {
      from.send(strike(i), System.nanoTime());
      from.send(0xb90a00 | (i + 1) % 128, System.nanoTime());
      Thread.sleep(1 + random.nextInt(4));
      from.send(0x890040 | i % 64 << 8, System.nanoTime());
    }
  }

  private static int strike(int i) {
    return 0x990000 | i % 64 << 8 | 1 + i / 64;
  }

  private static void assertInOrder(List<Integer> struck) {
    int before = -1;
    for (int message : struck) {
      int number = (MidiMessage.data2(message) - 1) * 64 + MidiMessage.data1(message);
      assertTrue(number > before, "stroke " + number + " after " + before);
      before = number;
    }
  }

  @Test
  void aLostLastPacketIsMadeUpWithoutAnother() throws Exception {
    try (RtpMidiSession robot = listen("robot", there);
        LossyRelay relay = new LossyRelay(robot.port(), 1);
        RtpMidiSession clock = RtpMidiSession.invite("clock", relay.address(), here)) {
      untilOk(robot, clock);
      clock.send(0x903c40, System.nanoTime());
      until("it sounds", () -> there.sounding().equals(Set.of(0x3c)));
      relay.isCut = true;
      clock.send(0x803c40, System.nanoTime());
      until("it is lost", () -> relay.lostPackets.sum() > 0);
      relay.isCut = false;
      until("it has ended", () -> there.sounding().isEmpty());
      assertTrue(robot.counters().recovered() >= 1);
    }
  }

  @Test
  void aPeerThatHasEndedIsInvitedAgainAndWhatSoundedEnds() throws Exception {
    RtpMidiSession robot = listen("robot", there);
    try (RtpMidiSession clock = invite("clock", robot.port(), here)) {
      untilOk(robot, clock);
      clock.send(0x903c40, System.nanoTime());
      robot.send(0x903c40, System.nanoTime());
      until("both sound", () -> here.sounding().size() + there.sounding().size() == 2);
      robot.close();
      until("it has gone", () -> !clock.status().equals("ok"));
      until("nothing sounds", () -> here.sounding().size() + there.sounding().size() == 0);
      assertFalse(clock.send(0x903c40, System.nanoTime()));
      InetSocketAddress same = new InetSocketAddress(LOOPBACK, robot.port());
      try (RtpMidiSession again = RtpMidiSession.listen("again", same, there)) {
        untilOk(again, clock);
        assertEquals(List.of("again"), clock.peers());
      }
    } finally {
      robot.close();
    }
  }

  @Test
  void manyPlayTogetherAndOneTooManyIsRefused() throws Exception {
    List<RtpMidiSession> sessions = new ArrayList<>();
    try (RtpMidiSession robot = listen("robot", there)) {
      for (int i = 0; i < RtpMidiSession.MOST_PEERS; i++) {
        sessions.add(invite("peer " + i, robot.port(), here));
        untilOk(sessions.get(i));
      }
      until("all are in", () -> robot.peers().size() == RtpMidiSession.MOST_PEERS);
      sessions.add(invite("one more", robot.port(), here));
      RtpMidiSession last = sessions.get(RtpMidiSession.MOST_PEERS);
      until("it is refused", () -> last.status().startsWith("refused by"));
      robot.send(0x903c40, System.nanoTime());
      until("all hear", () -> here.messages().size() == RtpMidiSession.MOST_PEERS);
      sessions.get(0).close();
      untilOk(last);
    } finally {
      sessions.forEach(RtpMidiSession::close);
    }
  }

  private static RtpMidiSession listen(String name, RtpMidiListener listener) throws IOException {
    return RtpMidiSession.listen(name, new InetSocketAddress(LOOPBACK, 0), listener);
  }

  private static RtpMidiSession invite(String name, int port, RtpMidiListener listener)
      throws IOException {
    return RtpMidiSession.invite(name, new InetSocketAddress(LOOPBACK, port), listener);
  }
}
