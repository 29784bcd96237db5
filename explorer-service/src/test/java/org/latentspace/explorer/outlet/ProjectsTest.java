package org.latentspace.explorer.outlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.wire.Until.until;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentspace.explorer.Pairs;
import org.latentspace.explorer.inlet.ProjectWire;
import org.latentspace.proto.Project;

/** What is wrong with a project is said, and changes nothing. */
class ProjectsTest extends ProjectDesk {
  private static final long FUZZ_NANOS = 5_000_000_000L;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"version\":1 | \"version\":2 | version is 2: must be 1",
        "latent-space-explorer-project | other | format is \"other\": must be latent-space",
        "\"pairs\":[ | \"planes\":[ | planes is not known: must be of performer, format",
        "\"input\":[0.1 | \"input\":[1.5 | pairs[0].input[0] is 1.5: must be 0..1",
        "\"input\":[0.1 | \"input\":[NaN | no JSON",
        "\"input\":[0.1 | \"input\":[\"NaN\" | pairs[0].input[0] is NaN: must be 0..1",
        "\"input\":[0.1 | \"input\":[0.1,0.1 | pairs[0].input has 11 entries: must be 10",
        "\"rawInput\":[1.0 | \"rawInput\":[1e400 | pairs[0].rawInput[0] is",
        "\"rawInput\":[1.0 | \"rawInput\":[null | pairs[0].rawInput[0] is null: must be a number",
        "\"frames\":7 | \"frames\":0 | pairs[0].frames is 0: must be a whole number 1..",
        "\"frames\":7 | \"frames\":{} | frames is an object of 0: must be a whole number",
        "\"frames\":7 | \"frame\":7 | pairs[0].frame is not known: must be of performer, pair",
        "\"frames\":7 | \"frames\":7,\"frames\":7 | Duplicate field 'frames'",
        "\"pair\":\"p0\" | \"pair\":\"../p0\" | pair is \"../p0\": must be 1..64 characters",
        "\"pair\":\"p0\" | \"pair\":\"p1\" | pair is \"p1\": must be a name of its own",
        "[0.5,0.5,1.0,500.0] | [0.5,0.5,2.5,500.0] | output[2] is 2.5: must be 0..2",
        "[0.5,0.5,1.0,500.0] | [0.5,0.5,1.0,5000.5] | output[3] is 5000.5: must be 0..5000",
        "\"MOTION_POSITION\" | \"flight\" | motion is \"flight\": must be MOTION_POSITION or",
        "1970-01-01T | 1970-13-01T | pairs[0].taughtAt is \"1970-13-01T00:00:00Z\": must be a time"
            + " such",
        "\"ambitus\" | \"timbre\" | senses is a list of 10: must be the ten features",
        "\"presets\":[] | \"presets\":[{}] | presets[0]: name must be 1..64 characters",
        "\"presets\":[] | \"presets\":7 | presets is 7: must be a list",
        "\"presets\":[] | \"settings\":{\"autonomy\":7} | settings: autonomy=7.0: must be 0..1",
        "\"trajectories\":[] | \"trajectories\":[{\"name\":\"a\"}] | rows has 0 entries: must be",
        "\"playing\":\"\" | \"playing\":\"v7\" | playing is \"v7\": must be one of the mappings",
        "\"byHand\":\"\" | \"byHand\":\"{\" | byHand: is no JSON",
        "\"byHand\":\"\"} | \"byHand\":\"\"}} | no JSON",
        "[0.5,0.5,1.0,500.0] | [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[ | no JSON",
      })
  void saysWhatIsWrongAndChangesNothing(String right, String wrong, String saying) {
    teach("ann", 2);
    String project = exported("ann");
    assertTrue(project.contains(right), project);
    String before = project;
    int at = project.indexOf(right);
    String bad = project.substring(0, at) + wrong + project.substring(at + right.length());
    IllegalArgumentException no =
        assertThrows(IllegalArgumentException.class, () -> replace("ann", bad));
    assertTrue(no.getMessage().contains(saying), no.getMessage());
    assertFalse(no.getMessage().contains("\n"));
    assertEquals(before, exported("ann"));
  }

  @Test
  void tooLargeOnesAreRefused() {
    Project large = Project.newBuilder().setByHand(" ".repeat(ProjectWire.MOST_BYTES)).build();
    IllegalArgumentException no =
        assertThrows(IllegalArgumentException.class, () -> ProjectWire.contents(large, 2));
    assertTrue(no.getMessage().endsWith("bytes: must be at most 16777216"), no.getMessage());
  }

  @Test
  void forWhomThereIsNoRoomNothingIsBroughtIn() {
    for (String performer : List.of("ann", "bob", "eve")) {
      teach(performer, 1);
    }
    String project = exported("ann");
    IllegalArgumentException no =
        assertThrows(IllegalArgumentException.class, () -> replace("tom", project));
    assertTrue(no.getMessage().contains("max-performers"), no.getMessage());
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
      String fuzzed = fuzzed(seed, random);
      try {
        replace("ann", fuzzed);
        taken++;
        String now = exported("ann");
        replace("ann", now);
        assertEquals(now, exported("ann"));
      } catch (IllegalArgumentException no) {
        refused++;
        assertFalse(no.getMessage().contains("\n"), no.getMessage());
        assertTrue(no.getMessage().length() < 600, no.getMessage());
        assertEquals(before, exported("ann"));
      }
    }
    assertTrue(refused > 100 && taken > 0, refused + " refused, " + taken + " taken");
  }

  private static String fuzzed(String seed, Random random) {
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
    return new String(bytes, UTF_8);
  }
}
