package org.latentspace.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentspace.link.SimulatedNetwork.Host;

/** In simulated time: clocks hours apart, packets that are late by 0.08..3.2 ms and get lost. */
class LinkNodeTest {
  private static final double A_MILLISECOND_OF_BEATS = 0.002;
  private static final LinkSettings AT_120 = LinkSettings.at(120);

  private final SimulatedNetwork network = new SimulatedNetwork(5, 0.05);

  private static void assertTogether(Host... hosts) {
    for (Host host : hosts) {
      assertEquals(hosts.length - 1, host.state().peers());
      assertEquals(hosts[0].state().session(), host.state().session());
      assertEquals(hosts[0].state().microsPerBeat(), host.state().microsPerBeat());
      double apart = (host.beat() - hosts[0].beat()) * host.state().microsPerBeat();
      assertEquals(0, apart, 1000, "microseconds");
    }
  }

  @Test
  void theSessionThatHasLastedLongerWins() {
    Host old = network.join(LinkSettings.at(97), 0);
    network.run(10);
    Host young = network.join(AT_120, 4_000_000_000L);
    double before = old.beat();
    network.run(2);
    assertTogether(old, young);
    assertEquals(97, young.state().bpm(), 0.001);
    assertEquals(before + 2 * 97 / 60.0, old.beat(), A_MILLISECOND_OF_BEATS, "the old one's beat");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void peersThatComeAtOnceEndInOneSession(long seed) {
    SimulatedNetwork shaky = new SimulatedNetwork(seed, 0.1);
    Host a = shaky.join(LinkSettings.at(90), 0);
    shaky.run(0.3);
    Host b = shaky.join(LinkSettings.at(120), -7_000_000_000L);
    shaky.run(0.3);
    Host c = shaky.join(LinkSettings.at(150), 55_000_000L);
    shaky.run(20);
    assertTogether(a, b, c);
  }

  @Test
  void sessionsThatFindEachOtherLaterBecomeOne() {
    Host a = network.join(LinkSettings.at(90), 0);
    Host b = network.join(LinkSettings.at(90), 1_000_000);
    network.run(5);
    Host c = network.join(LinkSettings.at(150), 2_000_000);
    c.deaf(true);
    network.run(20);
    assertEquals(0, c.state().peers());
    c.deaf(false);
    network.run(5);
    assertTogether(a, b, c);
    assertEquals(90, c.state().bpm(), 0.001);
  }

  @Test
  void clocksThatGoAtOtherRatesStayWithinAMillisecond() {
    Host a = network.join(LinkSettings.at(120), 0, -25);
    network.run(1);
    Host b = network.join(LinkSettings.at(90), 5_000_000_000L, 25);
    Host c = network.join(LinkSettings.at(90), -5_000_000_000L, 50);
    network.run(3);
    for (int second = 0; second < 300; second++) {
      network.run(1);
      assertTogether(a, b, c);
    }
  }

  @Test
  void tempoChangesOfAllReachAllWithinABeatAndNoBeatJumps() {
    Host[] hosts = {
      network.join(AT_120, 0), network.join(AT_120, 900_000_000L), network.join(AT_120, -1)
    };
    network.run(3);
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 50; i++) {
      double bpm = 60 + random.nextInt(140);
      Host one = hosts[random.nextInt(3)];
      double beat = one.beat();
      one.node().setTempo(bpm, one.hostMicros());
      assertEquals(beat, one.beat(), 1e-5);
      network.run(0.3);
      assertTogether(hosts);
      assertEquals(bpm, hosts[i % 3].state().bpm(), 0.01);
    }
  }

  @Test
  void aStartWaitsForTheQuantumForEverybodyAndAStopIsAtOnce() {
    Host a = network.join(AT_120, 0);
    Host b = network.join(AT_120, 123_456_789L);
    network.run(3.1);
    double asked = b.beat();
    b.node().setPlaying(true, 4, b.hostMicros());
    network.run(0.2);
    double start = a.state().transportBeat();
    assertEquals(Math.ceil(asked / 4) * 4, start, 1e-6);
    for (Host host : new Host[] {a, b}) {
      double at = host.state().timeAtBeat(start);
      assertFalse(host.state().isPlayingAt(at - 1000));
      assertTrue(host.state().isPlayingAt(at + 1000));
      assertEquals(0, host.state().phaseAt(at + 1, 4), 0.001);
    }
    network.run(4);
    a.node().setPlaying(false, 4, a.hostMicros());
    network.run(0.2);
    assertFalse(b.state().isPlayingAt(b.hostMicros()));
  }

