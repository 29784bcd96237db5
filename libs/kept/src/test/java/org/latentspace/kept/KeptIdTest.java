package org.latentspace.kept;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeptIdTest {
  @Test
  void namesSortAsTheyWereMadeAndNoneComesTwice() {
    Random chance = new Random(1);
    Set<String> names = new HashSet<>();
    String before = "";
    for (long millis = 0; millis < 1L << 47; millis += 1L << 37) {
      String name = KeptId.make(millis, chance);
      assertTrue(name.matches("[0-9a-z]{26}"), name);
      assertTrue(name.compareTo(before) > 0, before + " before " + name);
      assertTrue(names.add(name));
      before = name;
    }
    for (int i = 0; i < 100_000; i++) {
      assertTrue(names.add(KeptId.make(1_700_000_000_000L, chance)));
    }
  }

  @Test
  void theTimeStandsInFront() {
    assertEquals("0000000001", KeptId.make(1, new Random(1)).substring(0, 10));
    assertEquals("7zzzzzzzzz", KeptId.make((1L << 48) - 1, new Random(1)).substring(0, 10));
  }
}
