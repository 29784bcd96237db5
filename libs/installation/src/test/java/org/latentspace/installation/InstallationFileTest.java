package org.latentspace.installation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
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
import org.junit.jupiter.params.provider.ValueSource;
import org.latentspace.installation.Installation.EnsemblePart;
import org.latentspace.installation.Installation.Lead;
import org.latentspace.installation.Installation.RobotPart;
import org.latentspace.installation.Installation.VelocityPart;
import org.latentspace.installation.Installation.VoicePart;
import org.latentspace.wire.StartMistake;

class InstallationFileTest {
  private static final Path EXAMPLE =
      Path.of("").toAbsolutePath().resolve("../../docs/reference/installation-example.yaml");
  private static final Path DEMO =
      Path.of("").toAbsolutePath().resolve("../../robot-sim/demo.yaml");
  @TempDir Path folder;

  private Installation read(String text) throws IOException, InstallationFault {
    return InstallationFile.read(Files.writeString(folder.resolve("installation.yaml"), text));
  }

  private List<String> mistakes(String text) {
    return assertThrows(InstallationFault.class, () -> read(text)).lines();
  }

  private static String replaced(String text, String right, String wrong) {
    assertTrue(text.contains(right), right);
    return text.replaceFirst(Pattern.quote(right), wrong);
  }

  @Test
  void readsTheDocumentedExample() throws Exception {
    Installation example = InstallationFile.read(EXAMPLE);
    assertEquals(List.of("sax", "violin"), example.performers());
    assertEquals(2, example.ensembles().size());
    for (String ensemble : List.of("wood", "metal")) {
      assertEquals(6, example.robots().stream().filter(r -> r.ensemble().equals(ensemble)).count());
    }
    EnsemblePart metal = example.ensembles().get(1);
    assertEquals(Lead.MEAN, metal.lead());
    assertEquals(0.2, metal.shuffle().getAsDouble());
    assertEquals(2, metal.division().getAsInt());
    assertTrue(metal.nudgeMs().isEmpty());
    assertEquals(List.of("left", "right", "take"), List.copyOf(example.ports().keySet()));
    RobotPart kick = example.robots().get(0);
    assertEquals(List.of("left", "take"), kick.ports());
    assertEquals(60, kick.duty().strokes());
    assertEquals(20, kick.gateMs().getAsDouble());
    RobotPart snare = example.robots().get(1);
    assertEquals(List.of(38, 37), snare.voices().stream().map(VoicePart::note).toList());
    assertEquals(18, snare.voices().get(0).latencyMs(100));
    assertNull(snare.duty());
    assertTrue(example.robots().get(5).mute());
    assertEquals(9, example.controls().size());
    assertEquals(List.of(0.0, 0.0, -1.0), example.senses().get("pose").low());
    assertEquals(List.of(0.0), example.senses().get("breath").low());
    assertEquals(List.of(127.0), example.senses().get("breath").high());
  }

  @Test
  void latencyLiesOnTheLineBetweenItsPoints() throws Exception {
    VoicePart kick = InstallationFile.read(EXAMPLE).robots().get(0).voices().get(0);
    assertEquals(42, kick.latencyMs(1));
    assertEquals(42 - 11 * 31 / 63.0, kick.latencyMs(32), 1e-9);
    assertEquals(31, kick.latencyMs(64));
    assertEquals(24, kick.latencyMs(127));
    VoicePart middle = new VoicePart("x", 1, List.of(new Installation.LatencyPoint(60, 7)));
    assertEquals(7, middle.latencyMs(1));
    assertEquals(7, middle.latencyMs(127));
  }

  @Test
  void theDemoHasTwoPerformersAndTwoEnsemblesOfSixRobots() throws Exception {
    Installation demo = InstallationFile.read(DEMO);
    assertEquals(List.of("sax", "violin"), demo.performers());
    assertEquals(List.of("sax", "violin"), demo.ensembles().stream().map(e -> e.leader()).toList());
    for (String ensemble : List.of("wood", "metal")) {
      assertEquals(6, demo.robots().stream().filter(r -> r.ensemble().equals(ensemble)).count());
    }
  }

