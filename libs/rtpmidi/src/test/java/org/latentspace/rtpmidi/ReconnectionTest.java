package org.latentspace.rtpmidi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.rtpmidi.Heard.until;
import static org.latentspace.rtpmidi.Heard.untilOk;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A peer in a process of its own, which is killed and comes back. */
class ReconnectionTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  /** What the product promises. */
  private static final long MOST_AWAY_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Heard heard = new Heard();

  /** The peer: takes invitations on a port, tells it, and plays a note whenever it is connected. */
  public static void main(String[] port) throws Exception {
    InetSocketAddress local = new InetSocketAddress(LOOPBACK, Integer.parseInt(port[0]));
    try (RtpMidiSession session = RtpMidiSession.listen("robot", local, (message, due) -> {})) {
      System.out.println(session.port());
      while (System.in.available() == 0) {
        session.send(0x903c40, System.nanoTime());
        Thread.sleep(20);
      }
    }
  }

  @Test
  void theConnectionIsBackTwoSecondsAfterThePeer() throws Exception {
    try (Robot first = new Robot(0);
        RtpMidiSession session =
            RtpMidiSession.invite("ours", new InetSocketAddress(LOOPBACK, first.port), heard)) {
      untilOk(session);
      until("its note sounds", () -> heard.sounding().equals(Set.of(0x3c)));
      first.close();
      until("it is missed", () -> !session.status().equals("ok"));
      until("what sounded has ended", () -> heard.sounding().isEmpty());
      try (Robot second = new Robot(first.port)) {
        assertIsBackInTime(session, second);
      }
    }
  }

  @Test
  void alsoWhereThePeerCameBackBeforeItWasMissed() throws Exception {
    try (RtpMidiSession blocker = listen(0)) {
      int port = blocker.port();
      try (LossyRelay relay = new LossyRelay(port, 1);
          RtpMidiSession session = RtpMidiSession.invite("ours", relay.address(), heard)) {
        untilOk(session, blocker);
        // Vanishes without a word, and another stands at its port at once.
        relay.isCut = true;
        blocker.close();
        try (RtpMidiSession second = listen(port)) {
          relay.isCut = false;
          long returned = System.nanoTime();
          untilOk(second);
          assertInTime(System.nanoTime() - returned);
        }
      }
    }
  }

  @Test
  void aParticipantMissesAnInitiatorThatVanishedAndEndsItsNotes() throws Exception {
    try (RtpMidiSession robot = listen(0);
        LossyRelay relay = new LossyRelay(robot.port(), 1);
        RtpMidiSession session =
            RtpMidiSession.invite("ours", relay.address(), (message, due) -> {})) {
      untilOk(session, robot);
      long connected = System.nanoTime();
      until("each has asked", () -> System.nanoTime() - connected > 1_500_000_000);
      session.send(0x903c40, System.nanoTime());
      until("it sounds", () -> heard.sounding().equals(Set.of(0x3c)));
      relay.isCut = true;
      until("it is missed", () -> robot.peers().isEmpty() && heard.sounding().isEmpty());
      relay.isCut = false;
      untilOk(session, robot);
    }
  }

  private RtpMidiSession listen(int port) throws IOException {
    return RtpMidiSession.listen("robot", new InetSocketAddress(LOOPBACK, port), heard);
  }

  private void assertIsBackInTime(RtpMidiSession session, Robot robot) throws Exception {
    untilOk(session);
    assertInTime(System.nanoTime() - robot.readyNanos);
    int before = heard.messages().size();
    until("it plays again", () -> heard.messages().size() > before);
    assertEquals(List.of("robot"), session.peers());
  }

  private static void assertInTime(long nanos) {
    System.out.println("connected " + nanos / 1_000_000 + " ms after the peer's return");
    assertTrue(nanos < MOST_AWAY_NANOS, nanos / 1_000_000 + " ms after the peer's return");
  }

  private static final class Robot implements AutoCloseable {
    final int port;
    final long readyNanos;
    private final Process process;

    Robot(int wanted) throws IOException {
      process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  folder(RtpMidiSession.class) + File.pathSeparator + folder(Heard.class),
                  ReconnectionTest.class.getName(),
                  Integer.toString(wanted))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
      String line = out.readLine();
      readyNanos = System.nanoTime();
      port = Integer.parseInt(line == null ? "0" : line);
    }

    private static String folder(Class<?> of) {
      return Path.of(of.getProtectionDomain().getCodeSource().getLocation().getPath()).toString();
    }

    /** Kills it, so that it cannot say the end. */
    @Override
    public void close() {
      process.destroyForcibly().onExit().join();
    }
  }
}
