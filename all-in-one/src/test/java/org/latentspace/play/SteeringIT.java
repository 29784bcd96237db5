package org.latentspace.play;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A mapping of 16 outputs steers twelve MIDI controllers besides the rhythm, offline. */
@Timeout(120)
class SteeringIT {
  private static final int OUTPUTS = 16;
  private static final int FURTHER = 12;
  private static final int FIRST_NUMBER = 20;

  @TempDir private Path folder;

  @Test
  void everyFurtherOutputArrivesInTheFileAsItsControllerTheSameEachTime() throws Exception {
    Files.writeString(folder.resolve("wide.json"), mapping());
    Path home = folder.resolve("set/performers").resolve(hex("performer"));
    Files.createDirectories(home);
    Files.writeString(home.resolve("settings.json"), routes());
    byte[] first = run("one");
    assertArrayEquals(first, run("two"));
    Map<Integer, Integer> last = lastValues(folder.resolve("one.mid"));
    assertEquals(FURTHER, last.size(), "controllers: " + last);
    List<String> rows = Files.readAllLines(folder.resolve("one.csv"));
    String[] cells = rows.get(rows.size() - 1).split(",");
    for (int i = 0; i < FURTHER; i++) {
      // Time, sequence and performer, then the vector; further output i is its entry 4 + i.
      double heard = Double.parseDouble(cells[3 + (4 + i) % 10]);
      assertEquals(127 * heard, last.get(FIRST_NUMBER + i), 0.51, "controller of " + i);
    }
  }

  private byte[] run(String name) throws Exception {
    new Play(folder)
        .succeed(
            "--offline",
            "--seconds",
            "6",
            "--mapping",
            "wide.json",
            "--output",
            name + ".mid",
            "--record",
            name + ".csv",
            "--set",
            "explorer-service.data-dir=" + folder.resolve("set"),
            "--set",
            "kept.dir=" + folder.resolve("kept"),
            "--port",
            Play.port());
    return Files.readAllBytes(folder.resolve(name + ".mid"));
  }

  private static Map<Integer, Integer> lastValues(Path file) throws Exception {
    Map<Integer, Integer> values = new TreeMap<>();
    int changes = 0;
    Track track = MidiSystem.getSequence(file.toFile()).getTracks()[0];
    for (int i = 0; i < track.size(); i++) {
      if (track.get(i).getMessage() instanceof ShortMessage message
          && message.getCommand() == ShortMessage.CONTROL_CHANGE) {
        assertEquals(1, message.getChannel());
        Integer before = values.put(message.getData1(), message.getData2());
        assertTrue(before == null || before != message.getData2(), "only when it changes");
        changes++;
      }
    }
    assertTrue(changes > 3 * FURTHER, "changes: " + changes);
    return values;
  }

  /** Each output is an entry of the vector, as it is. */
  private static String mapping() {
    StringBuilder text =
        new StringBuilder("{\"layers\":[{\"activation\":0,\"cols\":16,\"rows\":10,");
    text.append("\"biases\":[0").append(",0".repeat(OUTPUTS - 1)).append("],\"weights\":[");
    for (int in = 0; in < 10; in++) {
      text.append(in == 0 ? "[" : ",[");
      for (int out = 0; out < OUTPUTS; out++) {
        text.append(out == 0 ? "" : ",").append(out % 10 == in ? 1 : 0);
      }
      text.append(']');
    }
    return text.append("]}]}").toString();
  }

  private static String routes() {
    StringBuilder text = new StringBuilder("{\"routes\":{\"routes\":[");
    for (int i = 0; i < FURTHER; i++) {
      text.append(i == 0 ? "" : ",").append("{\"name\":\"further-").append(i);
      text.append("\",\"destination\":\"midi-cc:2:").append(FIRST_NUMBER + i);
      text.append("\",\"max\":127}");
    }
    return text.append("]}}").toString();
  }

  private static String hex(String name) {
    return HexFormat.of().formatHex(name.getBytes(StandardCharsets.UTF_8));
  }
}
