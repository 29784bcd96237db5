package org.latentspace.explorer.teaching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.latentspace.explorer.feature.Frame;
import org.latentspace.explorer.feature.PairInput;
import org.latentspace.explorer.mapping.TaughtMapping.Motion;

class PairBookTest {
  private final PairBook book = new PairBook(2);

  private static Pair pair(String performer, String name) {
    PairInput input = new PairInput(new float[10], new float[10], "lse", Frame.FEATURE_NAMES, 1);
    PairTarget meaning = PairTarget.of(new float[4], new float[0], List.of(), Motion.POSITION);
    return new Pair(performer, name, 0, input, meaning);
  }

  @Test
  void pairsStandInTheOrderInWhichTheyWereTaughtAndBelongToOnePerformer() {
    book.add(pair("ann", "b"));
    book.add(pair("bob", "c"));
    book.add(pair("ann", "a"));
    assertEquals(List.of("b", "a"), book.of("ann").stream().map(Pair::name).toList());
    assertEquals(List.of("c"), book.of("bob").stream().map(Pair::name).toList());
    assertEquals(List.of(), book.of("eve"));
    book.remove("ann", "b");
    book.remove("bob", "a");
    assertEquals(2, book.count());
  }

  @Test
  void aPerformerHasTenThousandPairsAndNoMore() {
    for (int i = 0; i < PairBook.MOST_PAIRS; i++) {
      book.requireRoom("ann");
      book.add(pair("ann", "p" + i));
    }
    Refusal refusal = assertThrows(Refusal.class, () -> book.requireRoom("ann"));
    assertEquals(Refusal.Kind.NO_ROOM, refusal.kind());
    assertTrue(refusal.getMessage().endsWith("at most 10000"), refusal.getMessage());
    book.requireRoom("bob");
    book.remove("ann", "p77");
    book.requireRoom("ann");
  }

  @Test
  void asManyPerformersHavePairsAsAreConfigured() {
    book.add(pair("ann", "a"));
    book.add(pair("bob", "a"));
    Refusal refusal = assertThrows(Refusal.class, () -> book.requireRoom("eve"));
    assertTrue(refusal.getMessage().contains("max-performers"), refusal.getMessage());
    book.remove("bob", "a");
    book.requireRoom("eve");
    assertEquals(
        Refusal.Kind.UNKNOWN, assertThrows(Refusal.class, () -> book.find("bob", "a")).kind());
  }
}
