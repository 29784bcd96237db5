package org.latentspace.explorer.outlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.wire.Until.until;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentspace.explorer.Pairs;
import org.latentspace.explorer.heard.Frame;
import org.latentspace.explorer.heard.Gesture;
import org.latentspace.explorer.mapping.Motion;
import org.latentspace.explorer.project.ProjectPart;
import org.latentspace.explorer.project.Projects;
import org.latentspace.explorer.teaching.Meaning;
import org.latentspace.explorer.teaching.Pair;
import org.latentspace.explorer.teaching.Refusal;
import org.latentspace.proto.TrainingPair;

/** Projects of real pairs on a real disk. */
class ProjectsTest extends PairDesk {
  private static final Instant NOW = Instant.parse("2026-11-22T22:00:00Z");
  private static final long FUZZ_NANOS = 5_000_000_000L;

  private PairOutlet outlet;
  private Projects projects;

  @BeforeEach
  void begin() {
    outlet = begin(folder.resolve("pairs"), ROOM);
    projects = new Projects(List.of(new PairsPart(book, outlet)));
  }

  private static Pair pair(Random random, String performer, String name, int senses) {
    float[] vector = new float[10 + senses];
    float[] raw = new float[vector.length];
    List<String> names = new ArrayList<>(Frame.FEATURE_NAMES);
    for (int i = 0; i < vector.length; i++) {
      vector[i] = random.nextFloat();
      raw[i] = Float.intBitsToFloat(random.nextInt(0x7f800000)) * (random.nextBoolean() ? 1 : -1);
      if (i >= 10) {
        names.add("pose." + (i - 9));
      }
    }
    Meaning meaning =
        Meaning.of(
            new float[] {random.nextFloat(), random.nextFloat(), 2 * random.nextFloat(), 1234.5f},
            new float[] {random.nextFloat()},
            List.of("light"),
            random.nextBoolean() ? Motion.MOVEMENT : Motion.POSITION);
    return new Pair(
        performer,
        name,
        random.nextInt(1_000_000_000),
        new Gesture(
            vector,
            raw,
            "auto-2",
            names,
            1 + random.nextInt(999),
            Pairs.spread(random, names.size())),
        meaning);
  }

  private String exported(String performer) {
    return new String(projects.export(performer, NOW), UTF_8);
  }

  private void teach(String performer, int count) {
    for (int i = 0; i < count; i++) {
      join(outlet.add(Pairs.pair(performer, "p" + i, i, .5f)));
    }
  }

  @Test
  void everyBitOfEveryFieldIsBroughtBack() {
    Random random = new Random(11);
    for (int i = 0; i < 60; i++) {
      join(outlet.add(pair(random, "ann", "p" + i, i % 3 == 0 ? 256 : 0)));
    }
    List<TrainingPair> before = taught("ann");
    byte[] project = projects.export("ann", NOW);
    join(outlet.clear("ann"));
    join(outlet.add(Pairs.pair("ann", "other", 3, 0)));
    String replaced = exported("ann");
    assertEquals(replaced, new String(projects.replace("ann", project, NOW), UTF_8));
    assertEquals(before, taught("ann"));
    assertArrayEquals(project, projects.export("ann", NOW));
    assertEquals(0, outlet.undoable("ann"), "what could be taken back is gone");
    projects.replace("ann", replaced.getBytes(UTF_8), NOW);
    assertEquals(replaced, exported("ann"));
  }

  @Test
  void isImportedForWhomTheRequestNames() throws Exception {
    teach("ann", 3);
    projects.replace("bob", projects.export("ann", NOW), NOW);
    List<TrainingPair> renamed =
        taught("ann").stream().map(pair -> pair.toBuilder().setPerformer("bob").build()).toList();
    assertEquals(renamed, taught("bob"));
    assertEquals(3, taught("ann").size());
    kill(folder.resolve("pairs"), "killed");
    assertEquals(renamed, taught("bob"));
  }

