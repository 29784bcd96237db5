package org.latentspace.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Our own peers with each other, through real sockets. */
@ExtendWith(InNamespace.class)
@Timeout(180)
class LinkSessionTest {
  private static LinkSession join(double bpm) {
    return LinkSession.join(LinkSettings.at(bpm), state -> {});
  }

  private static void awaitTogether(LinkSession... sessions) throws Exception {
    long all = sessions.length - 1;
    for (LinkSession session : sessions) {
      Until.holds(
          "all are in one session",
          () ->
              session.state().peers() == all
                  && session.state().session() == sessions[0].state().session());
    }
    long now = LinkSession.hostMicros();
    for (LinkSession session : sessions) {
      double apart = session.state().beatAt(now) - sessions[0].state().beatAt(now);
      assertEquals(0, apart * session.state().microsPerBeat(), 1000, "microseconds apart");
    }
  }

  @Test
  void threePeersShareBeatTempoAndTransport() throws Exception {
    ConcurrentLinkedQueue<LinkState> heard = new ConcurrentLinkedQueue<>();
    try (LinkSession a = LinkSession.join(LinkSettings.at(97), heard::add);
        LinkSession b = join(120)) {
      awaitTogether(a, b);
      try (LinkSession c = join(150)) {
        awaitTogether(a, b, c);
        assertEquals("2 peers, " + Math.round(a.state().bpm() * 10) / 10.0 + " bpm", c.status());
        c.setTempo(133);
        for (LinkSession each : new LinkSession[] {a, b}) {
          Until.holds("133 bpm", () -> Math.abs(each.state().bpm() - 133) < 0.01);
        }
        awaitTogether(a, b, c);
        b.setPlaying(true, 4);
        Until.holds("a start", () -> a.state().playing() && c.state().playing());
        assertEquals(0, a.state().transportBeat() % 4, 1e-6);
        Until.holds("the start is told of", () -> heard.stream().anyMatch(LinkState::playing));
        a.setPlaying(false, 4);
        Until.holds("a stop", () -> !b.state().playing() && !c.state().playing());
      }
      awaitTogether(a, b);
    }
    assertTrue(heard.stream().anyMatch(state -> state.peers() == 2), "the third was told of");
  }

  @Test
  void hostilePacketsAreCountedAndDropped() throws Exception {
    try (LinkSession a = join(120);
        LinkSession b = join(120);
        DatagramSocket stranger = new DatagramSocket()) {
      awaitTogether(a, b);
      SplittableRandom random = new SplittableRandom(9);
      InetAddress group = InetAddress.getByName(LinkSockets.GROUP);
      byte[] header = ByteBuffer.allocate(8).putLong(LinkPacket.Key.DISCOVERY).array();
      long before = a.dropped();
      for (int i = 0; i < 2000; i++) {
        byte[] bytes = new byte[random.nextInt(600)];
        random.nextBytes(bytes);
        if (i % 2 == 0 && bytes.length >= 10) {
          System.arraycopy(header, 0, bytes, 0, 8);
          bytes[8] = 1;
        }
        stranger.send(new DatagramPacket(bytes, bytes.length, group, LinkSockets.PORT));
      }
      Until.holds("hostile packets are counted", () -> a.dropped() > before);
      a.setTempo(140);
      Until.holds("140 bpm", () -> Math.abs(b.state().bpm() - 140) < 0.01);
      awaitTogether(a, b);
    }
  }

  @Test
  void aNetworkThatIsAwayAndAPortThatIsTakenAreAStatusThatMends() throws Exception {
    AtomicBoolean plugged = new AtomicBoolean();
    LinkSettings late = new LinkSettings(120, true, 0, 5, any -> plugged.get());
    try (DatagramSocket taken = new DatagramSocket(LinkSockets.PORT);
        LinkSession b = LinkSession.join(late, state -> {})) {
      Until.holds("the port is taken", () -> b.status().startsWith("UDP port 20808"));
      taken.close();
      Until.holds("no network", () -> b.status().equals("no network interface"));
      plugged.set(true);
      Until.holds("the network is there", () -> b.status().equals("alone, 120.0 bpm"));
      try (LinkSession a = join(120)) {
        awaitTogether(a, b);
      }
    }
  }

  @Test
  void aListenerThatThrowsIsCountedAndNothingMore() throws Exception {
    try (LinkSession a =
            LinkSession.join(
                LinkSettings.at(120),
                state -> {
                  throw new IllegalStateException("a listener's own trouble");
                });
        LinkSession b = join(120)) {
      awaitTogether(a, b);
      Until.holds("it is counted", () -> a.listenerFailures() > 0);
      assertEquals("1 peer, 120.0 bpm", a.status());
    }
  }
}
