package org.latentspace.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpHostCheckTest {
  private final HttpHostCheck check = new HttpHostCheck(List.of("Stage-PC", " drums.local"));

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, true",
    "192.168.1.20, true",
    "[::1], true",
    "::1, true",
    "[fe80::1%eth0], true",
    "localhost, true",
    "LOCALHOST, true",
    "stage-pc, true",
    "drums.local, true",
    "evil.example, false",
    "localhost.evil.example, false",
    "127.0.0.1.evil.example, false",
    "1234, false",
    "dead.beef, false",
    "stage-pc2, false",
    "'', false"
  })
  void takesAddressesLocalhostAndConfiguredNamesOnly(String host, boolean own) {
    assertEquals(own, check.isOwn(host));
  }
}
