package org.latentspace.vae.versions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentspace.model.HostileFiles;
import org.latentspace.vae.model.Model;
import org.latentspace.vae.model.OneNote;
import org.latentspace.vae.versions.ModelInventory.KnownModel;
import org.latentspace.vae.versions.VersionThread.RetryDelay;

class VersionFollowerTest {
  private final FakeSource source = new FakeSource();
  @TempDir Path folder;
  private Player player;

  @BeforeEach
  void begin() throws Exception {
    player = new Player(folder, source, "");
  }

  @Test
  void anActivatedVersionIsFetchedVerifiedAndPlaysAndCanBeRolledBack() {
    ModelActivation one = player.publish("six", "six-1", 1, 10);
    player.follow(one);
    assertEquals(List.of("own:playing", "six-1:fetching"), states());
    assertEquals(VersionFollower.NEVER, player.work());
    assertEquals("six-1", player.playing());
    assertEquals("ok", player.versions.status());
    assertEquals(List.of("six-1:playing", "own:before"), states());
    assertEquals(1, player.versions.played());
    assertEquals("own", player.activeModel.rollBack().model().version());
    assertEquals("six-1", player.activeModel.rollBack().model().version());
  }

  @Test
  void hearingItAgainChangesNothingEvenAfterAModelWasLoadedByHand() {
    ModelActivation one = player.publish("six", "six-1", 1, 10);
    player.follow(one);
    player.work();
    player.activeModel.rollBack();
    player.follow(one);
    player.work();
    assertEquals("own", player.playing());
    assertEquals(1, source.asked.size());
  }

  @Test
  void theWayBackNeedsNobody() {
    ModelActivation one = player.publish("six", "six-1", 1, 10);
    ModelActivation two = player.publish("six", "six-2", 2, 20);
    player.follow(one);
    player.work();
    player.follow(two);
    player.work();
    assertEquals("six-2", player.playing());
    source.away = true;
    player.follow(new ModelActivation("six", "six-1", one.sha256(), one.bytes(), 30));
    player.work();
    assertEquals("six-1", player.playing());
    player.follow(new ModelActivation("six", ModelActivation.BUILT_IN, "", 0, 40));
    player.work();
    assertEquals("own", player.playing());
    assertEquals(2, source.asked.size());
  }

  @Test
  void whileTheSourceIsAwayTheOldModelPlaysAndItIsTriedAgainMoreAndMoreSeldom() {
    ModelActivation one = player.publish("six", "six-1", 1, 10);
    source.away = true;
    player.follow(one);
    long last = 0;
    for (int attempt = 1; attempt <= 12; attempt++) {
      long next = player.work();
      long pause = next - player.now;
      assertTrue(pause >= last && pause <= RetryDelay.LONGEST_NANOS, "pause " + pause);
      assertEquals(attempt, source.asked.size());
      assertEquals(next, player.versions.turn(next - 1));
      last = pause;
      player.now = next;
    }
    assertEquals("own", player.playing());
    assertEquals("six/six-1 is not here yet: nobody is there", player.versions.status());
    assertEquals(1, player.bad.size(), player.bad.toString());
    source.away = false;
    assertEquals(VersionFollower.NEVER, player.work());
    assertEquals("six-1", player.playing());
    assertEquals(12, player.versions.retries());
  }

  @Test
  void aNewerActivationEndsTheFetchOfTheOlder() {
    ModelActivation one = player.publish("six", "six-1", 1, 10);
    ModelActivation two = player.publish("six", "six-2", 2, 20);
    source.meanwhile = () -> player.follow(two);
    player.follow(one);
    player.work();
    assertEquals("six-2", player.playing());
    assertEquals(List.of("six/six-1", "six/six-2"), source.asked);
    assertEquals(1, player.versions.played());
    assertEquals(0, player.versions.retries());
  }

  @Test
  void ofSeveralLinesTheOneActivatedLastPlaysAndOfOneLineTheLaterInTheLog() {
    ModelActivation drums = player.publish("drums", "drums-1", 1, 30);
    ModelActivation older = player.publish("six", "six-1", 2, 20);
    ModelActivation clockWentBack = player.publish("drums", "drums-2", 2, 10);
    player.follow(drums);
    player.follow(older);
    player.work();
    assertEquals("drums-1", player.playing());
    player.follow(clockWentBack);
    player.work();
    assertEquals("drums-2", player.playing());
  }

  @Test
  void oneLineAloneIsFollowedWhenThePlayerIsToldSo() throws Exception {
    Player six = new Player(folder.resolve("six"), source, "six");
    six.follow(six.publish("drums", "drums-1", 1, 30));
    six.work();
    assertEquals("own", six.playing());
    six.follow(six.publish("six", "six-1", 1, 10));
    six.work();
    assertEquals("six-1", six.playing());
  }

  @Test
  void oldActivationsAreNotPlayedWhileTheLogIsReadFromItsBeginning() {
    player.versions.readWhen(() -> false);
    player.follow(player.publish("six", "six-1", 1, 10));
    long next = player.versions.turn(player.now);
    assertTrue(next > player.now && next < player.now + 1_000_000_000, "looks again at " + next);
    player.follow(player.publish("six", "six-2", 2, 20));
    player.versions.readWhen(() -> true);
    player.work();
    assertEquals(List.of("six/six-2"), source.asked);
    assertEquals("six-2", player.playing());
  }

