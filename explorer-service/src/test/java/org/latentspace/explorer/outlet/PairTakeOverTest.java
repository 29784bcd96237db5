package org.latentspace.explorer.outlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.wire.Until.until;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.latentspace.explorer.PairFlow;
import org.latentspace.explorer.teaching.Pair;
import org.latentspace.explorer.teaching.Refusal;
import org.latentspace.wire.SmallDisk;

/** A disk without pairs gets those of the log; a log without pairs gets those of the disk. */
@Timeout(60)
class PairTakeOverTest extends PairDesk {
  PairTakeOverTest() {
    logIsEmpty = false;
  }

  private List<String> names(String performer) {
    return book.of(performer).stream().map(Pair::name).toList();
  }

  @Test
  void aNewDiskTakesTheLogsPairsOverAndHandsNoneOfThemOnAgain() {
    Path pairs = folder.resolve("pairs");
    PairFlow outlet = begin(pairs, ROOM);
    assertTrue(pairDisk.isLogUnread());
    List<Pair> logged = List.of(pair("ann", "1"), pair("ann", "2"), pair("bob", "1"));
    assertEquals(3, join(pairDisk.takeOver(logged)));
    assertFalse(pairDisk.isLogUnread());
    assertEquals(List.of("1", "2"), names("ann"));
    assertEquals(0, outlet.undoable("ann"));
    awaitHandedOn(pairDisk);
    pairDisk.close();
    outlet = begin(pairs, ROOM);
    assertFalse(pairDisk.isLogUnread(), "what was taken over is on disk");
    assertEquals(3, book.count());
    assertEquals(List.of(), arrived);
  }

  @Test
  void aLogWithoutPairsLeavesTheDiskAsItIs() {
    Path pairs = folder.resolve("pairs");
    PairFlow outlet = begin(pairs, ROOM);
    assertEquals(0, join(pairDisk.takeOver(List.of())));
    assertFalse(pairDisk.isLogUnread());
    assertFalse(Files.exists(pairs.resolve(PairStore.NAME)));
  }

  @Test
  void whatWasChangedHereBeforeTheLogCameHoldsAlsoAfterAKill() throws Exception {
    Path pairs = folder.resolve("pairs");
    PairFlow outlet = begin(pairs, ROOM);
    join(outlet.add(pair("ann", "new")));
    join(outlet.add(pair("ann", "gone")));
    join(outlet.remove("ann", "gone"));
    join(outlet.replace("bob", List.of(pair("bob", "imported")), null));
    outlet = kill(pairs, "killed");
    assertTrue(pairDisk.isLogUnread(), "the log is still to be read");
    awaitHandedOn(pairDisk);
    arrived.clear();
    List<Pair> logged =
        List.of(
            pair("ann", "old"),
            pair("ann", "new"),
            pair("ann", "gone"),
            pair("bob", "old"),
            pair("bob", "imported"));
    assertEquals(1, join(pairDisk.takeOver(logged)));
    assertEquals(List.of("new", "old"), names("ann").stream().sorted().toList());
    assertEquals(List.of("imported"), names("bob"));
    awaitArrived("-bob/old");
    awaitHandedOn(pairDisk);
    Path again = folder.resolve("killed");
    outlet = kill(again, "killed-again");
    assertFalse(pairDisk.isLogUnread());
    assertEquals(List.of("new", "old"), names("ann").stream().sorted().toList());
    assertEquals(List.of("imported"), names("bob"));
  }

  @Test
  void ofMorePerformersThanThereMayBeTheLastStayInTheLog() {
    PairFlow outlet = begin(folder.resolve("pairs"), ROOM);
    List<Pair> logged =
        List.of(pair("a", "1"), pair("b", "1"), pair("c", "1"), pair("d", "1"), pair("a", "2"));
    assertEquals(4, join(pairDisk.takeOver(logged)));
    assertEquals(4, book.count());
    assertEquals(List.of(), names("d"));
  }

  @Test
  void aLogThatHasLostThePairsGetsThoseThatAreHereAndNoneThatIsGone() {
    topicId = "first";
    PairFlow outlet = begin(folder.resolve("pairs"), ROOM);
    join(pairDisk.takeOver(List.of(pair("ann", "of the log"))));
    join(outlet.add(pair("ann", "1")));
    join(outlet.add(pair("ann", "2")));
    join(outlet.remove("ann", "1"));
    until("all is in the log", 10, () -> pairDisk.waiting() == 0 && arrived.size() == 3);
    arrived.clear();
    topicId = "second";
    until("it is said", 20, () -> kept.sentAgain().startsWith("sent again: "));
    until("all is in the log", 10, () -> pairDisk.waiting() == 0);
    // What this disk's log has first, then what it has not; what is gone stays gone.
    assertEquals(Set.of("+ann/2", "-ann/1"), Set.copyOf(arrived.subList(0, 2)));
    assertEquals(List.of("+ann/of the log"), arrived.subList(2, arrived.size()));
    assertEquals("sent again: 3 values, as the log had lost the topic", kept.sentAgain());
  }

  @Test
  void aFullDiskIsSaidCountedAndLeftAgainByItself() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("small"), 1024)) {
      PairFlow outlet = begin(disk.folder().resolve("pairs"), ROOM);
      join(outlet.add(pair("ann", "1")));
      assertEquals("ok", pairDisk.room());
      disk.fill(4);
      assertTrue(pairDisk.room().contains("No space left on device"), pairDisk.room());
      assertEquals("ok", pairDisk.status(), "nobody has tried yet");
      int taught = 1;
      Refusal no = null;
      for (int i = 2; no == null && i < 100; i++) {
        try {
          join(outlet.add(pair("ann", Integer.toString(i))));
          taught++;
        } catch (java.util.concurrent.CompletionException refused) {
          no = (Refusal) refused.getCause();
        }
      }
      assertTrue(no != null && no.getMessage().contains("No space left on device"), "" + no);
      assertEquals(1, pairDisk.refused());
      assertEquals("pairs cannot be stored: No space left on device", pairDisk.room());
      assertEquals(taught, book.count(), "what was answered is still seen");
      disk.free();
      until("it mends itself", 10, () -> pairDisk.room().equals("ok"));
      join(outlet.add(pair("ann", "last")));
      assertEquals(taught + 1, book.count());
      pairDisk.close();
      begin(disk.folder().resolve("pairs"), ROOM);
      assertEquals(taught + 1, book.count());
      end();
    }
  }
}
