package org.latentspace.explorer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.wire.Until.until;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In the same application as ExplorerServiceTest, over bare sockets: bodies are never sent. */
@QuarkusTest
@QuarkusTestResource(FakeVae.class)
class PageRequestsTest {
  private static final String IMPORT = "POST /api/call/ImportProject HTTP/1.1";
  private static final String JSON = "Content-Type: application/json";

  @TestHTTPResource("/")
  URL address;

  @ParameterizedTest
  @CsvSource({
    "POST /api/call/ImportProject,Origin: http://evil.example,application/json,9500000,403",
    "POST /api/call/ImportProject,Sec-Fetch-Site: cross-site,application/json,9500000,403",
    "POST /api/call/ImportProject,Accept: */*,text/plain,9500000,415",
    "POST /api/call/ImportProject,Accept: */*,application/json,25000000,413",
    "POST /api/call/AddPair,Accept: */*,application/json,100000,413",
    "POST /api/call/Place,Origin: http://evil.example,application/json,8000,403",
    "POST /api/call/Place,Accept: */*,text/plain,8000,415"
  })
  void refusesBeforeAByteOfTheBodyHasCome(
      String request, String header, String type, int length, int status) throws IOException {
    try (Socket socket = connect()) {
      send(
          socket,
          request + " HTTP/1.1",
          own(),
          header,
          "Content-Type: " + type,
          "Content-Length: " + length);
      assertEquals(status, status(socket));
    }
  }

  @ParameterizedTest
  @CsvSource({"/", "/api/events", "/q/metrics", "/q/health/ready", "/screen.js"})
  void refusesAnyPathUnderANameThatIsNotItsOwn(String path) throws IOException {
    try (Socket socket = connect()) {
      send(socket, "GET " + path + " HTTP/1.1", "Host: evil.example:" + address.getPort());
      assertEquals(403, status(socket));
    }
  }

  @Test
  void givesNoEventsToAPageOfAnotherOrigin() throws IOException {
    try (Socket socket = connect()) {
      send(socket, "GET /api/events HTTP/1.1", own(), "Origin: http://evil.example");
      assertEquals(403, status(socket));
    }
    try (Socket socket = connect()) {
      send(socket, "GET /api/events HTTP/1.1", own(), "Sec-Fetch-Site: cross-site");
      assertEquals(403, status(socket));
    }
  }

  @Test
  void boundsBodiesInSumAndGivesTheirRoomBackWithoutAWordWhenTheSenderHangsUp() throws Exception {
    List<String> lines = new CopyOnWriteArrayList<>();
    Handler handler = listener(lines);
    Logger.getLogger("").addHandler(handler);
    try {
      try (Socket large = sendLargeThatHasRoom()) {
        assertEquals(408, importAnswer(1_000_000), "a smaller one has, but never arrives");
      }
      until("the room is free again", () -> importAnswer(16_000_000) == 408);
      assertEquals(List.of(), lines);
    } finally {
      Logger.getLogger("").removeHandler(handler);
    }
  }

  @Test
  void letsABodyTakeTenSecondsAndNoLonger() throws IOException {
    try (Socket socket = connect()) {
      socket.setSoTimeout(50_000);
      send(socket, "POST /api/call/Undo HTTP/1.1", own(), JSON, "Content-Length: 60");
      assertEquals(408, status(socket));
    }
  }

  @Test
  void compressesEventsAndHasThePageAskedForAnewEachTime() throws IOException {
    try (Socket socket = connect()) {
      send(socket, "GET /api/events HTTP/1.1", own(), "Accept-Encoding: gzip");
      List<String> head = head(socket);
      assertTrue(head.contains("content-encoding: gzip"), head.toString());
      assertTrue(head.contains("cache-control: no-store"), head.toString());
    }
    for (String path : List.of("/", "/screen.js")) {
      try (Socket socket = connect()) {
        send(socket, "GET " + path + " HTTP/1.1", own(), "Accept-Encoding: gzip");
        List<String> head = head(socket);
        assertTrue(head.contains("content-encoding: gzip"), path + head);
        assertEquals(
            List.of("cache-control: no-cache"),
            head.stream().filter(line -> line.startsWith("cache-control")).toList(),
            path);
      }
    }
  }

  /** The head of an import of 16 MB that has come before any other. */
  private Socket sendLargeThatHasRoom() throws IOException {
    Socket[] large = {connect()};
    until(
        "a second body has no room",
        () -> {
          try {
            // The one before was refused if the second has overtaken it.
            large[0].close();
            large[0] = connect();
            send(large[0], IMPORT, own(), JSON, "Content-Length: 16000000");
            return importAnswer(16_000_000) == 503;
          } catch (IOException gone) {
            throw new UncheckedIOException(gone);
          }
        });
    return large[0];
  }

  /** The answer to an import of which no byte is sent; 408: it was admitted and is waited for. */
  private int importAnswer(int length) {
    try (Socket socket = connect()) {
      socket.setSoTimeout(1000);
      send(socket, IMPORT, own(), JSON, "Content-Length: " + length);
      return status(socket);
    } catch (java.net.SocketTimeoutException admitted) {
      return 408;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Handler listener(List<String> lines) {
    return new Handler() {
      @Override
      public void publish(LogRecord line) {
        if (line.getLevel().intValue() >= Level.WARNING.intValue()
            && String.valueOf(line.getLoggerName()).startsWith("io.")) {
          lines.add(line.getLoggerName() + ": " + line.getMessage());
        }
      }

      @Override
      public void flush() {
        // Nothing waits.
      }

      @Override
      public void close() {
        // Nothing is open.
      }
    };
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(address.getHost(), address.getPort());
    socket.setSoTimeout(20_000);
    return socket;
  }

  private String own() {
    return "Host: " + address.getHost() + ":" + address.getPort();
  }

  private static void send(Socket socket, String... lines) throws IOException {
    String head = String.join("\r\n", lines) + "\r\n\r\n";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  private static int status(Socket socket) throws IOException {
    return Integer.parseInt(head(socket).get(0).split(" ")[1]);
  }

  /** The status line and the headers, in lower case. */
  private static List<String> head(Socket socket) throws IOException {
    BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    List<String> head = new ArrayList<>();
    for (String line = reader.readLine(); line != null && !line.isEmpty(); ) {
      head.add(line.toLowerCase(java.util.Locale.ROOT));
      line = reader.readLine();
    }
    assertTrue(!head.isEmpty(), "the connection ended without an answer");
    return head;
  }
}
