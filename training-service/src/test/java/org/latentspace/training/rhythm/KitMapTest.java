package org.latentspace.training.rhythm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KitMapTest {
  @Test
  void mapsBothWays() {
    KitMap kit = KitMap.parse("# remark\nkick = 36 35\n\nsnare=38");
    assertEquals(List.of("kick", "snare"), kit.voices());
    assertEquals(36, kit.keyOf(0));
    assertEquals(OptionalInt.of(0), kit.voiceOf(35));
    assertEquals(OptionalInt.of(1), kit.voiceOf(38));
    assertEquals(OptionalInt.empty(), kit.voiceOf(40));
  }

  @ParameterizedTest
  @CsvSource({"kick = 128, 128", "kick = x, 'x'", "kick, kick", "kick = 36 36, twice", "'', 0"})
  void refusesWhatIsNoKitAndSaysWhere(String text, String words) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> KitMap.parse(text));
    assertTrue(refusal.getMessage().contains(words), refusal.getMessage());
  }
}
