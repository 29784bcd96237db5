package org.latentspace.midi.outlet;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.latentspace.wire.Until.until;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.latentspace.midi.robot.Robot;
import org.latentspace.midi.time.Ensembles;
import org.latentspace.wire.FreePort;

/** Strokes that leave as OSC, as a plain socket and Debian's oscdump hear them. */
@Timeout(120)
class OscPortTest {
  private static final int KICK = 0x99247f;
  private static final Robot ROBOT = Ensembles.robot(20_000_000);

  private static Ports open(int port, String rest) {
    Ports ports = OpenPorts.of(List.of("osc://127.0.0.1:" + port + rest), false);
    ports.start();
    until("open", () -> ports.status().equals("ok"));
    return ports;
  }

  private static byte[] drum(int note, float velocity) {
    ByteBuffer bytes = ByteBuffer.allocate(20);
    bytes.put("/drum\0\0\0,if\0".getBytes(US_ASCII)).putInt(note).putFloat(velocity);
    return bytes.array();
  }

  private static byte[] next(DatagramSocket robot) throws Exception {
    DatagramPacket packet = new DatagramPacket(new byte[100], 100);
    robot.receive(packet);
    return Arrays.copyOf(packet.getData(), packet.getLength());
  }

  @Test
  void aStrokeIsAMessageOfNoteAndVelocity() throws Exception {
    try (DatagramSocket robot = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Ports ports = open(robot.getLocalPort(), "/drum")) {
      ports.strike(System.nanoTime(), 0, KICK, ROBOT);
      ports.control(0, 0xb01440);
      ports.strike(System.nanoTime(), 0, 0x992640, ROBOT);
      assertArrayEquals(drum(36, 1), next(robot));
      assertArrayEquals(drum(38, 64 / 127f), next(robot));
      until("counted", () -> ports.states().get(0).strokes() == 2);
      assertEquals(2, ports.lateness().getTotalCount());
    }
  }

  @Test
  void theEndOfANoteIsOneOfVelocity0WhereItIsWanted() throws Exception {
    try (DatagramSocket robot = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      try (Ports ports = open(robot.getLocalPort(), "/drum?ends")) {
        ports.strike(System.nanoTime(), 0, KICK, ROBOT);
        assertArrayEquals(drum(36, 1), next(robot));
        assertArrayEquals(drum(36, 0), next(robot));
        ports.strike(System.nanoTime(), 0, KICK, Ensembles.robot(2_000_000_000L));
        assertArrayEquals(drum(36, 1), next(robot));
      }
      assertArrayEquals(drum(36, 0), next(robot), "it ends with the port");
    }
  }

  @Test
  void debiansOscdumpHearsTheSame() throws Exception {
    int port = FreePort.find(1);
    try (OscDump dump = new OscDump(port);
        Ports ports = open(port, "/robots/kick?ends")) {
      // Until it listens, messages are lost: this is said again until it is heard.
      Thread calls =
          new Thread(
              () ->
                  until(
                      "the test has heard it",
                      60,
                      () -> {
                        ports.strike(System.nanoTime(), 0, 0x990101, ROBOT);
                        return Thread.currentThread().isInterrupted();
                      }));
      calls.setDaemon(true);
      calls.start();
      assertEquals("/robots/kick if 1", dump.next().substring(0, 17));
      calls.interrupt();
      calls.join();
      ports.strike(System.nanoTime(), 0, KICK, ROBOT);
      assertEquals("/robots/kick if 36 1.000000", nextOf(dump, " if 36 "));
      assertEquals("/robots/kick if 36 0.000000", nextOf(dump, " if 36 "));
    }
  }

  private static String nextOf(OscDump dump, String part) throws IOException {
    String line = dump.next();
    while (!line.contains(part)) {
      line = dump.next();
    }
    return line;
  }
}
