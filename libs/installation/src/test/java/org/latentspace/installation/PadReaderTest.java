package org.latentspace.installation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentspace.installation.Installation.PadPart;

class PadReaderTest {
  private static final String PADS =
      """
      performers: [ann]
      ensembles: {wood: }
      pads:
        - {midi-in: TD-11, performer: ann, ensemble: wood, channel: 10, latency-ms: 4.5,
           notes: {36: kick, 60: wood-block}}
        - {midi-in: SPD, performer: ann}
      """;

  @TempDir Path folder;

  private Installation read(String text) throws IOException, InstallationFault {
    return InstallationFile.read(Files.writeString(folder.resolve("installation.yaml"), text));
  }

  @Test
  void readsPads() throws Exception {
    assertEquals(
        List.of(
            new PadPart("TD-11", "ann", "wood", 10, 4.5, Map.of(36, "kick", 60, "wood-block")),
            new PadPart("SPD", "ann", "", 0, 0, Map.of())),
        read(PADS).pads());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "midi-in: SPD | midi-inn: SPD | pads[1].midi-inn: no such key: must be one of midi-in",
        "midi-in: SPD, | | pads[1].midi-in is missing: must be set",
        "performer: ann} | performer: bob} | pads[1].performer=\"bob\": must be one of ann",
        "ensemble: wood | ensemble: tin | pads[0].ensemble=\"tin\": must be one of wood",
        "channel: 10 | channel: 17 | pads[0].channel=17: must be 1..16",
        "latency-ms: 4.5 | latency-ms: 501 | pads[0].latency-ms=501: must be 0..500",
        "36: kick | 128: kick | pads[0].notes.128=\"kick\": must be at a note 0..127",
        "36: kick | 36: k k | pads[0].notes.36=\"k k\": must be a voice",
      })
  void whatIsWrongIsNamedWithItsPlaceAndWhatWouldBeRight(String right, String wrong, String line) {
    String text = PADS.replace(right, wrong == null ? "" : wrong);
    List<String> lines = assertThrows(InstallationFault.class, () -> read(text)).lines();
    assertTrue(lines.get(0).contains(line), lines.toString());
  }
}