  @Test
  void velocityBecomesTheMessagesBetweenItsEnds() {
    VelocityPart curve = new VelocityPart(30, 120, 2);
    assertEquals(30, curve.of(0));
    assertEquals(53, curve.of(0.5f));
    assertEquals(120, curve.of(1));
  }

  @Test
  void whatIsLeftOutIsAsWithoutAFile() throws Exception {
    Installation one = read("robots:\n  kick: {voices: [kick], note: 36}\n");
    RobotPart kick = one.robots().get(0);
    assertEquals("", kick.ensemble());
    assertEquals(List.of(), kick.ports());
    assertEquals(10, kick.channel());
    assertEquals(new VelocityPart(1, 127, 1), kick.velocity());
    assertEquals(0, kick.minIntervalMs());
    assertEquals(0, kick.voices().get(0).latencyMs(64));
    EnsemblePart plain = read("ensembles:\n  wood:\n").ensembles().get(0);
    assertEquals(Lead.LATEST, plain.lead());
    assertEquals("", plain.takeOver());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "performers: [sax, violin] | performers: [sax, s x] | performers[1]=\"s x\": must be 1..64",
        "performers: [sax, violin] | performers: [sax, sax] | performers[1]=\"sax\": must be there"
            + " once",
        "performers: [sax] | performers: [sex] | ensembles.wood.performers[0]=\"sex\": must be one"
            + " of sax",
        "lead: mean | lead: meen | ensembles.metal.lead=\"meen\": must be latest, mean, or one of",
        "take-over: bar | take-over: ber | ensembles.wood.take-over=\"ber\": must be one of cell,"
            + " beat, bar",
        "shuffle: 0.2 | shuffle: 2 | ensembles.metal.shuffle=2: must be 0..1",
        "nudge-ms: 0 | nudge-ms: 501 | ensembles.wood.nudge-ms=501: must be -500..500",
        "division: 2 | division: 3 | ensembles.metal.division=3: must be one of 1, 2, 4",
        "'  metal: ' | '  me.tal: ' | ensembles=\"me.tal\": must be 1..64 characters",
        "left: \"midi:UM-ONE\" | left: UM-ONE | ports.left=\"UM-ONE\": must be an address such as"
            + " midi:NAME",
        "midi:Fireface | midi:UM-ONE | ports.right=\"midi:UM-ONE\": must be another address than"
            + " ports.left",
        "ensemble: wood | ensemble: wod | robots.wood-kick.ensemble=\"wod\": must be one of wood,"
            + " metal",
        "ensemble: wood | prioriti: 1 | robots.wood-kick.prioriti: no such key",
        "ensemble: wood | priority: 1 | Duplicate field 'priority'",
        "voices: [kick] | voices: [] | robots.wood-kick.voices=[]: must be a list of voices",
        "voices: [kick] | voices: [kick, kick] | robots.wood-kick.voices[1]=\"kick\": must be there"
            + " once",
        "ports: [left, take] | ports: [loft] | robots.wood-kick.ports[0]=\"loft\": must be one of"
            + " left",
        "note: 36 | note: 128 | robots.wood-kick.note=128: must be 0..127",
        "snare: 38, rim: 37 | snare: 38 | robots.wood-snare.note.rim is missing: must be 0..127",
        "snare: 38, rim | snare: 38, ram: 1, rim | robots.wood-snare.note.ram: no such key: must be"
            + " one",
        "[1, 42] | [1] | robots.wood-kick.latency-ms[0]=[1]: must be [velocity, milliseconds]",
        "[64, 31] | [64, 501] | robots.wood-kick.latency-ms[1][1]=501: must be 0..500",
        "[127, 24] | [64, 24] | robots.wood-kick.latency-ms[2][0]=64: must be 65..127",
        "max: 127 | max: 20 | robots.wood-kick.velocity.max=20: must be 30..127",
        "curve: 0.8 | curve: 0 | robots.wood-kick.velocity.curve=0: must be 0.1..10",
        "min-interval-ms: 90 | min-interval-ms: x | robots.wood-kick.min-interval-ms=\"x\": must be"
            + " 0..1000",
        "strokes: 60, | '' | robots.wood-kick.duty.strokes is missing: must be 1..4096",
        "gate-ms: 20 | gate-ms: 0 | robots.wood-kick.gate-ms=0: must be 1..2000",
        "mute: true | mute: 1 | robots.wood-double.mute=1: must be true or false",
        "high: [640, 480, 1] | high: [640, 480] | senses.pose.high=[640,480]: must be as many as low",
        "high: [640, 480, 1] | high: [640, 480, -1] | senses.pose.high=[640,480,-1]: must be as many",
        "high: 127 | high: -1 | senses.breath.high=-1: must be as many as low, each above its low",
        "high: 127 | high: x | senses.breath.high=\"x\": must be",
        "high: 127 | hihg: 127 | senses.breath.hihg: no such key: must be one of low, high",
        "performer: violin, midi-in: FCB | performer: cello, midi-in: FCB |"
            + " controls[1].performer=\"cello\": must be one of sax",
      })
  void aMistakeInTheInstallationIsOneLineThatSaysWhatIsRight(
      String right, String wrong, String saying) throws Exception {
    String all = String.join("\n", mistakes(replaced(Files.readString(EXAMPLE), right, wrong)));
    assertTrue(all.contains("installation.yaml: " + saying) || all.contains("Duplicate"), all);
    assertTrue(all.contains(saying), all);
  }

  @Test
  void allMistakesAreToldAtOnceUpToTenLines() throws Exception {
    List<String> two =
        mistakes(
            replaced(
                replaced(Files.readString(EXAMPLE), "note: 36", "note: 136"),
                "priority: 8",
                "priority: 800"));
    assertEquals(2, two.size(), two.toString());
    StringBuilder many = new StringBuilder("robots:\n");
    for (int i = 0; i < 8; i++) {
      many.append("  r").append(i).append(": {voices: [kick], note: -1, channel: 17}\n");
    }
    List<String> ten = mistakes(many.toString());
    assertEquals(10, ten.size(), ten.toString());
    assertTrue(ten.get(9).endsWith("installation.yaml: and 7 mistakes more"), ten.get(9));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nowhere.yaml", ".", "\0"})
  void aFileThatIsNamedMustBeThere(String file) {
    InstallationConfig config = () -> file;
    StartMistake mistake = assertThrows(StartMistake.class, () -> InstallationFile.atStart(config));
    assertTrue(mistake.getMessage().startsWith("installation.file="), mistake.getMessage());
  }

  @Test
  void theDefaultFileNeedNotBeThere() {
    assertEquals(Installation.NONE, InstallationFile.atStart(() -> InstallationConfig.FILE));
  }

  @Test
  void noBytesWhateverDoAnythingElse() throws Exception {
    Random random = new Random(23);
    String[] rights = {ControlReaderTest.CONTROLS, Files.readString(EXAMPLE)};
    for (int i = 0; i < 4000; i++) {
      StringBuilder text = new StringBuilder(rights[i % 2]);
      for (int hit = 0; hit <= random.nextInt(4); hit++) {
        int at = random.nextInt(text.length());
        text.replace(
            at,
            Math.min(text.length(), at + random.nextInt(6)),
            List.of("{", "[", "&a", "*a", "- ", "\t", "\u0000", ": ", "!!x", "'", "9e99", "\n")
                .get(random.nextInt(12)));
      }
      try {
        read(text.toString());
      } catch (InstallationFault no) {
        assertTrue(no.lines().size() <= 10, no.getMessage());
        assertFalse(no.getMessage().isBlank());
      }
    }
  }
}
