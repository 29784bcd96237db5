package org.latentspace.explorer.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.wire.Until.until;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who leads whom, on the page. */
class EnsemblesTest extends BrowserTest {
  private static final String LEADS =
      "[...document.querySelectorAll('[data-is=lead]')].map((lead) => lead.textContent)";

  @Test
  void itIsSeenWhoLeadsAndOnlyTheLeadersPointGlides() {
    server.performers = List.of("ann", "bob");
    server.leader = "bob";
    open(1280);
    assertEquals("bob leads: built-in, 3 strokes in 1 bar", part("drummed"));
    assertEquals("follows", text(".performer:nth-of-type(1) [data-is=lead]"));
    assertEquals("leads", text(".performer:nth-of-type(2) [data-is=lead]"));
    assertEquals(
        "The ensemble plays bob's rhythm, not this point's.",
        text(".performer:nth-of-type(1) [data-is=led]"));
    assertEquals("", text(".performer:nth-of-type(2) [data-is=led]"));
    String glides =
        "[...document.querySelectorAll('[data-is=glide]')].map((g) => g.style.visibility)";
    assertEquals("[\"hidden\",\"visible\"]", browser.see(glides).toString());
  }

  @Test
  void everyEnsembleShowsItsOwnRhythmAndIsMutedByItself() throws Exception {
    server.performers = List.of("ann", "bob");
    server.ensembles = List.of("wood", "metal");
    open(1280);
    assertEquals("metal", text(".rhythm:nth-of-type(2) [data-is=name]"));
    String second = ".rhythm:nth-of-type(2) [data-is=drummed]";
    until("bob leads it", () -> text(second).startsWith("bob leads: built-in, 3 strokes"));
    assertTrue(part("drummed").startsWith("ann leads: built-in, 3 strokes"), part("drummed"));
    assertEquals("[\"leads\",\"leads\"]", browser.see(LEADS).toString());
    browser.click(".rhythm:nth-of-type(2) [data-is=mute]");
    JsonNode muted = called("SetTransport");
    assertEquals("metal", muted.get("ensemble").asText());
    assertTrue(muted.get("mute").asBoolean());
  }

  @Test
  void theSquareLiesOnAMapOfTheLatentSpace() throws Exception {
    String cell =
        "{\"strokes\":3,\"density\":%s,\"novelty\":0.25,\"nearest\":\"bar-7\",\"voice\":\"kick\"}";
    String cells =
        cell.formatted(0) + "," + String.join(",", Collections.nCopies(3, cell.formatted(1)));
    server.answers.put("Map", "{\"side\":2,\"unique\":2,\"cells\":[" + cells + "]}");
    open(1280);
    assertEquals(32, called("Map").get("side").asInt());
    until(
        "it is told", () -> part("under").equals("3 strokes, most of kick; 25 % away from bar-7"));
    String colour =
        "(() => { const c = document.querySelector('[data-is=square]');"
            + " return [...c.getContext('2d').getImageData(c.width * 0.85, c.height * 0.3, 1, 1).data]"
            + ".join(); })()";
    String density = browser.see(colour).asText();
    choose("voice");
    until("each voice has its colour", () -> !browser.see(colour).asText().equals(density));
    assertEquals("kick", part("voices"));
    choose("");
    until("nothing is told", () -> part("under").isEmpty() && part("voices").isEmpty());
  }

  private static void choose(String layer) {
    browser.see(
        "(() => { const layer = document.querySelector('[data-is=layer]'); layer.value = '"
            + layer
            + "'; layer.dispatchEvent(new Event('change')); })()");
  }

  @Test
  void robotsAndPortsAreListedAndARobotIsMuted() throws Exception {
    server.answers.put(
        "ListRobots",
        "{\"robots\":[{\"robot\":\"wood-kick\",\"ensemble\":\"wood\",\"strokes\":\"12\",\"tooClose\":\"3\","
            + "\"overDuty\":\"0\",\"muted\":\"0\",\"mute\":false,\"solo\":false,\"silent\":false,"
            + "\"calibrations\":[]}]}");
    server.answers.put(
        "ListPorts",
        "{\"ports\":[{\"address\":\"midi:UM-ONE\",\"strokes\":\"12\",\"dropped\":\"2\",\"hung\":\"0\","
            + "\"status\":\"absent\",\"mostAtOnce\":1,\"smearMs\":0}]}");
    open(1280);
    browser.click("#robots summary");
    until("they are there", () -> text("#robots-rows tr").startsWith("wood-kickwood1230"));
    assertEquals("midi:UM-ONE122absent", text("#ports-rows tr"));
    browser.click("#robots-rows [aria-label=\"Mute wood-kick\"]");
    JsonNode wanted = called("SetRobot");
    assertEquals("wood-kick", wanted.get("robot").asText());
    assertTrue(wanted.get("mute").asBoolean());
  }
}
