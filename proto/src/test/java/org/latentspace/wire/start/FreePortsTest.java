package org.latentspace.wire.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.latentspace.wire.StartMistake;

class FreePortsTest {
  private static final String HOST = "127.0.0.1";

  private static String refused(String host, int port) {
    return assertThrows(StartMistake.class, () -> FreePorts.check("quarkus.http.port", host, port))
        .getMessage();
  }

  @Test
  void aTakenPortIsRefusedAndAFreeOneLeftFree() throws Exception {
    int port;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
      port = taken.getLocalPort();
      assertEquals(
          "quarkus.http.port="
              + port
              + ": port "
              + port
              + " on 127.0.0.1 is in use (by another ./play?); choose another",
          refused(HOST, port));
    }
    FreePorts.check("quarkus.http.port", HOST, port);
    FreePorts.check("quarkus.http.port", HOST, 0);
  }

  @Test
  void whatIsNoPortOrNoAddressOfThisMachineIsRefused() {
    assertEquals("quarkus.http.port=99999: must be 1..65535", refused(HOST, 99_999));
    assertEquals(
        "quarkus.http.host=192.0.2.1: must be an address of this machine", refused("192.0.2.1", 1));
  }
}
