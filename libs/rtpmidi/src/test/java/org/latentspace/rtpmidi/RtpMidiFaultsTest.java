package org.latentspace.rtpmidi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.latentspace.rtpmidi.Heard.until;
import static org.latentspace.rtpmidi.Heard.untilOk;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is broken, foreign or taken. */
class RtpMidiFaultsTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final Heard here = new Heard();
  private final Heard there = new Heard();

  @Test
  void strangersAndNoiseAreCountedAndDropped() throws Exception {
    try (RtpMidiSession robot = listen("robot", there);
        RtpMidiSession clock = invite("clock", robot.port(), here);
        DatagramSocket stranger = new DatagramSocket()) {
      untilOk(robot, clock);
      Random random = new Random(9);
      for (int i = 0; i < 200; i++) {
        byte[] noise = new byte[random.nextInt(200)];
        random.nextBytes(noise);
        if (noise.length > 4 && i % 2 == 0) {
          System.arraycopy(new byte[] {-1, -1, 0x43, 0x4b}, 0, noise, 0, 4);
        }
        stranger.send(new DatagramPacket(noise, noise.length, LOOPBACK, robot.port() + i / 2 % 2));
        if (i % 20 == 0) {
          Thread.sleep(1);
        }
      }
      clock.send(0x903c40, System.nanoTime());
      until("it is heard", () -> there.plain().equals(List.of(0x903c40)));
      until("noise is counted", () -> robot.counters().refused() >= 190);
      assertEquals("ok", robot.status());
    }
  }

  @Test
  void brokenPacketsEndNoSession() throws Exception {
    try (RtpMidiSession robot = listen("robot", there);
        LossyRelay relay = new LossyRelay(robot.port(), 17);
        RtpMidiSession clock = RtpMidiSession.invite("clock", relay.address(), here)) {
      untilOk(robot, clock);
      relay.brokenPercent = 60;
      Random random = new Random(8);
      for (int i = 0; i < 3000; i++) {
        clock.send(0x900000 | random.nextInt(0x10) << 16 | random.nextInt(0x8000) & 0x7f7f, 0);
        robot.send(0xb00000 | random.nextInt(0x10) << 16 | random.nextInt(0x8000) & 0x7f7f, 0);
        if (i % 10 == 0) {
          Thread.sleep(1);
        }
      }
      relay.brokenPercent = 0;
      untilOk(robot, clock);
      until(
          "it plays again",
          () -> {
            clock.send(0xfa0000, System.nanoTime());
            robot.send(0xfa0000, System.nanoTime());
            return there.plain().contains(0xfa0000) && here.plain().contains(0xfa0000);
          });
      assertTrue(robot.counters().refused() > 0 && clock.counters().refused() > 0);
    }
  }

  @Test
  void anInvitationFromTheLastPortIsHarmless() throws Exception {
    DatagramSocket last = lastPort();
    assumeTrue(last != null, "port 65535 is taken");
    try (last;
        RtpMidiSession robot = listen("robot", there);
        RtpMidiSession clock = invite("clock", robot.port(), here)) {
      ByteBuffer out = ByteBuffer.allocate(100);
      ControlPacket.writeSession(out, ControlPacket.INVITATION, 1, 2, "last");
      last.send(new DatagramPacket(out.array(), out.position(), LOOPBACK, robot.port()));
      last.setSoTimeout(30_000);
      last.receive(new DatagramPacket(new byte[100], 100));
      untilOk(robot, clock);
    }
  }

  private static DatagramSocket lastPort() {
    try {
      return new DatagramSocket(65535, LOOPBACK);
    } catch (IOException taken) {
      return null;
    }
  }

  @Test
  void aListenerThatFailsHearsTheNextMessage() throws Exception {
    RtpMidiListener failing =
        (message, due) -> {
          there.hear(message, due);
          throw new IllegalStateException("not my day");
        };
    try (RtpMidiSession robot = listen("robot", failing);
        RtpMidiSession clock = invite("clock", robot.port(), here)) {
      untilOk(robot, clock);
      clock.send(0x903c40, System.nanoTime());
      clock.send(0x803c40, System.nanoTime());
      until("both are heard", () -> there.messages().size() == 2);
      until("both are counted", () -> robot.counters().refused() == 2);
    }
  }

  @Test
  void aTakenPortAndAnUnknownHostAreSaid() throws Exception {
    try (RtpMidiSession robot = listen("robot", there);
        RtpMidiSession lost =
            RtpMidiSession.invite(
                "lost", InetSocketAddress.createUnresolved("no-such-host.invalid", 5004), here)) {
      InetSocketAddress same = new InetSocketAddress(LOOPBACK, robot.port());
      assertThrows(IOException.class, () -> RtpMidiSession.listen("other", same, there).close());
      assertEquals("no peer has invited", robot.status());
      until("it says so", () -> lost.status().equals("no such host: no-such-host.invalid"));
      assertFalse(lost.send(0x903c40, System.nanoTime()));
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
