package org.latentspace.explorer.outlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.wire.Until.until;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.latentspace.explorer.PairFlow;
import org.latentspace.explorer.Pairs;
import org.latentspace.explorer.teaching.Pair;
import org.latentspace.explorer.teaching.PairLedger.PairsNow;
import org.latentspace.explorer.teaching.Refusal;
import org.latentspace.proto.TrainingPair;

/** Taking back, scaling and bringing in, across kills. */
class PairJournalTest extends PairDesk {
  @Test
  void aHundredChangesAndMoreAreTakenBackAfterAKill() throws Exception {
    Path pairs = folder.resolve("pairs");
    PairFlow outlet = begin(pairs, ROOM);
    List<List<TrainingPair>> before = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      before.add(taught("ann"));
      switch (i % 6) {
        case 3 -> join(outlet.edit("ann", "p" + (i - 1), Pairs.meaning(.9f)));
        case 4 -> join(outlet.remove("ann", "p" + (i - 3)));
        case 5 -> {
          if (i % 30 == 29) {
            join(outlet.clear("ann"));
          } else {
            join(outlet.edit("ann", "p" + (i - 3), Pairs.meaning(.7f)));
          }
        }
        default -> join(outlet.add(Pairs.pair("ann", "p" + i, i, .1f)));
      }
    }
    List<TrainingPair> after = taught("ann");
    PairFlow next = kill(pairs, "first");
    assertEquals(after, taught("ann"));
    assertEquals(120, next.undoable("ann"));
    for (int i = 119; i >= 60; i--) {
      join(next.undo("ann"));
      assertEquals(before.get(i), taught("ann"), "step " + i);
    }
    PairFlow third = kill(folder.resolve("first"), "second");
    for (int i = 59; i >= 0; i--) {
      assertEquals(i, join(third.undo("ann")).undoable());
      assertEquals(before.get(i), taught("ann"), "step " + i);
    }
    assertEquals(Refusal.Kind.NOT_YET, refused(third.undo("ann")).kind());
  }

  @Test
  void whatCanBeTakenBackOutlivesAShorterFile() throws Exception {
    Path pairs = folder.resolve("pairs");
    PairFlow outlet = begin(pairs, ROOM);
    for (int i = 0; i < 700; i++) {
      outlet.add(Pairs.pair("ann", "p" + i, i, .1f));
      join(outlet.undo("ann"));
    }
    join(outlet.add(Pairs.pair("ann", "a", 1000, .1f)));
    join(outlet.edit("ann", "a", Pairs.meaning(.9f)));
    join(outlet.add(Pairs.pair("ann", "b", 1001, .1f)));
    join(outlet.clear("ann"));
    outlet.scale("ann", Pairs.scale("auto-1", 20));
    until("the scaling is known", () -> outlet.scale("ann") != null);
    awaitHandedOn(pairDisk);
    long before = Files.size(pairs.resolve(PairStore.NAME));
    kill(pairs, "first");
    PairDisk next = pairDisk;
    assertTrue(Files.size(folder.resolve("first").resolve(PairStore.NAME)) < before / 50);
    PairFlow third = kill(folder.resolve("first"), "second");
    assertEquals(4, third.undoable("ann"));
    assertEquals("brought back 2 pairs", join(third.undo("ann")).change());
    assertEquals("took the pair b away again", join(third.undo("ann")).change());
    assertEquals(.9f, book.find("ann", "a").output()[0]);
    assertEquals(.2f, book.find("ann", "a").input().vector()[3], "scaled while it was away");
    join(third.undo("ann"));
    assertEquals(.1f, book.find("ann", "a").output()[0]);
    assertEquals(new PairsNow("took the pair a away again", 0, 0), join(third.undo("ann")));
    assertEquals(0, next.waiting());
  }

  @Test
  void anotherScalingIsHandedOnForEveryPairAndIsThereAfterAKill() throws Exception {
    Path pairs = folder.resolve("pairs");
    PairFlow outlet = begin(pairs, ROOM);
    outlet.scale("ann", Pairs.scale("lse", 10));
    join(outlet.add(Pairs.pair("ann", "a", 1, .1f)));
    join(outlet.add(Pairs.pair("ann", "b", 2, .1f)));
    join(outlet.add(Pairs.pair("bob", "a", 3, .1f)));
    outlet.scale("ann", Pairs.scale("auto-1", 20));
    outlet.scale("ann", Pairs.scale("auto-1", 20));
    awaitArrived("+ann/a", "+ann/b", "+bob/a", "+ann/a", "+ann/b");
    assertEquals(2, outlet.undoable("ann"));
    kill(pairs, "first");
    assertEquals("auto-1", book.find("ann", "b").input().scaling());
    assertEquals(.2f, book.find("ann", "b").input().vector()[3]);
    assertEquals("lse", book.find("bob", "a").input().scaling());
  }

  @Test
  void atWhateverByteACrashTearsAReplacementItIsDoneOrNot() throws Exception {
    Path pairs = folder.resolve("pairs");
    PairFlow outlet = begin(pairs, ROOM);
    join(outlet.add(Pairs.pair("ann", "old", 1, .1f)));
    long from = Files.size(pairs.resolve(PairStore.NAME));
    List<Pair> brought = List.of(Pairs.pair("ann", "a", 1, 0), Pairs.pair("ann", "b", 2, 1));
    join(outlet.replace("ann", brought, Pairs.scale("lse", 3)));
    end();
    byte[] whole = Files.readAllBytes(pairs.resolve(PairStore.NAME));
    for (int length = (int) from; length <= whole.length; length += 97) {
      Path torn = Files.createDirectory(folder.resolve("torn-" + length));
      Files.write(torn.resolve(PairStore.NAME), Arrays.copyOf(whole, length));
      PairFlow next = begin(torn, ROOM);
      List<String> names = book.of("ann").stream().map(Pair::name).toList();
      assertTrue(List.of(List.of("old"), List.of("a", "b")).contains(names), names.toString());
      join(next.replace("ann", brought.subList(1, 2), null));
      end();
      begin(torn, ROOM);
      assertEquals(List.of("b"), book.of("ann").stream().map(Pair::name).toList());
      end();
    }
  }
}
