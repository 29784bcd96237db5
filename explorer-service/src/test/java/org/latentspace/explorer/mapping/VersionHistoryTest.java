package org.latentspace.explorer.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.latentspace.explorer.mapping.VersionHistory.Fate;

class VersionHistoryTest {
  @Test
  void theNewestPlaysAndWhatComesAgainOrLateChangesNothing() {
    VersionHistory line = new VersionHistory(List.of(), "");
    assertEquals(Fate.PLAYS, line.take("b"));
    assertEquals(Fate.KEPT, line.take("a"));
    assertEquals(Fate.LET_PASS, line.take("b"));
    assertEquals("b", line.playing());
    assertEquals(Fate.PLAYS, line.take("c"));
    assertEquals(List.of("c", "b", "a"), line.newestFirst());
  }

  @Test
  void whatWasChosenStaysChosenUntilANewerOneComes() {
    VersionHistory line = new VersionHistory(List.of("a", "b", "c"), "c");
    assertEquals("b", line.before());
    line.play("b");
    assertEquals("a", line.before());
    assertEquals(Fate.LET_PASS, line.take("c"));
    assertEquals("b", line.playing());
    line.play("");
    assertEquals("c", line.before());
    assertEquals(Fate.PLAYS, line.take("d"));
    line.play("a");
    assertNull(line.before());
  }

  @Test
  void theOldestGoesButNotTheOneThatPlays() {
    VersionHistory line = new VersionHistory(List.of(), "");
    for (int i = 100; i < 100 + VersionHistory.MOST; i++) {
      line.take("v" + i);
      assertNull(line.surplus());
    }
    line.play("v100");
    line.take("v200");
    line.play("v100");
    assertEquals("v101", line.surplus());
    assertNull(line.surplus());
    assertEquals(Fate.KEPT, line.take("v150x"));
    assertEquals("v102", line.surplus());
    assertEquals(Fate.LET_PASS, line.take("v000"));
  }
}
