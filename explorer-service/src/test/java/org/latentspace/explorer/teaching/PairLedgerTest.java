package org.latentspace.explorer.teaching;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.latentspace.explorer.Pairs;
import org.latentspace.explorer.teaching.PairLedger.PairNow;
import org.latentspace.explorer.wire.PairWire;
import org.latentspace.proto.TrainingPair;

class PairLedgerTest {
  private final PairBook book = new PairBook(4);
  private final PairLedger ledger = new PairLedger(book);
  private long number;

  private List<PairNow> apply(Change change) {
    number++;
    return ledger.apply(number, change);
  }

  private List<PairNow> undo(String performer) {
    return apply(new Change.Undone(performer, ledger.newest(performer).number()));
  }

  private static List<TrainingPair> of(PairBook book, String performer) {
    return book.of(performer).stream().map(PairWire::pair).toList();
  }

  private static List<String> names(List<PairNow> pairs) {
    return pairs.stream().map(pair -> (pair.pair() == null ? "-" : "+") + pair.name()).toList();
  }

  private void teach(String performer, String... names) {
    for (String name : names) {
      apply(new Change.Put(Pairs.pair(performer, name, 10 * number, .1f)));
    }
  }

  @Test
  void whateverWasDoneIsTakenBackStepByStepToWhereItBegan() {
    Random random = new Random(5);
    List<List<TrainingPair>> before = new ArrayList<>();
    for (int i = 0; i < PairLedger.MOST_UNDOABLE; i++) {
      before.add(of(book, "ann"));
      List<Pair> own = book.of("ann");
      Pair any = own.isEmpty() ? null : own.get(random.nextInt(own.size()));
      int what = any == null ? 0 : random.nextInt(10);
      if (what < 6) {
        teach("ann", "p" + i);
      } else if (what < 8) {
        apply(new Change.Put(any.meaning(Pairs.meaning(random.nextFloat()))));
      } else if (what == 8) {
        apply(new Change.Removed("ann", any.name()));
      } else {
        apply(new Change.Cleared("ann"));
      }
      teach("bob", "b" + i);
    }
    List<TrainingPair> bobs = of(book, "bob");
    for (int i = PairLedger.MOST_UNDOABLE - 1; i >= 0; i--) {
      undo("ann");
      assertEquals(before.get(i), of(book, "ann"), "step " + i);
    }
    assertEquals(
        Refusal.Kind.NOT_YET, assertThrows(Refusal.class, () -> ledger.newest("ann")).kind());
    assertEquals(bobs, of(book, "bob"));
  }

  @Test
  void ofMoreChangesTheOldestIsForgotten() {
    for (int i = 0; i < PairLedger.MOST_UNDOABLE + 50; i++) {
      teach("ann", "p" + i);
    }
    assertEquals(PairLedger.MOST_UNDOABLE, ledger.undoableCount("ann"));
    for (int i = 0; i < PairLedger.MOST_UNDOABLE; i++) {
      undo("ann");
    }
    assertEquals(50, book.of("ann").size());
    assertThrows(Refusal.class, () -> ledger.newest("ann"));
  }

  @Test
  void saysWhatHasBecomeOfEachPairInOrder() {
    teach("ann", "a", "b", "c");
    assertEquals(List.of("-b"), names(apply(new Change.Removed("ann", "b"))));
    assertEquals(List.of("-a", "-c"), names(apply(new Change.Cleared("ann"))));
    assertEquals("brought back 2 pairs", ledger.newest("ann").takingBack());
    assertEquals(List.of("+a", "+c"), names(undo("ann")));
    assertEquals("brought back the pair b", ledger.newest("ann").takingBack());
    assertEquals(List.of("+b"), names(undo("ann")));
    assertEquals(List.of("a", "b", "c"), book.of("ann").stream().map(Pair::name).toList());
    assertEquals(List.of("-c"), names(undo("ann")));
    assertEquals(List.of(), names(apply(new Change.Removed("ann", "c"))), "it is gone already");
    assertEquals(2, ledger.undoableCount("ann"));
  }

  @Test
  void aChangeThatIsNotTheNewestIsNotTakenBack() {
    teach("ann", "a", "b");
    assertEquals(List.of(), apply(new Change.Undone("ann", 1)));
    assertEquals(2, book.of("ann").size());
    assertEquals(2, ledger.undoableCount("ann"));
  }

  @Test
  void anotherScalingMakesTheInputsAnewFromTheRawValues() {
    teach("ann", "a");
    assertEquals(List.of(), apply(new Change.Scaled("ann", Pairs.scale("lse", 40))), "it is lse's");
    assertEquals(.4f, book.find("ann", "a").input().vector()[3]);
    assertEquals(List.of("+a"), names(apply(new Change.Scaled("ann", Pairs.scale("auto-1", 20)))));
    Pair scaled = book.find("ann", "a");
    assertEquals("auto-1", scaled.input().scaling());
    assertArrayEquals(
        new float[] {.05f, .1f, .15f, .2f, .25f, .3f, .35f, .4f, .45f, .5f},
        scaled.input().vector());
    assertEquals(4, scaled.input().raw()[3]);
    assertEquals(1, ledger.undoableCount("ann"), "it is no change that can be taken back");
    // The same name for something else, as after a loss of feature-service's disk.
    assertEquals(List.of("+a"), names(apply(new Change.Scaled("ann", Pairs.scale("auto-1", 10)))));
    assertEquals(.4f, book.find("ann", "a").input().vector()[3]);
    assertEquals(List.of(), apply(new Change.Scaled("ann", Pairs.scale("auto-1", 10))));
  }

  @Test
  void whatWasAwayWhileTheScalingChangedComesBackScaled() {
    apply(new Change.Scaled("ann", Pairs.scale("lse", 10)));
    teach("ann", "a", "b");
    apply(new Change.Put(book.find("ann", "a").meaning(Pairs.meaning(1))));
    apply(new Change.Removed("ann", "b"));
    apply(new Change.Scaled("ann", Pairs.scale("auto-1", 20)));
    undo("ann");
    undo("ann");
    for (Pair pair : book.of("ann")) {
      assertEquals("auto-1", pair.input().scaling(), pair.name());
      assertEquals(.2f, pair.input().vector()[3], pair.name());
    }
    assertEquals(.1f, book.find("ann", "a").output()[0]);
  }

  @Test
  void whatIsBroughtInTakesThePlaceOfAllAndOfWhatCouldBeTakenBack() {
    teach("ann", "a", "b");
    teach("bob", "a");
    List<PairNow> now =
        apply(
            new Change.Replaced(
                "ann",
                List.of(Pairs.pair("ann", "b", 5, 1), Pairs.pair("ann", "c", 3, 1)),
                Pairs.scale("auto-7", 9)));
    assertEquals(List.of("-a", "+b", "+c"), names(now));
    assertEquals(List.of("c", "b"), book.of("ann").stream().map(Pair::name).toList());
    assertEquals(0, ledger.undoableCount("ann"));
    assertEquals("auto-7", ledger.scale("ann").name());
    assertEquals(1, ledger.undoableCount("bob"));
    assertNull(ledger.scale("bob"));
  }

  @Test
  void performersWithoutPairsAreForgottenWhenThereAreTooMany() {
    teach("ann", "a");
    for (int i = 0; i < 3000; i++) {
      apply(new Change.Scaled("guest" + i, Pairs.scale("lse", 1)));
    }
    assertEquals(1024, ledger.performers().size());
    undo("ann");
    assertEquals(0, book.count());
  }
}