  @Test
  void everyChangeOfOnePerformerLeavesTheOthersProjectAsItIs() {
    teach("ann", 4);
    teach("bob", 4);
    String bobs = exported("bob");
    List<Runnable> changes =
        List.of(
            () -> join(outlet.add(Pairs.pair("ann", "new", 9, 1))),
            () -> join(outlet.edit("ann", "p1", Pairs.meaning(.9f))),
            () -> join(outlet.remove("ann", "p2")),
            () -> join(outlet.undo("ann")),
            () -> outlet.scale("ann", Pairs.scale("auto-1", 30)),
            () -> join(outlet.clear("ann")),
            () -> join(outlet.undo("ann")),
            () -> projects.replace("ann", projects.export("bob", NOW), NOW));
    for (Runnable change : changes) {
      String anns = exported("ann");
      change.run();
      until("the project has changed", () -> !exported("ann").equals(anns));
      assertEquals(bobs, exported("bob"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"version\":1 | \"version\":2 | version is 2: must be a whole number 1..1",
        "latent-space-explorer-project | other | format is \"other\": must be latent-space",
        "\"pairs\":{ | \"planes\":{ | parts has the key planes: must be of pairs",
        "\"input\":[0.1 | \"input\":[1.5 | pairs.pairs[0].input[0] is 1.5: must be 0..1",
        "\"input\":[0.1 | \"input\":[NaN | the project is no JSON",
        "\"input\":[0.1 | \"input\":[0.1,0.1 | pairs.pairs[0].input has 11 entries: must be 10",
        "\"raw_input\":[1.0 | \"raw_input\":[1e400 | raw_input[0] is",
        "\"raw_input\":[1.0 | \"raw_input\":[null | raw_input[0] is null: must be",
        "\"frames\":7 | \"frames\":0 | frames is 0: must be a whole number 1..",
        "\"frames\":7 | \"frame\":7 | pairs.pairs[0] has the key frame: must be of frames, input",
        "\"frames\":7 | \"frames\":7,\"frames\":7 | Duplicate field 'frames'",
        "\"pair\":\"p0\" | \"pair\":\"../p0\" | pair is \"../p0\": must be 1..64 characters",
        "\"pair\":\"p0\" | \"pair\":\"p1\" | pair is \"p1\": must be a name of its own",
        "[0.5,0.5,1.0,500.0] | [0.5,0.5,2.5,500.0] | output[2] is 2.5: must be 0..2",
        "[0.5,0.5,1.0,500.0] | [0.5,0.5,1.0,5000.5] | output[3] is 5000.5: must be 0..5000",
        "\"position\" | \"flight\" | motion is \"flight\": must be position or movement",
        "1970-01-01T | 1970-13-01T | taught_at is no time",
        "\"ambitus\" | \"timbre\" | senses is a list of 10: must be the ten features",
        "}} | }}} | the project is no JSON",
        "[0.5,0.5,1.0,500.0] | [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[ | no JSON",
      })
  void saysWhatIsWrongAndChangesNothing(String right, String wrong, String saying) {
    teach("ann", 2);
    String project = exported("ann");
    assertTrue(project.contains(right), project);
    String before = project;
    // The first of a pair's, the last of the document's.
    int at = right.equals("}}") ? project.lastIndexOf(right) : project.indexOf(right);
    byte[] bad =
        (project.substring(0, at) + wrong + project.substring(at + right.length())).getBytes(UTF_8);
    IllegalArgumentException no =
        assertThrows(IllegalArgumentException.class, () -> projects.replace("ann", bad, NOW));
    assertTrue(no.getMessage().contains(saying), no.getMessage());
    assertFalse(no.getMessage().contains("\n"));
    assertEquals(before, exported("ann"));
  }

  @Test
  void tooLargeOnesAreRefused() {
    byte[] large = new byte[Projects.MOST_BYTES + 1];
    Arrays.fill(large, (byte) ' ');
    assertThrows(IllegalArgumentException.class, () -> projects.replace("ann", large, NOW));
  }

  @Test
  void forWhomThereIsNoRoomNothingIsBroughtIn() {
    for (String performer : List.of("ann", "bob", "eve")) {
      teach(performer, 1);
    }
    byte[] project = projects.export("ann", NOW);
    IllegalArgumentException no =
        assertThrows(IllegalArgumentException.class, () -> projects.replace("tom", project, NOW));
    assertTrue(no.getMessage().contains("max-performers"), no.getMessage());
  }

  @Test
  void whenOnePartFailsTheEarlierOnesAreAsTheyWere() {
    teach("ann", 3);
    ProjectPart broken =
        new ProjectPart() {
          @Override
          public String name() {
            return "zither";
          }

          @Override
          public JsonNode export(String performer) {
            return IntNode.valueOf(1);
          }

          @Override
          public void check(String performer, JsonNode part) {
            // Whatever it is, it is right.
          }

          @Override
          public void replace(String performer, JsonNode part) {
            throw new IllegalStateException("the disk is full");
          }
        };
    Projects both = new Projects(List.of(broken, new PairsPart(book, outlet)));
    String before = exported("ann");
    byte[] empty = projects.export("nobody", NOW);
    IllegalStateException no =
        assertThrows(IllegalStateException.class, () -> both.replace("ann", empty, NOW));
    assertEquals("part zither: the disk is full; nothing is changed", no.getMessage());
    assertEquals(before, exported("ann"));
  }

  @Test
  void noBytesWhateverLeaveHalfAProject() {
    teach("ann", 3);
    outlet.scale("ann", Pairs.scale("lse", 10));
    until("the scaling is known", () -> outlet.scale("ann") != null);
    Random random = new Random(17);
    String seed = exported("ann");
    int taken = 0;
    int refused = 0;
    long end = System.nanoTime() + FUZZ_NANOS;
    while (System.nanoTime() < end && refused < 20_000) {
      String before = exported("ann");
      byte[] fuzzed = fuzzed(seed, random);
      try {
        projects.replace("ann", fuzzed, NOW);
        taken++;
        byte[] now = projects.export("ann", NOW);
        projects.replace("ann", now, NOW);
        assertArrayEquals(now, projects.export("ann", NOW));
      } catch (IllegalArgumentException no) {
        refused++;
        assertFalse(no.getMessage().contains("\n"), no.getMessage());
        assertTrue(no.getMessage().length() < 600, no.getMessage());
        assertEquals(before, exported("ann"));
      }
    }
    assertTrue(refused > 100 && taken > 0, refused + " refused, " + taken + " taken");
  }

  private static byte[] fuzzed(String seed, Random random) {
    String[] bits = {
      "{", "}", "[", "]", ",", "null", "1e39", "-1", "\"\"", "true", "0.5", "\u0000"
    };
    StringBuilder text = new StringBuilder(seed);
    for (int hit = 0; hit <= random.nextInt(3); hit++) {
      int at = random.nextInt(text.length());
      int to = Math.min(text.length(), at + random.nextInt(random.nextInt(10) == 0 ? 300 : 4));
      text.replace(at, to, bits[random.nextInt(bits.length)]);
    }
    byte[] bytes = text.toString().getBytes(UTF_8);
    if (random.nextInt(4) == 0) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    return bytes;
  }

  @Test
  void aDiskThatIsGoneLeavesEverythingAsItIs() throws Exception {
    teach("ann", 2);
    byte[] project = projects.export("ann", NOW);
    end();
    book = null;
    PairOutlet gone = begin(folder.resolve("pairs").resolve("pairs.log").resolve("x"), ROOM);
    Projects there = new Projects(List.of(new PairsPart(book, gone)));
    assertThrows(IllegalStateException.class, () -> there.replace("ann", project, NOW));
    assertEquals(Refusal.Kind.WEATHER, refused(gone.add(Pairs.pair("ann", "a", 1, 0))).kind());
  }
}
