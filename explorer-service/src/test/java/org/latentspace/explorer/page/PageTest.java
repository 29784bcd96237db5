package org.latentspace.explorer.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.wire.Until.until;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page with one performer, or more, before one ensemble. */
class PageTest extends BrowserTest {
  private static final String TEMPO = "document.getElementById('tempo')";

  /** Presses or lets go in the middle of an element. */
  private static void mouse(String type, String selector) {
    JsonNode at =
        browser.see(
            "(() => { const e = document.querySelector('"
                + selector
                + "'); e.scrollIntoView({block: 'center'}); const b = e.getBoundingClientRect();"
                + " return [b.x + b.width / 2, b.y + b.height / 2]; })()");
    browser.call(
        "Input.dispatchMouseEvent",
        Map.of(
            "type",
            type,
            "x",
            at.get(0).asDouble(),
            "y",
            at.get(1).asDouble(),
            "button",
            "left",
            "buttons",
            type.equals("mousePressed") ? 1 : 0,
            "clickCount",
            1));
  }

  @ParameterizedTest
  @ValueSource(ints = {820, 1280})
  void nothingMovesAndNothingIsReadOutWhilePerformersPlay(int width) {
    server.performers = List.of("ann", "bob");
    open(width);
    String bar = text("#song").substring(0, 5);
    until("the song goes on", () -> !text("#song").startsWith(bar));
    double shift = browser.see("shift").asDouble();
    assertTrue(shift < 0.02, "layout shift " + shift + ": " + browser.see("moved"));
    JsonNode spoken = browser.see("spoken");
    assertTrue(spoken.size() <= 2, spoken.size() + " times: " + spoken);
  }

  @Test
  void aLostConnectionIsSeenAndNothingCanBeDoneUntilItIsBack() {
    open(1280);
    assertEquals("playing", part("state"));
    server.stalled = true;
    until("it is seen", () -> part("state").equals("no connection"));
    assertTrue(text("#status").startsWith("no connection to explorer-service"));
    assertTrue(
        browser
            .see("['performers', 'transport'].every((id) => document.getElementById(id).inert)")
            .asBoolean());
    assertEquals(
        "0.45",
        browser.see("getComputedStyle(document.querySelector('.rhythm')).opacity").asText());
    server.stalled = false;
    until("it is back", () -> part("state").equals("playing"));
    assertFalse(browser.see("document.getElementById('performers').inert").asBoolean());
  }

  @Test
  void aHoldIsThePagesOwnAndOneThatIsRefusedDoesNotListen() throws Exception {
    server.answers.put("BeginPair", "409 a pair of performer ann is being held by the pedal on X");
    open(1280);
    mouse("mousePressed", "[data-is=hold]");
    String holder = called("BeginPair").get("holder").asText();
    assertTrue(holder.length() >= 16 && server.page.equals("page=" + holder), server.page);
    until("it is said", () -> part("remark").endsWith("is being held by the pedal on X"));
    assertEquals("Hold while you play", part("hold"));
    mouse("mouseReleased", "[data-is=hold]");
    server.holder = "the pedal on X";
    until("others' holds are seen", () -> part("doing").startsWith("the pedal on X holds a pair"));
    server.holder = "";
    server.answers.put("BeginPair", "{}");
    server.answers.put("EndPair", "{\"pair\":\"01m8fs64239gz6wxav14wx4rwx\",\"frames\":536}");
    server.answers.put("ListPairs", PageServer.ONE_PAIR.formatted("0.1"));
    mouse("mousePressed", "[data-is=hold]");
    called("BeginPair");
    server.holder = "a page on 127.0.0.1";
    until("it listens", () -> part("hold").startsWith("Listening"));
    mouse("mouseReleased", "[data-is=hold]");
    JsonNode end = called("EndPair");
    assertEquals(holder, end.get("holder").asText());
    assertFalse(end.get("discard").asBoolean());
    until("it is said", () -> part("remark").equals("taught pair 1 from 536 frames"));
  }

