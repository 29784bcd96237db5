package org.latentspace.explorer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URL;
import org.junit.jupiter.api.Test;

/** The page's start, stop, tempo and panic reach the neighbour that hands them on. */
@QuarkusTest
@QuarkusTestResource(FakeVae.class)
class TransportTest {
  @TestHTTPResource("/")
  URL address;

  @Test
  void thePageReachesTheTransportAndIsToldWhatIsOutOfRange() throws Exception {
    Browser browser = new Browser(address);
    assertEquals(200, browser.post("api/call/SetTransport", "{\"playing\":false}", ""));
    assertEquals(200, browser.post("api/call/SetTransport", "{\"bpm\":96.5}", ""));
    assertEquals(400, browser.post("api/call/SetTransport", "{\"bpm\":999}", ""));
    assertEquals(200, browser.post("api/call/Panic", "{}", ""));
    assertEquals(403, browser.post("api/call/Panic", "{}", "http://evil.example"));
  }
}
