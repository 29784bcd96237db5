package org.latentspace.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlayOptionsTest {
  private final PlayOptions options =
      new PlayOptions("--port quarkus.http.port\n--bpm midi-gateway.bpm\n--set kept.dir\n");

  @ParameterizedTest
  @CsvSource({
    "quarkus.http.port=8080: is in use, --port 8080: is in use (quarkus.http.port)",
    "midi-gateway.bpm=a=b: must be 20..300, --bpm a=b: must be 20..300 (midi-gateway.bpm)",
    "kept.dir=x: is in use, --set kept.dir=x: is in use",
    "midi-gateway.bpm-more=1: is not known, midi-gateway.bpm-more=1: is not known",
    "vae-service.seed=x: must be a number, vae-service.seed=x: must be a number"
  })
  void aMistakeIsToldByTheOptionThatWasTyped(String line, String told) {
    StartMistake mistake = new StartMistake(line, options);
    assertEquals(told, mistake.getMessage());
    assertEquals(told, mistake.getCause().getMessage());
  }

  @Test
  void whatWasGivenWithSetIsKnown() {
    assertEquals(List.of("kept.dir"), options.set());
    assertEquals(List.of(), new PlayOptions("").set());
  }
}