  @Test
  void afterAFitInModeSelectTheSoundLeads() throws Exception {
    server.mode = "MODE_SELECT";
    server.answers.put(
        "Fit", "{\"state\":\"FIT_STATE_DONE\",\"version\":" + PageServer.FITTED + "}");
    open(1280);
    server.calls.clear();
    browser.click("[data-is=fit]");
    JsonNode settings = called("SetSettings");
    assertEquals("ann", settings.get("performer").asText());
    assertEquals("MODE_PREDICT", settings.get("mode").asText());
    until("it is said", () -> part("remark").endsWith("the sound moves the point now"));
  }

  @Test
  void editsAndDeletesSaySoAndErrorsOfAnOldFitDoNotStand() throws Exception {
    server.answers.put("ListPairs", PageServer.ONE_PAIR.formatted("0.001"));
    server.answers.put(
        "ListMappings", "{\"mappings\":[" + PageServer.FITTED + "],\"playing\":\"v1\"}");
    open(1280);
    until("the pair is there", () -> text(".pairs td:nth-child(6)").equals("0.001"));
    assertEquals("1 pair", part("taught"));
    server.answers.put("ListPairs", PageServer.ONE_PAIR.formatted("0.3"));
    browser.click(".pairs td:last-child button:nth-child(2)");
    assertEquals("01m8fs64239gz6wxav14wx4rwx", called("EditPair").get("pair").asText());
    until("it is said", () -> part("remark").equals("pair 1 means where the hand is now"));
    assertEquals("0.300", text(".pairs td:nth-child(6)"));
    assertEquals("1 pair, changed since the fit: fit again", part("taught"));
    browser.click(".pairs td:last-child button:nth-child(3)");
    called("DeletePair");
    until("it is said", () -> part("remark").equals("deleted pair 1; Undo brings it back"));
    server.answers.put("Undo", "{\"change\":\"brought back the pair 01m8fs64239gz6wxav14wx4rwx\"}");
    browser.click("[data-is=undo]");
    until("it is said", () -> part("remark").equals("brought back pair 1"));
  }

  @Test
  void theTransportIsStartedStoppedTappedAndSilenced() throws Exception {
    server.answers.put("SetTransport", "{\"bpm\":120,\"playing\":false}");
    server.answers.put("Panic", "503 vae-service at 127.0.0.1:1 does not answer: UNAVAILABLE");
    open(820);
    until("the tempo is there", () -> browser.see(TEMPO + ".value").asText().equals("120"));
    assertTrue(text("#song").contains("7 not struck"), text("#song"));
    browser.click("#stop");
    assertFalse(called("SetTransport").get("playing").asBoolean());
    browser.click("#start");
    assertTrue(called("SetTransport").get("playing").asBoolean());
    browser.see(TEMPO + ".value = '96.5'; " + TEMPO + ".dispatchEvent(new Event('change'))");
    assertEquals(96.5, called("SetTransport").get("bpm").asDouble());
    server.calls.clear();
    browser.see(TEMPO + ".value = '999'; " + TEMPO + ".dispatchEvent(new Event('change'))");
    until("it is said", () -> text("#notice").startsWith("tempo must be 20..300"));
    browser.click("#panic");
    called("Panic");
    until("it is said", () -> text("#notice").startsWith("vae-service at 127.0.0.1:1 does not"));
    browser.click("#tap");
    browser.click("#tap");
    assertTrue(called("SetTransport").get("bpm").asDouble() > 20);
  }

  @Test
  void theSlidersSayWhoMovesThem() {
    open(1280);
    String noise = "document.querySelector('[data-is=noise]')";
    assertTrue(browser.see(noise + ".disabled").asBoolean());
    assertEquals("0.06", part("noise-value"), "the mapping's, not the hand's");
    assertTrue(part("mover").startsWith("The mapping moves noise and glide"));
    server.mode = "MODE_SELECT";
    until("the hand moves them", () -> !browser.see(noise + ".disabled").asBoolean());
    assertEquals("1.50", part("noise-value"));
    assertEquals("The hand moves noise and glide.", part("mover"));
  }

  @Test
  void whatIsMissingIsSaidInsteadOfListening() {
    server.performers = List.of();
    server.missing = "eve: device: this machine has no sound input; plug one in";
    browser.open(server.address(), 820, COUNT);
    until("it is said", () -> text("#status").equals(server.missing));
    assertEquals(server.missing, text("#empty"));
    assertEquals("bad", browser.see("document.getElementById('status').dataset.state").asText());
  }
}