  @Test
  void oneThatSharesNoStartAndStopKeepsItsOwn() {
    Host shares = network.join(AT_120, 0);
    Host alone = network.join(new LinkSettings(120, false, 0, 5, any -> true), 9);
    network.run(3);
    shares.node().setPlaying(true, 0, shares.hostMicros());
    network.run(1);
    assertFalse(alone.state().isPlayingAt(alone.hostMicros()));
    alone.node().setPlaying(true, 0, alone.hostMicros());
    shares.node().setPlaying(false, 0, shares.hostMicros());
    network.run(1);
    assertTrue(alone.state().isPlayingAt(alone.hostMicros()));
    assertFalse(shares.state().isPlayingAt(shares.hostMicros()));
  }

  @Test
  void anOffsetMovesOwnBeatsOnly() {
    Host a = network.join(AT_120, 0);
    Host late = network.join(new LinkSettings(120, true, 20, 5, any -> true), 77);
    network.run(3);
    assertEquals(a.beat() - 0.04, late.beat(), A_MILLISECOND_OF_BEATS);
    late.node().setOffset(-10);
    assertEquals(a.beat() + 0.02, late.beat(), A_MILLISECOND_OF_BEATS);
    late.node().setTempo(60, late.hostMicros());
    network.run(1);
    assertEquals(a.beat() + 0.01, late.beat(), A_MILLISECOND_OF_BEATS);
  }

  @Test
  void theLastOneGoesOnInASessionOfItsOwn() {
    Host old = network.join(LinkSettings.at(97), 0);
    network.run(3);
    Host young = network.join(AT_120, 4_000_000L);
    network.run(3);
    young.node().setPlaying(true, 0, young.hostMicros());
    long session = young.state().session();
    double beat = young.beat();
    old.vanish();
    network.run(8);
    assertEquals(0, young.state().peers());
    assertNotEquals(session, young.state().session());
    assertEquals(beat + 8 * 97 / 60.0, young.beat(), A_MILLISECOND_OF_BEATS);
    assertTrue(young.state().isPlayingAt(young.hostMicros()));
    Host newcomer = network.join(AT_120, 8);
    network.run(3);
    assertTogether(young, newcomer);
    assertEquals(97, newcomer.state().bpm(), 0.001);
  }

  @Test
  void aPeerThatComesAndGoesAHundredTimesDoesNoHarm() {
    Host a = network.join(AT_120, 0);
    network.run(1);
    Host b = network.join(AT_120, 31_000_000L);
    network.run(3);
    double beat = a.beat();
    for (int i = 0; i < 100; i++) {
      Host guest = network.join(new LinkSettings(60 + i, true, 0, 1, any -> true), i * 1_000_003L);
      network.run(i % 3 == 0 ? 0.02 : 2);
      if (i % 2 == 0) {
        guest.vanish();
      } else {
        guest.leave();
      }
      network.run(i % 5 == 0 ? 2 : 0.1);
    }
    network.run(3);
    assertTogether(a, b);
    assertEquals(120, a.state().bpm(), 0.001);
    double expected = beat + 2 * (34 * 0.02 + 66 * 2 + 20 * 2 + 80 * 0.1 + 3);
    assertEquals(expected, a.beat(), 0.01);
  }

  @Test
  void strangersByTheThousandAreBoundedAndForgotten() throws Exception {
    Host a = network.join(AT_120, 0);
    Host b = network.join(AT_120, 5);
    network.run(3);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 5000; i++) {
      byte[] address = {10, (byte) (i >> 16), (byte) (i >> 8), (byte) i};
      InetSocketAddress from = new InetSocketAddress(InetAddress.getByAddress(address), 9);
      ByteBuffer bytes = ByteBuffer.allocate(LinkPacket.MOST_BYTES);
      Timeline timeline = new Timeline(500_000 + i, random.nextInt(), random.nextInt());
      LinkPacket.write(
          new LinkPacket.Discovery(
              LinkPacket.ALIVE, 255, i, timeline, random.nextLong(), null, address, 9),
          bytes);
      a.node().receive(LinkPacket.read(bytes.flip()), from, a.hostMicros());
    }
    assertTrue(a.node().refused() >= 5000 - Peers.MOST, "refused");
    network.run(70);
    assertTogether(a, b);
  }

  @Test
  void aTempoOutOfRangeIsRefusedByName() {
    Host a = network.join(AT_120, 0);
    for (double bpm : new double[] {19.9, 1000, Double.NaN}) {
      String why =
          assertThrows(IllegalArgumentException.class, () -> a.node().setTempo(bpm, a.hostMicros()))
              .getMessage();
      assertTrue(why.contains("20..999"), why);
    }
  }
}
