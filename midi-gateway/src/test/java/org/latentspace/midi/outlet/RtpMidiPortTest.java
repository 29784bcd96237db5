package org.latentspace.midi.outlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.wire.Until.until;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.latentspace.midi.robot.Robot;
import org.latentspace.midi.time.Ensembles;
import org.latentspace.rtpmidi.RtpMidiSession;
import org.latentspace.wire.FreePort;

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
      until("silenced on all channels", 30, () -> heard.size() == 16);
      heard.clear();
      ports.strike(System.nanoTime(), 0, KICK, ROBOT);
      until("struck and ended", 30, () -> heard.equals(List.of(KICK, KICK_ENDS)));
      assertEquals(1, ports.states().get(0).strokes());
      assertEquals(1, ports.lateness().getTotalCount());
      robot.close();
      until("missed", 30, () -> ports.status().contains("absent: inviting"));
      ports.strike(System.nanoTime(), 0, KICK, ROBOT);
      assertEquals(1, ports.dropped());
      try (RtpMidiSession again = listen(robot.port())) {
        long returned = System.nanoTime();
        until("back", 30, () -> ports.status().equals("ok"));
        System.out.printf(
            "struck again %d ms after the peer's return%n",
            (System.nanoTime() - returned) / 1_000_000);
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

  @Test
  void aRobotThatInvitesIsPlayedAndToldWhenToStrike() throws Exception {
    int port = FreePort.find(1);
    List<Long> dues = new CopyOnWriteArrayList<>();
    InetSocketAddress gateway = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    try (Ports ports = OpenPorts.of(List.of("rtp://:" + port + "?lead-ms=80"), false)) {
      ports.start();
      until("waits", 30, () -> ports.status().contains("absent: no peer has invited"));
      assertEquals(80_000_000, ports.leadNanos(-1L));
      try (RtpMidiSession robot =
          RtpMidiSession.invite(
              "robot",
              gateway,
              (message, due) -> {
                if (message == KICK) {
                  heard.add(message);
                  dues.add(due);
                }
              })) {
        until("connected", 30, () -> ports.status().equals("ok"));
        List<Long> struck = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
          long due = System.nanoTime();
          struck.add(due);
          ports.strike(due, 0, KICK, ROBOT);
          int count = i + 1;
          until("struck", 30, () -> heard.size() == count);
        }
        // The same distance for all, but for the steps of the clock, 0.1 ms, and its drift.
        long[] late = new long[20];
        for (int i = 0; i < 20; i++) {
          late[i] = dues.get(i) - struck.get(i);
        }
        Arrays.sort(late);
        System.out.printf(
            "sent 80 ms ahead: told %.2f to %.2f ms later, median %.2f%n",
            late[0] / 1e6, late[19] / 1e6, late[10] / 1e6);
        assertEquals(80, late[10] / 1e6, 20);
        assertEquals("Latent Space Explorer", robot.peers().get(0));
      }
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
