package org.latentspace.vae.versions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentspace.vae.library.RhythmLibrary;
import org.latentspace.vae.library.RhythmLibrary.Entry;
import org.latentspace.vae.model.Model;
import org.latentspace.vae.playing.LatentQueries;
import org.latentspace.vae.rhythm.Rhythm;
import org.latentspace.vae.versions.ModelSource.Unavailable;
import org.latentspace.vae.versions.VersionThread.RetryDelay;

class LibraryUpdaterTest {
  private final List<String> asked = new ArrayList<>();
  private final RhythmLibrary library = new RhythmLibrary(task -> {}, () -> null);
  private boolean away;
  private Runnable meanwhile = () -> {};
  private int entries = 3;
  @TempDir Path folder;
  private Player player;
  private LibraryUpdater updater;

  @BeforeEach
  void begin() throws Exception {
    player = new Player(folder, new FakeSource(), "");
    updater =
        new LibraryUpdater(
            player.activeModel, player.versions, this::fetch, library, player.bad::add);
  }

  private List<Entry> fetch(String line, Model model, BooleanSupplier givenUp) throws Unavailable {
    asked.add(line + "/" + model.version());
    meanwhile.run();
    if (away || givenUp.getAsBoolean()) {
      throw new Unavailable("nobody is there");
    }
    Rhythm rhythm =
        LatentQueries.decode(player.activeModel.playing(), new float[] {0.5f, 0.5f}).rhythm();
    List<Entry> list = new ArrayList<>();
    for (int i = 0; i < entries; i++) {
      list.add(new Entry("loop-" + i, rhythm));
    }
    return list;
  }

  private long work() {
    long next = player.now;
    while (next <= player.now) {
      next = Math.min(player.versions.turn(player.now), updater.turn(player.now));
    }
    return next;
  }

  @Test
  void theLibraryOfWhateverPlaysIsFetchedOnce() {
    assertEquals(VersionFollower.NEVER, work());
    player.follow(player.publish("six", "six-1", 1, 10));
    entries = 5;
    work();
    work();
    assertEquals(List.of("/own", "six/six-1"), asked);
    assertEquals(5, library.size());
    player.activeModel.rollBack();
    work();
    assertEquals(List.of("/own", "six/six-1", "/own"), asked);
    assertEquals("ok", updater.status());
  }

  @Test
  void aLibraryThatCannotBeHadIsTriedAgain() {
    away = true;
    for (int attempt = 1; attempt < 10; attempt++) {
      player.now = work();
      assertEquals(attempt, asked.size());
    }
    assertTrue(updater.status().contains("nobody is there"), updater.status());
    assertEquals("ok", player.versions.status());
    assertEquals(List.of(), player.bad);
    away = false;
    assertEquals(VersionFollower.NEVER, work());
    assertEquals(3, library.size());
  }

  @Test
  void aNewActivationEndsTheFetch() {
    ModelActivation next = player.publish("six", "six-1", 1, 10);
    meanwhile = () -> player.follow(next);
    work();
    assertEquals("own", player.playing());
    work();
    assertEquals("six-1", player.playing());
    assertEquals(List.of("/own", "six/six-1"), asked);
    assertEquals(3, library.size());
  }

  @Test
  void whatWasPutByHandStaysUntilAnotherVersionTakesOver() {
    away = true;
    work();
    updater.putByHand(List.of());
    away = false;
    player.now += RetryDelay.LONGEST_NANOS;
    assertEquals(VersionFollower.NEVER, work());
    assertEquals(0, library.size());
    player.follow(player.publish("six", "six-1", 1, 10));
    work();
    assertEquals(3, library.size());
  }

  @Test
  void aLibraryWithoutRoomIsLeftOut() {
    work();
    entries = RhythmLibrary.MOST_ENTRIES + 1;
    player.follow(player.publish("six", "six-1", 1, 10));
    assertEquals(VersionFollower.NEVER, work());
    assertEquals(3, library.size());
    assertEquals(1, player.bad.size(), player.bad.toString());
  }
}
