package org.latentspace.midi.outlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.wire.Until.until;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.latentspace.midi.robot.Robot;
import org.latentspace.midi.time.Ensembles;
import org.latentspace.rtpmidi.RtpMidiSession;

/** Strokes that go to a peer in the network. */
class RtpMidiPortTest {
  private static final int KICK = 0x992440;
  private static final Robot ROBOT = Ensembles.robot(50_000_000);
  private static final int KICK_ENDS = 0x892400;

  private final List<Integer> heard = new CopyOnWriteArrayList<>();

  @Test
  void strokesAndTheirEndsReachThePeerAndItsReturnIsNoticed() throws Exception {
    RtpMidiSession robot = listen(0);
    try (Ports ports = open(robot.port())) {
      ports.start();
      until("connected", 30, () -> ports.status().equals("ok"));
      ports.strike(System.nanoTime(), 0, KICK, ROBOT);
      until("struck and ended", 30, () -> heard.equals(List.of(KICK, KICK_ENDS)));
      assertEquals(1, ports.states().get(0).strokes());
      assertEquals(1, ports.lateness().getTotalCount());
      robot.close();
      until("missed", 30, () -> ports.status().contains("absent: inviting"));
      ports.strike(System.nanoTime(), 0, KICK, ROBOT);
      assertEquals(1, ports.dropped());
      try (RtpMidiSession again = listen(robot.port())) {
        until("back", 30, () -> ports.status().equals("ok"));
        ports.strike(System.nanoTime(), 0, KICK, ROBOT);
        until("struck again", 30, () -> heard.stream().filter(m -> m == KICK).count() == 2);
        assertEquals(List.of("Latent Space Explorer"), again.peers());
      }
    } finally {
      robot.close();
    }
  }

  @Test
  void allNotesEndWithThePort() throws Exception {
    try (RtpMidiSession robot = listen(0)) {
      try (Ports ports = open(robot.port())) {
        ports.start();
        until("connected", 30, () -> ports.status().equals("ok"));
        ports.strike(System.nanoTime(), 0, KICK, ROBOT);
        until("struck", 30, () -> heard.contains(KICK));
      }
      // By its note off, or by the end of the session where the thread came too late to send it.
      until("ended", 30, () -> heard.stream().anyMatch(m -> m >> 8 == KICK_ENDS >> 8));
      until("gone", 30, () -> robot.peers().isEmpty());
      assertTrue(robot.status().startsWith("no peer"));
    }
  }

  private static Ports open(int port) {
    return OpenPorts.of(List.of("rtp://127.0.0.1:" + port), false);
  }

  private RtpMidiSession listen(int port) throws Exception {
    InetSocketAddress local = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    return RtpMidiSession.listen("robot", local, (message, due) -> heard.add(message));
  }
}
