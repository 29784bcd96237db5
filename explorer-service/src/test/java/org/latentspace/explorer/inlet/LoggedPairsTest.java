package org.latentspace.explorer.inlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.latentspace.wire.Until.until;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.latentspace.explorer.PairFlow;
import org.latentspace.explorer.feature.PairInput;
import org.latentspace.explorer.mapping.TaughtMapping.Motion;
import org.latentspace.explorer.outlet.PairDisk;
import org.latentspace.explorer.teaching.Pair;
import org.latentspace.explorer.teaching.PairBook;
import org.latentspace.explorer.teaching.PairTarget;
import org.latentspace.explorer.wire.PairWire;
import org.latentspace.kept.DiskLog;
import org.latentspace.kept.KeptLog;
import org.latentspace.kept.KeptOutlet;
import org.latentspace.kept.Topic;
import org.latentspace.proto.TrainingPair;

/** A new disk gets the pairs back that are in the topic training-pairs. */
@Timeout(60)
class LoggedPairsTest {
  @TempDir Path folder;

  /** An explorer-service's pairs, with a log that outlives them. */
  private final class Service implements AutoCloseable {
    private final PairBook book = new PairBook(4);
    private final PairDisk disk = new PairDisk(book);
    private final PairFlow pairs = new PairFlow(book, disk);
    private final KeptOutlet kept;
    private final LoggedPairs logged;

    Service(KeptLog log) {
      kept = new KeptOutlet(folder.resolve("kept"), Topic.TRAINING_PAIRS, log, 10 << 20);
      disk.open(folder.resolve("pairs"), kept);
      logged = new LoggedPairs(disk, log);
      logged.begin();
    }

    List<TrainingPair> all() {
      return List.of("ann", "bob").stream()
          .flatMap(name -> book.of(name).stream())
          .map(PairWire::pair)
          .toList();
    }

    @Override
    public void close() {
      logged.close(null);
      disk.close();
      kept.close();
    }
  }

  private static Pair pair(String performer, int number) {
    PairInput input =
        new PairInput(new float[] {number, .1f}, new float[] {1, 2}, "lse", List.of("a", "b"), 1);
    float[] output = {.1f * number, .5f, 0, 0};
    PairTarget meaning = PairTarget.of(output, new float[0], List.of(), Motion.POSITION);
    return new Pair(performer, "pair-" + number, 1000L + number, input, meaning);
  }

  private void loseTheDisk() throws Exception {
    try (var files = Files.list(folder.resolve("pairs"))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void aNewDiskHasWhatWasTaughtAsItWasEditedAndNothingThatWasTakenAway() throws Exception {
    try (KeptLog log = new DiskLog(folder.resolve("log"))) {
      List<TrainingPair> before;
      try (Service service = new Service(log)) {
        for (int i = 0; i < 6; i++) {
          service.pairs.add(pair(i % 2 == 0 ? "ann" : "bob", i)).toCompletableFuture().join();
        }
        service.pairs.remove("ann", "pair-2").toCompletableFuture().join();
        PairTarget other =
            PairTarget.of(new float[] {1, 1, 0, 0}, new float[0], List.of(), Motion.MOVEMENT);
        service.pairs.edit("bob", "pair-3", other).toCompletableFuture().join();
        until("all is in the log", 10, () -> service.disk.waiting() == 0);
        String nothing = "read 0 pairs from training-pairs";
        until("the log is read", 10, () -> service.logged.status().equals(nothing));
        before = service.all();
      }
      loseTheDisk();
      try (Service service = new Service(log)) {
        until("they are back", 10, () -> service.logged.status().startsWith("read 5 pairs"));
        assertEquals(before, service.all());
        service.pairs.remove("ann", "pair-0").toCompletableFuture().join();
        until("all is in the log", 10, () -> service.disk.waiting() == 0);
      }
      try (Service service = new Service(log)) {
        assertEquals("not read: the disk had pairs", service.logged.status());
        assertEquals(4, service.book.count());
      }
      loseTheDisk();
      try (Service service = new Service(log)) {
        until("they are back", 10, () -> service.logged.status().startsWith("read 4 pairs"));
        assertEquals(before.subList(1, 5), service.all());
      }
    }
  }

  @Test
  void whatIsNoPairIsLeftOut() throws Exception {
    try (KeptLog log = new DiskLog(folder.resolve("log"))) {
      byte[] good = PairWire.pair(pair("ann", 1)).toByteArray();
      log.append(Topic.TRAINING_PAIRS, "ann/pair-1", good).toCompletableFuture().join();
      log.append(Topic.TRAINING_PAIRS, "ann/other", good).toCompletableFuture().join();
      byte[] noise = {1, 2, 3};
      log.append(Topic.TRAINING_PAIRS, "ann/noise", noise).toCompletableFuture().join();
      try (Service service = new Service(log)) {
        until("it is read", 10, () -> service.logged.status().startsWith("read 1 pair "));
        assertEquals(1, service.book.count());
      }
    }
  }
}
