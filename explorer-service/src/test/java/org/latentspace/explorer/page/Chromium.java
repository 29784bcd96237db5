package org.latentspace.explorer.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.latentspace.wire.Program;

/** A headless Chromium with one page, steered by the DevTools protocol. */
final class Chromium implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PATIENCE_S = 30;
  private static final String LISTENS = "DevTools listening on ";

  private final Process process;
  private final WebSocket socket;
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private int calls;
  private String scripted = "";

  /** The program, if this machine has it. */
  static Optional<String> program() {
    return Program.find("chromium", "chromium-browser", "google-chrome");
  }

  /**
   * Starts it.
   *
   * @param profile an empty folder
   */
  Chromium(String program, Path profile) throws Exception {
    process =
        new ProcessBuilder(
                List.of(
                    program,
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--disable-dev-shm-usage",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--remote-debugging-port=0",
                    "--user-data-dir=" + profile,
                    "about:blank"))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    HttpClient http = HttpClient.newHttpClient();
    URI list = URI.create("http://" + URI.create(browser()).getAuthority() + "/json/list");
    String pages =
        http.send(HttpRequest.newBuilder(list).build(), HttpResponse.BodyHandlers.ofString())
            .body();
    String page = "";
    for (JsonNode target : JSON.readTree(pages)) {
      page = target.get("type").asText().equals("page") ? address(target) : page;
    }
    socket =
        http.newWebSocketBuilder()
            .buildAsync(URI.create(page), new Answers())
            .get(PATIENCE_S, TimeUnit.SECONDS);
    call("Page.enable", Map.of());
  }

  private static String address(JsonNode target) {
    return target.get("webSocketDebuggerUrl").asText();
  }

  private String browser() throws Exception {
    BufferedReader said =
        new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
    CompletableFuture<String> address = new CompletableFuture<>();
    Thread reader =
        new Thread(
            () -> {
              // Reads on to the end, so that the browser never waits for who reads.
              try {
                for (String line = said.readLine(); line != null; line = said.readLine()) {
                  if (line.startsWith(LISTENS)) {
                    address.complete(line.substring(LISTENS.length()));
                  }
                }
              } catch (IOException ended) {
                // It has ended.
              }
              address.completeExceptionally(new IOException("it has ended without a word"));
            },
            "chromium-says");
    reader.setDaemon(true);
    reader.start();
    return address.get(PATIENCE_S, TimeUnit.SECONDS);
  }

  private final class Answers implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        try {
          JsonNode answer = JSON.readTree(text.toString());
          CompletableFuture<JsonNode> waits =
              answer.has("id") ? answers.remove(answer.get("id").asInt()) : null;
          if (waits != null) {
            waits.complete(answer);
          }
        } catch (IOException e) {
          throw new AssertionError(e);
        }
        text.setLength(0);
      }
      from.request(1);
      return null;
    }
  }

  /** Calls a method of the protocol and waits for its result. */
  synchronized JsonNode call(String method, Map<String, ?> parameters) {
    int id = ++calls;
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(id, answer);
    ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
    message.set("params", JSON.valueToTree(parameters));
    socket.sendText(message.toString(), true);
    try {
      JsonNode came = answer.get(PATIENCE_S, TimeUnit.SECONDS);
      if (came.has("error")) {
        throw new AssertionError(method + ": " + came.get("error"));
      }
      return came.get("result");
    } catch (Exception e) {
      throw new AssertionError(method, e);
    }
  }

  /** Opens a page in a window of this width; the script runs before the page's own. */
  void open(String address, int width, String script) {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 1180, "deviceScaleFactor", 1, "mobile", false));
    if (!scripted.isEmpty()) {
      call("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", scripted));
    }
    scripted =
        call("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script))
            .get("identifier")
            .asText();
    call("Page.navigate", Map.of("url", address));
  }

  /** What an expression is in the page; of a promise, what it becomes. */
  JsonNode see(String expression) {
    JsonNode result =
        call(
            "Runtime.evaluate",
            Map.of(
                "expression",
                expression,
                "awaitPromise",
                true,
                "returnByValue",
                true,
                "userGesture",
                true));
    if (result.has("exceptionDetails")) {
      throw new AssertionError(expression + ": " + result.get("exceptionDetails"));
    }
    return result.get("result").path("value");
  }

  String text(String selector) {
    return see("document.querySelector('" + selector + "')?.textContent ?? ''").asText();
  }

  void click(String selector) {
    see("document.querySelector('" + selector + "').click()");
  }

  @Override
  public void close() throws InterruptedException {
    socket.abort();
    process.destroy();
    if (!process.waitFor(5, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
    }
  }
}
