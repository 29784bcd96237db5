package org.latentspace.explorer.outlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.latentspace.explorer.PairFlow;
import org.latentspace.explorer.teaching.Pair;
import org.latentspace.explorer.teaching.Refusal;

/** Teaching against a disk that tears and a log that is gone. */
class PairFlowTest extends PairDesk {
  @Test
  void whatWasAnsweredIsThereAfterAKillAndArrivesInTheLogInOrder() throws Exception {
    Path pairs = folder.resolve("pairs");
    PairFlow outlet = begin(pairs, ROOM);
    outlet.add(pair("ann", "1")).toCompletableFuture().join();
    outlet.add(pair("ann", "2")).toCompletableFuture().join();
    outlet.remove("ann", "1").toCompletableFuture().join();
    outlet.add(pair("bob", "1")).toCompletableFuture().join();
    awaitArrived("+ann/1", "+ann/2", "-ann/1", "+bob/1");
    // What a kill leaves behind: the file as it is now.
    Path killed = Files.createDirectory(folder.resolve("killed"));
    Files.copy(pairs.resolve(PairStore.NAME), killed.resolve(PairStore.NAME));
    end();
    begin(killed, ROOM);
    assertEquals(1, book.of("ann").size());
    Pair kept = book.of("ann").get(0);
    assertEquals("2", kept.name());
    assertEquals(1_700_000_000_123L, kept.taughtMillis());
    assertEquals(.4f, kept.input().vector()[3]);
    assertEquals(4, kept.input().raw()[3]);
    assertEquals("lse", kept.input().scaling());
    assertEquals(1, book.of("bob").size());
  }

  @Test
  void whatWasStoredButNotHandedOnWhenItWasKilledIsHandedOnAtTheNextStart() throws Exception {
    Path pairs = folder.resolve("pairs");
    // No room for the log's spool.
    PairFlow outlet = begin(pairs, 1);
    outlet.add(pair("ann", "1")).toCompletableFuture().join();
    outlet.add(pair("ann", "2")).toCompletableFuture().join();
    outlet.remove("ann", "2").toCompletableFuture().join();
    assertEquals(3, pairDisk.waiting());
    assertTrue(arrived.isEmpty());
    end();
    PairFlow next = begin(pairs, ROOM);
    awaitArrived("+ann/1", "+ann/2", "-ann/2");
    awaitHandedOn(pairDisk);
    end();
    begin(pairs, ROOM);
    assertEquals(1, book.of("ann").size());
    end();
    assertEquals(3, arrived.size(), "not a second time");
  }

  @Test
  void whatWasHandedOnButNotNotedWhenItWasKilledIsInTheLogOnce() throws Exception {
    Path pairs = folder.resolve("pairs");
    // No room for the log's spool: a journal of changes that are not handed on.
    PairFlow outlet = begin(pairs, 1);
    outlet.add(pair("ann", "1")).toCompletableFuture().join();
    outlet.add(pair("ann", "2")).toCompletableFuture().join();
    outlet.remove("ann", "2").toCompletableFuture().join();
    Path killed = Files.createDirectory(folder.resolve("killed"));
    Files.copy(pairs.resolve(PairStore.NAME), killed.resolve(PairStore.NAME));
    end();
    begin(pairs, ROOM);
    awaitHandedOn(pairDisk);
    awaitArrived("+ann/1", "+ann/2", "-ann/2");
    end();
    // The log has them all, and the journal knows of none.
    PairFlow next = begin(killed, ROOM);
    next.add(pair("ann", "3")).toCompletableFuture().join();
    awaitHandedOn(pairDisk);
    assertEquals(1, arrived.stream().filter("+ann/1"::equals).count(), arrived.toString());
    assertEquals("+ann/3", arrived.get(arrived.size() - 1));
  }

  @Test
  void refusesWhatIsUnknownAndWhatFindsNoRoom() {
    PairFlow outlet = begin(folder.resolve("pairs"), ROOM);
    assertEquals(Refusal.Kind.UNKNOWN, refused(outlet.remove("ann", "7")).kind());
    for (String performer : List.of("ann", "bob", "eve")) {
      outlet.add(pair(performer, "1")).toCompletableFuture().join();
    }
    Refusal full = refused(outlet.add(pair("tom", "1")));
    assertEquals(Refusal.Kind.NO_ROOM, full.kind());
    outlet.add(pair("eve", "2")).toCompletableFuture().join();
    assertEquals(4, book.count());
  }

  @Test
  void aDiskThatIsGoneIsTroubleThatMendsItself() throws Exception {
    Path pairs = folder.resolve("pairs");
    Files.writeString(pairs, "no folder");
    PairFlow outlet = begin(pairs, ROOM);
    Refusal status = refused(outlet.add(pair("ann", "1")));
    assertEquals(Refusal.Kind.UNAVAILABLE, status.kind());
    assertTrue(pairDisk.status().startsWith("pairs cannot be stored"), pairDisk.status());
    Files.delete(pairs);
    outlet.add(pair("ann", "2")).toCompletableFuture().join();
    assertEquals("ok", pairDisk.status());
    assertEquals(List.of("2"), book.of("ann").stream().map(Pair::name).toList());
  }

  @Test
  void theFileIsShortenedWhenMostOfItIsTakenAway() throws Exception {
    Path pairs = folder.resolve("pairs");
    PairFlow outlet = begin(pairs, ROOM);
    outlet.add(pair("ann", "stays")).toCompletableFuture().join();
    for (int i = 0; i < 500; i++) {
      outlet.add(pair("ann", "p" + i));
      outlet.remove("ann", "p" + i).toCompletableFuture().join();
    }
    awaitHandedOn(pairDisk);
    end();
    long before = Files.size(pairs.resolve(PairStore.NAME));
    PairFlow next = begin(pairs, ROOM);
    // What is left is what can be taken back.
    assertTrue(Files.size(pairs.resolve(PairStore.NAME)) < before / 2);
    next.add(pair("ann", "after")).toCompletableFuture().join();
    awaitHandedOn(pairDisk);
    end();
    begin(pairs, ROOM);
    assertEquals(List.of("stays", "after"), book.of("ann").stream().map(Pair::name).toList());
    end();
    assertEquals("+ann/after", arrived.get(arrived.size() - 1));
    assertEquals(1 + 1000 + 1, arrived.size());
  }

  @Test
  void everyPairThatWasAnsweredSurvivesKillNine() throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process process =
        new ProcessBuilder(
                java.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                PairTeacher.class.getName(),
                folder.resolve("killed").toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<String> answered = new ArrayList<>();
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        answered.add(line);
        if (answered.size() == 40) {
          process.destroyForcibly();
        }
      }
    } catch (IOException e) {
      // Killed in the middle of a line.
    }
    process.waitFor();
    assertTrue(answered.size() >= 40, "answered: " + answered.size());
    begin(folder.resolve("killed"), ROOM);
    List<String> kept = book.of("ann").stream().map(Pair::name).toList();
    assertEquals(answered.subList(0, 40), kept.subList(0, 40));
    assertTrue(kept.size() >= answered.size() - 1, kept.size() + " of " + answered.size());
  }
}
