package org.latentspace.explorer.page;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.wire.Until.until;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, against made events. Skipped where there is no Chromium. */
@Timeout(value = 100, unit = TimeUnit.SECONDS)
abstract class BrowserTest {
  /** Sums the layout's shifts and counts the changes in live regions, from the beginning on. */
  static final String COUNT =
      """
      window.shift = 0;
      window.moved = [];
      window.spoken = [];
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          if (entry.hadRecentInput) continue;
          shift += entry.value;
          for (const { node } of entry.sources) moved.push(node?.id || node?.className || '?');
        }
      }).observe({type: 'layout-shift', buffered: true});
      document.addEventListener('DOMContentLoaded', () => {
        const live = 'output, [role=status], [role=alert], [role=log], [aria-live]';
        new MutationObserver((all) => {
          for (const one of all) {
            const at = one.target.nodeType === 1 ? one.target : one.target.parentElement;
            if (at && at.closest(live)) spoken.push(at.closest(live).textContent);
          }
        }).observe(document.body, {subtree: true, childList: true, characterData: true});
      });
      """;

  @TempDir static Path profile;
  static Chromium browser;

  PageServer server;

  @BeforeAll
  static void start() throws Exception {
    Optional<String> program = Chromium.program();
    if (program.isEmpty()) {
      System.out.println("The page's tests are skipped: there is no chromium on the PATH");
    }
    Assumptions.assumeTrue(program.isPresent());
    browser = new Chromium(program.get(), profile);
  }

  @AfterAll
  static void quit() throws Exception {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void serve() throws Exception {
    server = new PageServer();
  }

  @AfterEach
  void end() {
    browser.call("Page.navigate", Map.of("url", "about:blank"));
    server.close();
  }

  void open(int width) {
    browser.open(server.address(), width, COUNT);
    until("all cards are there", () -> cards() == server.performers.size());
    until("the rhythm is there", () -> part("drummed").contains("3 strokes"));
  }

  private static int cards() {
    return browser.see("document.querySelectorAll('.performer').length").asInt();
  }

  static String text(String selector) {
    return browser.text(selector);
  }

  static String part(String name) {
    return text("[data-is=" + name + "]");
  }

  /** Waits for the next call of this name. */
  JsonNode called(String name) throws Exception {
    for (; ; ) {
      PageServer.Call call = server.calls.poll(30, TimeUnit.SECONDS);
      assertTrue(call != null, "the page has not called " + name);
      if (call.name().equals(name)) {
        return call.body();
      }
    }
  }
}
