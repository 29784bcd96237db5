package org.latentspace.training.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KitsTest {
  @TempDir Path folder;
  private Kits kits;

  @BeforeEach
  void open() {
    kits = new Kits(folder.resolve("kits"));
  }

  @Test
  void theProductsKitsComeFirstAndStay() {
    kits.put("a-kit", "kick = 36");
    assertEquals(
        List.of("general-midi", "roland-td", "six-robots", "a-kit"),
        kits.all().stream().map(Kits.Named::name).toList());
    assertEquals(9, kits.named("roland-td").voices().size());
    assertThrows(IllegalStateException.class, () -> kits.put("six-robots", "kick = 36"));
    assertThrows(IllegalStateException.class, () -> kits.delete("six-robots"));
  }

  @Test
  void aKitOfOnesOwnIsMadeReplacedAndTakenAway() {
    kits.put("mine", "kick = 36");
    kits.put("mine", "kick = 36\ngong = 99");
    assertEquals(List.of("kick", "gong"), kits.named("mine").voices());
    kits.delete("mine");
    NoSuchElementException refusal =
        assertThrows(NoSuchElementException.class, () -> kits.named("mine"));
    assertTrue(refusal.getMessage().contains("there are general-midi"), refusal.getMessage());
  }

  @Test
  void namesThatArePathsAndTextsThatAreNoKitsAreRefused() {
    for (String name : List.of("", "..", "a/b", "A", "x".repeat(65), "a\0")) {
      assertThrows(IllegalArgumentException.class, () -> kits.put(name, "kick = 36"), name);
    }
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> kits.put("mine", "kick = 36\nsnare"));
    assertTrue(refusal.getMessage().contains("'snare'"), refusal.getMessage());
    assertFalse(Files.exists(folder.resolve("kits")));
  }

  @Test
  void aFileThatSomebodyBrokeIsNamedAndHarmsNoOther() throws IOException {
    kits.put("mine", "kick = 36");
    Files.writeString(folder.resolve("kits/mine.kit"), "kick = 36 999");
    Files.writeString(folder.resolve("kits/Other.kit"), "kick = 36");
    Files.writeString(folder.resolve("kits/notes.txt"), "kick = 36");
    Files.writeString(folder.resolve("kits/six-robots.kit"), "kick = 36");
    assertEquals(4, kits.all().size());
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> kits.named("mine"));
    assertTrue(refusal.getMessage().contains("kit mine: '999'"), refusal.getMessage());
    assertEquals(6, kits.named("six-robots").voices().size());
  }
}
