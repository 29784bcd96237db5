package org.latentspace.midi.outlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.wire.Until.until;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.latentspace.midi.control.Control;

class OscOutletTest {
  @Test
  void sendsOneFloatToTheAddressWhenItHasChangedAndLeavesMidiAlone() throws Exception {
    try (DatagramSocket listener = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        OscOutlet outlet = OscOutlet.to("127.0.0.1", listener.getLocalPort())) {
      listener.setSoTimeout(5000);
      List<Control> first = List.of(new Control("midi-cc:1:2", 3), new Control("osc:/a/b", 0.5f));
      // Before the socket is open what is sent is dropped.
      until(
          "the socket is open",
          () -> {
            outlet.send(first);
            return outlet.sent() > 0;
          });
      assertEquals(0.5f, value(listener));
      outlet.send(first);
      outlet.send(List.of(new Control("osc:/a/b", -7.25f)));
      assertEquals(-7.25f, value(listener));
      assertEquals(2, outlet.sent());
      listener.setSoTimeout(50);
      assertThrows(SocketTimeoutException.class, () -> value(listener));
    }
  }

  private static float value(DatagramSocket listener) throws Exception {
    DatagramPacket packet = new DatagramPacket(new byte[100], 100);
    listener.receive(packet);
    // OSC 1.0: the address and the type tag, each with its end filled up to four bytes.
    assertEquals(16, packet.getLength());
    String head = new String(packet.getData(), 0, 12, StandardCharsets.US_ASCII);
    assertTrue(head.startsWith("/a/b\0\0\0\0,f\0\0"), head);
    return ByteBuffer.wrap(packet.getData()).getFloat(12);
  }

  @Test
  void switchedOffItSendsNothing() {
    OscOutlet off = OscOutlet.off();
    off.send(List.of(new Control("osc:/a", 1)));
    assertEquals(0, off.sent() + off.dropped());
  }
}
