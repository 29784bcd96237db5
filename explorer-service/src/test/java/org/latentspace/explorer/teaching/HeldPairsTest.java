package org.latentspace.explorer.teaching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.latentspace.explorer.Frames;
import org.latentspace.explorer.Pairs;
import org.latentspace.explorer.teaching.HeldPairs.Holder;

/** A hold belongs to who holds: nobody else ends it, and it does not outlive its holder. */
class HeldPairsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Holder PAGE = Holder.page("a1", "127.0.0.1");
  private static final Holder OTHER_PAGE = Holder.page("b2", "127.0.0.1");
  private static final Holder PEDAL = Holder.pedal("nanoPAD");

  private final HeldPairs held = new HeldPairs();
  private final PairTarget meaning = Pairs.meaning(.1f);
  private final PairTarget other = Pairs.meaning(.8f);

  @Test
  void twoWhoHoldAtOnceEachGetAClearAnswer() {
    held.begin("ann", PAGE, meaning, 0);
    refused(
        "a pair of performer ann is being held by a page on 127.0.0.1 since 3 s",
        () -> held.begin("ann", OTHER_PAGE, other, 3 * SECOND));
    refused(
        "a pair of performer ann is being held by a page on 127.0.0.1",
        () -> held.end("ann", PEDAL, 3 * SECOND));
    held.begin("bob", OTHER_PAGE, other, 3 * SECOND);
    hear("ann");
    assertEquals(meaning, held.end("ann", PAGE, 4 * SECOND).meaning());
    refused("performer ann has begun no pair", () -> held.end("ann", PAGE, 4 * SECOND));
    assertEquals(other, held.end("bob", OTHER_PAGE, 4 * SECOND).meaning());
  }

  @Test
  void whoHasBegunBeginsAnewWithoutWhatWasHeardBefore() {
    held.begin("ann", PEDAL, meaning, 0);
    hear("ann");
    held.begin("ann", PEDAL, other, SECOND);
    HeldPairs.Lesson lesson = held.end("ann", PEDAL, 2 * SECOND);
    assertEquals(other, lesson.meaning());
    assertNull(lesson.played());
  }

  @Test
  void whatAHolderWhoIsGoneHasBegunIsDiscardedAndNothingElse() {
    held.begin("ann", PAGE, meaning, 0);
    held.begin("bob", PEDAL, meaning, 0);
    held.discard(PAGE);
    assertNull(held.holding("ann", SECOND));
    assertEquals(new HeldPairs.Holding(PEDAL, 1), held.holding("bob", SECOND));
    held.begin("ann", OTHER_PAGE, other, SECOND);
    assertEquals(other, held.end("ann", OTHER_PAGE, 2 * SECOND).meaning());
  }

  @Test
  void whatNobodyEndsIsDiscardedAndInNobodysWay() {
    held.begin("ann", Holder.caller(""), meaning, 0);
    hear("ann");
    assertEquals("a gRPC caller", held.holding("ann", 120 * SECOND).holder().text());
    assertNull(held.holding("ann", 120 * SECOND + 1));
    refused(
        "performer ann has begun no pair, or not ended it in time",
        () -> held.end("ann", Holder.caller(""), 121 * SECOND));
    held.begin("ann", PEDAL, other, 121 * SECOND);
    held.begin("cid", Holder.caller("x"), meaning, 0);
    held.begin("cid", PAGE, other, 121 * SECOND);
    assertEquals("a page on 127.0.0.1", held.holding("cid", 122 * SECOND).holder().text());
  }

  private void hear(String performer) {
    held.hear(Frames.frame(performer, 1, Frames.PLAYED));
  }

  private static void refused(String saying, Runnable deed) {
    Refusal refusal = assertThrows(Refusal.class, deed::run);
    assertEquals(Refusal.Kind.NOT_YET, refusal.kind());
    assertTrue(refusal.getMessage().startsWith(saying), refusal.getMessage());
  }
}
