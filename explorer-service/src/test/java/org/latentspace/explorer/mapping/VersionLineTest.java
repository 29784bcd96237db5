package org.latentspace.explorer.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.latentspace.explorer.mapping.VersionLine.Fate;

class VersionLineTest {
  @Test
  void theNewestPlaysAndWhatComesAgainOrLateChangesNothing() {
    VersionLine line = new VersionLine(List.of(), "");
    assertEquals(Fate.PLAYS, line.take("b"));
    assertEquals(Fate.KEPT, line.take("a"));
    assertEquals(Fate.LET_PASS, line.take("b"));
    assertEquals("b", line.playing());
    assertEquals(Fate.PLAYS, line.take("c"));
    assertEquals(List.of("c", "b", "a"), line.newestFirst());
  }

  @Test
  void whatWasChosenStaysChosenUntilANewerOneComes() {
    VersionLine line = new VersionLine(List.of("a", "b", "c"), "c");
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
    VersionLine line = new VersionLine(List.of(), "");
    for (int i = 100; i < 100 + VersionLine.MOST; i++) {
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
