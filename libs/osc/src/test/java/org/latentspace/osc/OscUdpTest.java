package org.latentspace.osc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.wire.Until.until;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OscUdpTest {
  private static final String LOOPBACK = "127.0.0.1";

  private final BlockingQueue<OscMessage> heard = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> refusals = new LinkedBlockingQueue<>();

  @Test
  void whatIsSentIsHeardInOrder() throws Exception {
    try (OscReceiver receiver = receiver(0);
        OscSender sender = new OscSender(LOOPBACK, receiver.port(5000))) {
      until("the sender is open", () -> sender.send(OscMessage.of("/first", 0)));
      assertEquals("/first", next().address());
      for (int i = 1; i <= 100; i++) {
        assertTrue(sender.send(OscMessage.of("/pose", i, i / 2f)));
      }
      for (int i = 1; i <= 100; i++) {
        assertEquals(List.of((float) i, i / 2f), next().arguments());
      }
      assertEquals(101, sender.sent());
      assertEquals(101, receiver.received());
      assertEquals(0, receiver.refused());
      assertEquals("ok", receiver.status());
    }
  }

  @Test
  void poisonIsCountedToldAndFollowedByTheNextMessage() throws Exception {
    try (OscReceiver receiver = receiver(0);
        OscSender sender = new OscSender(LOOPBACK, receiver.port(5000));
        DatagramSocket stranger = new DatagramSocket()) {
      byte[] noise = {1, 2, 3};
      stranger.send(
          new DatagramPacket(noise, 3, InetAddress.getByName(LOOPBACK), receiver.port(0)));
      assertTrue(refusals.poll(5, TimeUnit.SECONDS).contains("is no OSC"));
      until("the sender is open", () -> sender.send(OscMessage.of("/refuse")));
      assertTrue(refusals.poll(5, TimeUnit.SECONDS).startsWith("/refuse from "));
      sender.send(OscMessage.of("/good"));
      assertEquals("/good", next().address());
      assertEquals(2, receiver.refused());
    }
  }

  @Test
  void aTakenPortIsTroubleThatMendsItself() throws Exception {
    DatagramSocket taken = new DatagramSocket(0, InetAddress.getByName(LOOPBACK));
    try (OscReceiver receiver = receiver(taken.getLocalPort())) {
      until("it says so", () -> receiver.status().contains("cannot listen on UDP"));
      assertEquals(0, receiver.port(0));
      taken.close();
      assertTrue(receiver.port(5000) > 0);
      assertEquals("ok", receiver.status());
    }
  }

  @Test
  void anUnknownHostDropsAndSaysSo() throws Exception {
    try (OscSender sender = new OscSender("no-such-host.invalid", 9)) {
      assertFalse(sender.send(OscMessage.of("/a")));
      until("it says so", () -> sender.status().contains("no such host"));
      assertFalse(sender.send(OscMessage.of("/a")));
      assertEquals(2, sender.dropped());
    }
  }

  @Test
  void whatIsTooLongForADatagramIsDropped() throws Exception {
    try (OscReceiver receiver = receiver(0);
        OscSender sender = new OscSender(LOOPBACK, receiver.port(5000))) {
      until("the sender is open", () -> sender.send(OscMessage.of("/a")));
      assertFalse(sender.send(new OscMessage("/a", List.of("x".repeat(70_000)))));
      assertTrue(sender.send(OscMessage.of("/a")));
    }
  }

  private OscReceiver receiver(int port) {
    OscReceiver receiver =
        new OscReceiver(
            "osc-test", LOOPBACK, port, this::hear, (address, why) -> refusals.add(why));
    receiver.start();
    return receiver;
  }

  private void hear(OscMessage message) {
    if (message.address().equals("/refuse")) {
      throw new IllegalArgumentException("not wanted");
    }
    heard.add(message);
  }

  private OscMessage next() throws InterruptedException {
    OscMessage message = heard.poll(5, TimeUnit.SECONDS);
    assertNotNull(message, "nothing heard");
    return message;
  }
}
