package org.latentspace.vae.outlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentspace.vae.model.Model;
import org.latentspace.vae.model.ModelBytes;
import org.latentspace.vae.model.OneNote;
import org.latentspace.vae.versions.ModelActivation;

class VersionCacheTest {
  @TempDir Path home;
  private final List<String> log = new ArrayList<>();
  private Path folder;
  private VersionCache cache;

  @BeforeEach
  void begin() {
    folder = home.resolve("data/vae");
    cache = new VersionCache(folder, 4, 1 << 20, log::add);
  }

  @Test
  void isEmptyWhereThereIsNoFolder() {
    cache.sweep();
    cache.trim(Set.of());
    assertEquals(List.of(), cache.versions());
    assertNull(cache.last());
    assertNull(cache.read("six-1"));
    assertEquals(List.of(), log);
    assertFalse(Files.exists(folder));
  }

  @Test
  void givesBackWhatWasPutAndRemembersWhatPlayed() throws Exception {
    ModelActivation one = put("six-1");
    cache.played(one);
    assertEquals(one, cache.last());
    assertEquals("six-1", cache.read(one).version());
    assertNotNull(cache.read("six-1"));
    ModelActivation own = new ModelActivation("six", ModelActivation.BUILT_IN, "", 0, 7);
    cache.played(own);
    assertEquals(own, cache.last());
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(2, files.count());
    }
  }

  @Test
  void theLongestUnplayedGoFirstButNeverWhatIsSpared() throws Exception {
    List<ModelActivation> all = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      all.add(put("six-" + i));
      age("six-" + i, 100 - i);
    }
    cache.trim(Set.of(all.get(0).sha256(), all.get(1).sha256()));
    assertEquals(List.of("six-6", "six-5", "six-1", "six-0"), names());
    cache = new VersionCache(folder, 32, 3 * Files.size(file("six-0")), log::add);
    cache.trim(Set.of(all.get(0).sha256()));
    assertEquals(List.of("six-6", "six-5", "six-0"), names());
  }

  @Test
  void whatAWriteThatWasCutOffLeftBehindIsSweptAway() throws Exception {
    put("six-1");
    Files.write(folder.resolve("version123.draft"), new byte[10]);
    Files.write(folder.resolve("notes.txt"), new byte[10]);
    cache.sweep();
    assertFalse(Files.exists(folder.resolve("version123.draft")));
    assertTrue(Files.exists(folder.resolve("notes.txt")));
    assertEquals(List.of("six-1"), names());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "{\"model\":\"../..\",\"version\":\"a\",\"sha256\":\"\"}",
        "{\"model\":\"six\",\"version\":\"a\",\"sha256\":\"00\"}"
      })
  void aDamagedNoteOfWhatPlayedLastIsThrownAway(String json) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("last.json"), json);
    assertNull(cache.last());
    assertEquals(1, log.size(), log.toString());
    assertFalse(Files.exists(folder.resolve("last.json")));
    assertNull(cache.last());
    assertEquals(1, log.size());
  }

  @Test
  void aCutFileIsThrownAway() throws Exception {
    ModelActivation one = put("six-1");
    Files.write(file("six-1"), new byte[100]);
    assertNull(cache.read(one));
    assertTrue(log.get(0).contains("six/six-1"), log.toString());
    assertFalse(Files.exists(folder.resolve("six-1")));
    assertEquals(List.of(), names());
  }

  @Test
  void saysWhenTheDiskCannotBeWritten() throws Exception {
    Files.createDirectories(home.resolve("data"));
    Files.write(folder, new byte[1]);
    assertThrows(IOException.class, () -> put("six-1"));
    assertEquals(List.of(), cache.versions());
    assertNull(cache.last());
  }

  private ModelActivation put(String version) throws IOException {
    byte[] bytes = ModelBytes.of(OneNote.of(version, 1, 3, 0.5f));
    ModelActivation activated =
        new ModelActivation("six", version, Model.sha256(bytes), bytes.length, 5);
    cache.put(activated, bytes);
    return activated;
  }

  private void age(String version, int seconds) throws IOException {
    Files.setLastModifiedTime(
        file(version), FileTime.fromMillis(1_700_000_000_000L - seconds * 1000L));
  }

  private Path file(String version) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("six@" + version + "@"))
          .findFirst()
          .orElseThrow();
    }
  }

  private List<String> names() {
    return cache.versions().stream().map(ModelActivation::version).toList();
  }
}