  @Test
  void aPlayerStartsWithWhatPlayedLastWithoutAnybodyElse() throws Exception {
    ModelActivation one = player.publish("six", "six-1", 1, 10);
    player.follow(one);
    player.work();
    source.away = true;
    Player again = new Player(folder, source, "");
    assertEquals("six-1", again.playing());
    again.follow(one);
    assertEquals(VersionFollower.NEVER, again.work());
    assertEquals(List.of("six-1:playing", "own:before"), states(again));
    assertEquals("six", again.versions.known().get(0).model());
    assertEquals(1, source.asked.size());
  }

  @Test
  void aStartAfterTheWayBackToTheOwnModelStaysWithIt() throws Exception {
    ModelActivation one = player.publish("six", "six-1", 1, 10);
    player.follow(one);
    player.work();
    ModelActivation back = new ModelActivation("six", ModelActivation.BUILT_IN, "", 0, 20);
    player.follow(back);
    player.work();
    Player again = new Player(folder, source, "");
    assertEquals("own", again.playing());
    // The log is read from its beginning.
    again.follow(one);
    again.follow(back);
    again.work();
    assertEquals("own", again.playing());
    assertEquals(List.of("own:playing", "six-1:cached"), states(again));
    assertNotNull(again.versions.cached("six-1"));
    assertNull(again.versions.cached("six-2"));
  }

  @Test
  void aDamagedFileIsThrownAwayAndFetchedAnewWhileTheOwnModelPlays() throws Exception {
    ModelActivation one = player.publish("six", "six-1", 1, 10);
    player.follow(one);
    player.work();
    Path file = folder.resolve("six@six-1@" + one.sha256() + ".safetensors");
    byte[] bytes = java.nio.file.Files.readAllBytes(file);
    bytes[bytes.length - 3] ^= 1;
    java.nio.file.Files.write(file, bytes);
    Player again = new Player(folder, source, "");
    assertEquals("own", again.playing());
    assertTrue(again.bad.get(0).contains("sha256 is"), again.bad.toString());
    assertTrue(again.bad.get(0).contains("thrown away"), again.bad.toString());
    again.work();
    assertEquals("six-1", again.playing());
    assertEquals(2, source.asked.size());
    assertEquals(1, again.cache.versions().size());
  }

  static Stream<Arguments> hostile() {
    return Stream.concat(HostileFiles.all(), OneNote.absurdFiles());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostile")
  void aHostileFileIsRefusedByNameAndTheOldModelPlaysOn(String what, byte[] bytes) {
    source.files.put("six/bad-1", bytes);
    player.follow(player.activated("six", "bad-1", 10));
    assertEquals(VersionFollower.NEVER, player.work());
    assertEquals("own", player.playing());
    assertEquals(1, player.versions.refused());
    KnownModel refused = player.versions.known().get(1);
    assertEquals("bad-1:refused", refused.version() + ":" + refused.state().word());
    assertTrue(refused.reason().contains("six/bad-1"), refused.reason());
    assertTrue(refused.reason().contains(what), refused.reason());
    assertTrue(player.versions.status().contains("is refused"), player.versions.status());
    assertEquals(1, player.bad.size(), player.bad.toString());
    assertNull(player.cache.last());
    // And a sound one plays after it.
    player.follow(player.publish("six", "six-2", 1, 20));
    player.work();
    assertEquals("six-2", player.playing());
    assertEquals("ok", player.versions.status());
  }

  @Test
  void anotherSumOrSizeThanAnnouncedIsRefused() {
    byte[] file = Player.file("six-1", 1);
    source.files.put("six/six-1", file);
    String sha256 = Model.sha256(file);
    player.follow(new ModelActivation("six", "six-1", "0".repeat(64), file.length, 10));
    player.work();
    assertTrue(reason().contains("sha256 is " + sha256 + ", must be 000"), reason());
    player.follow(new ModelActivation("six", "six-1", sha256, file.length + 1, 20));
    player.work();
    assertTrue(reason().contains("must have " + (file.length + 1)), reason());
    player.follow(new ModelActivation("six", "six-1", sha256, (64 << 20) + 1, 30));
    player.work();
    assertTrue(reason().contains("larger than 67108864 bytes: 67108865"), reason());
    assertEquals("own", player.playing());
    assertEquals(2, source.asked.size());
    player.follow(new ModelActivation("six", "six-1", sha256, 0, 40));
    player.work();
    assertEquals("six-1", player.playing());
    assertEquals(List.of("six-1:playing", "own:before"), states());
  }

  @Test
  void aFaultOfThisProgramDoesNotEndTheThread() {
    ModelActivation one = player.publish("six", "six-1", 1, 10);
    source.meanwhile =
        () -> {
          throw new IllegalStateException("out of tune");
        };
    player.follow(one);
    player.work();
    assertEquals("own", player.playing());
    assertTrue(reason().contains("out of tune"), reason());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "../a", "a/b", "A", "a\0", "a@b", "ä"})
  void aNameThatCouldLeadElsewhereIsPoison(String name) {
    String sha256 = "0".repeat(64);
    assertThrows(
        IllegalArgumentException.class, () -> new ModelActivation(name, "one", sha256, 0, 0));
    if (!name.equals("A")) {
      assertThrows(
          IllegalArgumentException.class, () -> new ModelActivation("six", name, sha256, 0, 0));
    }
    assertThrows(
        IllegalArgumentException.class, () -> new ModelActivation("six", "one", name, 0, 0));
    assertThrows(
        IllegalArgumentException.class, () -> new ModelActivation("six", "one", sha256, -1, 0));
    assertFalse(ModelActivation.isLine(name));
  }

  private String reason() {
    List<KnownModel> held = player.versions.known();
    return held.get(held.size() - 1).reason();
  }

  private List<String> states() {
    return states(player);
  }

  private static List<String> states(Player of) {
    return of.versions.known().stream().map(h -> h.version() + ":" + h.state().word()).toList();
  }
}
