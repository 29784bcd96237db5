package org.latentspace.rtpmidi;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.latentspace.rtpmidi.Heard.until;
import static org.latentspace.rtpmidi.Heard.untilOk;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With an independent peer, the npm package rtpmidi, in both roles. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class NodePeerTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final int NOTES = 300;

  private final Heard heard = new Heard();

  @BeforeAll
  static void fetch() throws InterruptedException {
    String why = NodePeer.whyAbsent();
    if (why != null) {
      System.out.println("NodePeerTest is skipped: " + why);
    }
    assumeTrue(why == null, why);
  }

  @Test
  void weInviteAndNotesGoBothWays() throws Exception {
    int port = freePort();
    try (NodePeer peer = new NodePeer(port);
        RtpMidiSession session = invite(port)) {
      untilOk(session);
      assertTrue(session.peers().contains("node"));
      playBothWays(session, peer);
    }
  }

  @Test
  void itInvitesAndNotesGoBothWays() throws Exception {
    InetSocketAddress any = new InetSocketAddress(LOOPBACK, 0);
    try (RtpMidiSession session = RtpMidiSession.listen("ours", any, heard);
        NodePeer peer = new NodePeer(freePort(), session.port())) {
      untilOk(session);
      playBothWays(session, peer);
    }
  }

  private void playBothWays(RtpMidiSession session, NodePeer peer) throws Exception {
    until("it is connected", () -> peer.hasSaid("connected"));
    until(
        "ours is heard there",
        () -> {
          session.send(0x903c40, System.nanoTime());
          return peer.hasSaid("heard 144 60 64");
        });
    session.send(0x803c40, System.nanoTime());
    session.send(0xb9077f, System.nanoTime());
    until("the end too", () -> peer.hasSaid("heard 185 7 127"));
    assertTrue(peer.hasSaid("heard 128 60 64"));
    until(
        "its note is heard here",
        () -> {
          peer.send(0x99, 38, 100);
          return heard.plain().contains(0x992664);
        });
    peer.send(0x89, 38, 0);
    until("it ends", () -> heard.sounding().isEmpty());
    session.close();
    until("it hears our end", () -> peer.hasSaid("disconnected"));
  }

  @Test
  void withLossNoNoteHangsOnEitherSide() throws Exception {
    int port = freePort();
    try (NodePeer peer = new NodePeer(port);
        LossyRelay relay = new LossyRelay(port, 11);
        RtpMidiSession session = RtpMidiSession.invite("ours", relay.address(), heard)) {
      untilOk(session);
      until(
          "both play",
          () -> {
            peer.send(0xb0, 1, 1);
            return heard.plain().contains(0xb00101);
          });
      relay.lostPercent = 5;
      // Each note once, so that one that hangs is not ended by a later one.
      for (int i = 0; i < NOTES; i++) {
        int key = i / 100 * 128 + 10 + i % 100;
        session.send(MidiMessage.noteOn(key, 64), System.nanoTime());
        peer.send(0x90 | key / 128, key % 128, 64);
        Thread.sleep(4);
        session.send(MidiMessage.noteOff(key), System.nanoTime());
        peer.send(0x80 | key / 128, key % 128, 64);
      }
      session.send(0xb90101, System.nanoTime());
      // It sends no journal, and nothing when it rests: only its next packet shows a gap.
      until(
          "nothing sounds here",
          () -> {
            peer.send(0xb0, 1, 2);
            return heard.plain().contains(0xb00102) && heard.sounding().isEmpty();
          });
      String sounding = "";
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (!sounding.equals("sounding []") && System.nanoTime() < end) {
        sounding = peer.sounding();
      }
      assertTrue(sounding.equals("sounding []"), sounding);
      long there = peer.lines.stream().filter(line -> line.matches("heard 14[4-6].*")).count();
      System.out.println(
          relay.lostPackets
              + " packets lost, "
              + there
              + " of "
              + NOTES
              + " strokes came in packets"
              + " there; "
              + session.counters().lost()
              + " were missed here");
      assertTrue(relay.lostPackets.sum() > 10 && session.counters().lost() > 0);
    }
  }

  private RtpMidiSession invite(int port) throws IOException {
    return RtpMidiSession.invite("ours", new InetSocketAddress(LOOPBACK, port), heard);
  }

  private static int freePort() throws IOException {
    try (PortPair free = PortPair.open(new InetSocketAddress(LOOPBACK, 0))) {
      return free.port();
    }
  }
}
