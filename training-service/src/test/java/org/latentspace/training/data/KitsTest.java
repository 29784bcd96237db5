package org.latentspace.training.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.latentspace.training.storage.UnknownName;

class KitsTest {
  private final Map<String, String> files = new TreeMap<>();
  private final Kits kits =
      new Kits(
          new Kits.Shelf() {
            @Override
            public Map<String, String> read() {
              return files;
            }

            @Override
            public void write(String name, String text) {
              files.put(name, text);
            }

            @Override
            public boolean delete(String name) {
              return files.remove(name) != null;
            }
          });

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
    UnknownName refusal = assertThrows(UnknownName.class, () -> kits.named("mine"));
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
    assertEquals(Map.of(), files);
  }

  @Test
  void aFileThatSomebodyBrokeIsNamedAndHarmsNoOther() {
    files.put("mine", "kick = 36 999");
    files.put("../other", "kick = 36");
    assertEquals(4, kits.all().size());
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> kits.named("mine"));
    assertTrue(refusal.getMessage().contains("kit mine: '999'"), refusal.getMessage());
    assertEquals(6, kits.named("six-robots").voices().size());
  }
}
