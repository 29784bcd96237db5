package org.latentspace.explorer.inlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentspace.explorer.teaching.Pedal;
import org.latentspace.wire.StartMistake;

class InstallationFileTest {
  private static final String RIGHT =
      """
      # The stage.
      teaching:
        - performer: sax
          midi-in: "nanoPAD"
          on: {note: 36, channel: 10}
          does: hold
        - {performer: sax, midi-in: FCB, on: {controller: 64}, does: add, mean-ms: 1500}
      """;

  @TempDir Path folder;

  private List<Pedal> pedals(String text) throws IOException {
    return InstallationFile.pedals(Files.writeString(folder.resolve("installation.yaml"), text));
  }

  @Test
  void readsPedals() throws IOException {
    assertEquals(
        List.of(
            new Pedal("sax", "nanoPAD", true, 36, 10, Pedal.Deed.HOLD, 500),
            new Pedal("sax", "FCB", false, 64, 0, Pedal.Deed.ADD, 1500)),
        pedals(RIGHT));
    assertEquals(List.of(), pedals("# nothing yet\n"));
    assertEquals(List.of(), pedals("teaching:\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "teaching: | teeching: | teeching: no such key: must be one of teaching",
        "does: hold | doez: hold | teaching[0].doez: no such key: must be one of performer, midi-in",
        "does: hold | does: holt | teaching[0].does=\"holt\": must be one of hold, add, undo",
        "does: hold | does: | teaching[0].does=null: must be set",
        "note: 36 | note: 128 | teaching[0].on.note=128: must be 0..127",
        "note: 36 | note: C1 | teaching[0].on.note=\"C1\": must be 0..127",
        "channel: 10 | channel: 0 | teaching[0].on.channel=0: must be 1..16",
        "note: 36 | note: 36, controller: 3 | must be {note: 0..127} or {controller: 0..127}",
        "{note: 36, channel: 10} | 36 | teaching[0].on=36: must be keys and values",
        "performer: sax | performer: sax o phone | teaching[0].performer=\"sax o phone\": must be 1..64",
        "midi-in: \"nanoPAD\" | midi-in: \"\" | teaching[0].midi-in=\"\": must be part of",
        "mean-ms: 1500 | mean-ms: 10001 | teaching[1].mean-ms=10001: must be 0..10000",
        "does: hold | 'does: hold\n    mean-ms: 5' | teaching[0].mean-ms=5: must be only where does",
        "teaching: | 'teaching: {' | is no YAML",
        "does: hold | 'does: hold\n    does: add' | Duplicate field 'does'",
      })
  void stopsTheStartWithOneLineThatSaysWhatIsWrong(String right, String wrong, String saying) {
    StartMistake mistake =
        assertThrows(StartMistake.class, () -> pedals(RIGHT.replaceFirst(quoted(right), wrong)));
    assertTrue(mistake.getMessage().contains(saying), mistake.getMessage());
    assertTrue(mistake.getMessage().contains("installation.yaml"), mistake.getMessage());
    assertFalse(mistake.getMessage().contains("\n"), mistake.getMessage());
  }

  private static String quoted(String text) {
    return Pattern.quote(text);
  }

  @Test
  void noBytesWhateverStopItOtherwise() throws IOException {
    Random random = new Random(23);
    for (int i = 0; i < 2000; i++) {
      StringBuilder text = new StringBuilder(RIGHT);
      for (int hit = 0; hit <= random.nextInt(4); hit++) {
        int at = random.nextInt(text.length());
        text.replace(
            at,
            Math.min(text.length(), at + random.nextInt(6)),
            List.of("{", "[", "&a", "*a", "- ", "\t", "\u0000", ": ", "!!x", "'", "9e99", "\n")
                .get(random.nextInt(12)));
      }
      try {
        pedals(text.toString());
      } catch (StartMistake no) {
        assertFalse(no.getMessage().contains("\n"), no.getMessage());
      }
    }
  }
}
