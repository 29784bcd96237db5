package org.latentspace.explorer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentspace.explorer.mapping.TaughtMapping.Fitted;
import org.latentspace.explorer.mapping.VersionHistory;
import org.latentspace.explorer.outlet.Mappings;
import org.latentspace.explorer.place.MappingFaults;
import org.latentspace.explorer.place.PerformerSettings.Defaults;
import org.latentspace.explorer.place.Performers;
import org.latentspace.explorer.place.Place.Mode;
import org.latentspace.explorer.place.Setting.Sending;
import org.latentspace.explorer.teaching.Refusal;
import org.latentspace.explorer.wire.MappingWire;
import org.latentspace.model.ModelFault;
import org.latentspace.proto.MappingVersion;

/** Mappings outlive the process, whatever becomes of it and of their files. */
class MappingFlowTest {
  @TempDir Path folder;

  private Performers performers;
  private MappingFlow mappings;

  @BeforeEach
  void begin() throws ModelFault {
    performers =
        new Performers(
            4,
            new Defaults(Mode.PREDICT, Sending.AUTO, 2, Mappings.load(Mappings.FIRST_STEPS, 10)));
    mappings = new MappingFlow(performers, new MappingFaults());
    mappings.open(folder);
  }

  @AfterEach
  void end() {
    mappings.close();
  }

  private void again() throws ModelFault {
    mappings.close();
    begin();
  }

  private static <T> T now(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private void take(String performer, String version, double x) throws ModelFault {
    now(mappings.take(fitted(performer, version, x)));
  }

  private static Fitted fitted(String performer, String version, double x) throws ModelFault {
    return MappingWire.fitted(FakeTraining.version(performer, version, x, 0.5));
  }

  private float x(String performer) {
    return performers.heard(performer, 0).hear(Frames.frame(performer, 1, Frames.SLOW_LOW)).x();
  }

  private Path file(String performer, String version) {
    return folder.resolve("mappings").resolve(hex(performer)).resolve(hex(version) + ".mapping");
  }

  private static String hex(String name) {
    return java.util.HexFormat.of().formatHex(name.getBytes());
  }

  @Test
  void aPerformerBeginsWithWhatItPlayedBeforeTheRestart() throws Exception {
    float first = x("ann");
    take("ann", "v1", 0.1);
    assertEquals(0.1f, x("ann"));
    take("ann", "v2", 0.2);
    take("Ann", "v1", 0.9);
    again();
    assertEquals(0.2f, x("ann"));
    assertEquals(0.9f, x("Ann"));
    assertEquals(first, x("bea"));
    assertEquals("v1", now(mappings.use("ann", "")).version());
    assertEquals(0.1f, x("ann"));
    again();
    assertEquals(0.1f, x("ann"));
    // The log tells it again.
    take("ann", "v2", 0.2);
    assertEquals(0.1f, x("ann"));
    take("ann", "v3", 0.3);
    assertEquals(0.3f, x("ann"));
    assertEquals("v3", mappings.playing("ann").version());
  }

  @Test
  void whatWasSetByHandPlaysUntilTheNextFit() throws Exception {
    take("ann", "v1", 0.1);
    var byHand = fitted("x", "x", 0.7).mapping().network();
    performers.heard("ann", 0).follow(byHand);
    now(mappings.byHand("ann", byHand));
    again();
    assertEquals(0.7f, x("ann"));
    take("ann", "v1", 0.1);
    assertEquals(0.7f, x("ann"));
    assertEquals("", mappings.playing("ann").version());
    take("ann", "v2", 0.2);
    assertEquals(0.2f, x("ann"));
    again();
    assertEquals(0.2f, x("ann"));
  }

  @Test
  void versionsAreNewestFirstAndBounded() throws Exception {
    for (int i = 100; i < 105 + VersionHistory.MOST; i++) {
      take("ann", "v" + i, 0.1);
    }
    List<Fitted> all = now(mappings.list("ann"));
    assertEquals(VersionHistory.MOST, all.size());
    assertEquals("v154", all.get(0).version());
    assertEquals("v105", all.get(49).version());
    try (Stream<Path> files = Files.list(file("ann", "v1").getParent())) {
      assertEquals(VersionHistory.MOST + 1, files.count());
    }
    again();
    assertEquals(VersionHistory.MOST, now(mappings.list("ann")).size());
    assertEquals(List.of(), now(mappings.list("bea")));
  }

  @Test
  void aDamagedFileIsLeftOutAndTheNewestThatCanBeReadPlays() throws Exception {
    take("ann", "v1", 0.1);
    take("ann", "v2", 0.2);
    take("ann", "v3", 0.3);
    byte[] bytes = Files.readAllBytes(file("ann", "v3"));
    bytes[bytes.length / 2] ^= 1;
    Files.write(file("ann", "v3"), bytes);
    // A write that the kill has cut short.
    Files.write(file("ann", "v4").resolveSibling("xx.mapping.draft"), new byte[10]);
    again();
    assertEquals(0.2f, x("ann"));
    assertEquals(List.of("v2", "v1"), versions("ann"));
    Files.write(file("ann", "v1").resolveSibling("playing"), new byte[3]);
    again();
    assertEquals(0.2f, x("ann"));
    Files.delete(file("ann", "v2"));
    again();
    assertEquals(0.1f, x("ann"));
  }

  private List<String> versions(String performer) {
    return now(mappings.list(performer)).stream().map(Fitted::version).toList();
  }

  @Test
  void whatIsNotThereIsRefusedByName() throws Exception {
    refused(Refusal.Kind.NOT_YET, "no mapping before", mappings.use("ann", ""));
    take("ann", "v1", 0.1);
    refused(Refusal.Kind.NOT_YET, "no mapping before", mappings.use("ann", ""));
    refused(Refusal.Kind.UNKNOWN, "ann has no mapping v7", mappings.use("ann", "v7"));
    refused(Refusal.Kind.UNKNOWN, "has no mapping ../x", mappings.use("ann", "../x"));
  }

  private static void refused(Refusal.Kind kind, String saying, CompletionStage<Fitted> answer) {
    Refusal why = (Refusal) assertThrows(CompletionException.class, () -> now(answer)).getCause();
    assertEquals(kind, why.kind());
    assertTrue(why.getMessage().contains(saying), why.getMessage());
  }

  @Test
  void aDiskThatCannotBeHadIsTroubleAndTheMappingPlays() throws Exception {
    Files.writeString(folder.resolve("mappings"), "a file");
    take("ann", "v1", 0.1);
    assertEquals(0.1f, x("ann"));
    assertTrue(mappings.status().startsWith("mappings cannot be stored"), mappings.status());
    Files.delete(folder.resolve("mappings"));
    take("ann", "v2", 0.2);
    assertEquals("ok", mappings.status());
  }

  @Test
  void aMisfittingVersionIsRefusedByItsName() {
    MappingVersion right = FakeTraining.version("ann", "v1", 0.1, 0.2);
    bad("mapping @ann/v1: senses has 1 entries", right.toBuilder().clearSenses().addSenses("a"));
    bad("mapping @ann/v1: is no JSON", right.toBuilder().setFlucomaJson("{"));
    bad("mapping @../x/v1: names are", right.toBuilder().setPerformer("../x"));
    bad("mapping @ann/v1: motion", right.toBuilder().clearMotion());
  }

  private static void bad(String saying, MappingVersion.Builder version) {
    ModelFault why = assertThrows(ModelFault.class, () -> MappingWire.fitted(version.build()));
    assertTrue(why.getMessage().startsWith(saying), why.getMessage());
  }
}
