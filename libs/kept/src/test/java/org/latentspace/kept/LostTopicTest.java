package org.latentspace.kept;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.latentspace.wire.Until.until;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A log that has lost a topic gets what is still here, in the right order. */
@Timeout(60)
class LostTopicTest {
  private static final Topic TOPIC = Topic.TRAINING_PAIRS;

  @TempDir private Path folder;
  private final MoodyLog log = new MoodyLog();

  private KeptOutlet outlet() {
    return new KeptOutlet(folder, TOPIC, log, 1 << 20);
  }

  /** Of the key that the value says: "1" and "1'" are of one, "-1" takes it away. */
  private static void keep(KeptOutlet outlet, String... values) throws Exception {
    for (String value : values) {
      boolean gone = value.startsWith("-");
      String key = "key-" + (gone ? value.substring(1) : value.replaceAll("'", ""));
      byte[] bytes = gone ? null : Heard.bytes(value);
      outlet.keep(key, bytes).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
  }

  private void awaitTaken(String... values) {
    until("the log has them again", 20, () -> log.taken().equals(List.of(values)));
  }

  @Test
  void theDiskSendsTheNewestOfEveryKeyAgainInOrderWithItsTombstones() throws Exception {
    try (KeptOutlet outlet = outlet()) {
      keep(outlet, "1", "2", "2'", "-1", "3");
      awaitTaken("1", "2", "2'", "-", "3");
      until("all is acknowledged", 10, () -> outlet.waiting() == 0);
      assertEquals("", outlet.sentAgain());
      log.lose("second");
      awaitTaken("2'", "-", "3");
      until("all is acknowledged", 10, () -> outlet.waiting() == 0);
      assertEquals("sent again: 3 values, as the log had lost the topic", outlet.sentAgain());
      assertEquals(1, outlet.topicsLost());
      assertEquals("ok", outlet.status());
      log.lose("third");
      keep(outlet, "4");
      awaitTaken("2'", "-", "3", "4");
      until("it is said", 10, () -> outlet.sentAgain().endsWith("(2 times since the start)"));
    }
  }

  @Test
  void ofATopicThatKeepsEverythingEverythingIsSentAgain() throws Exception {
    try (KeptOutlet outlet = new KeptOutlet(folder, Topic.RECORDED_RHYTHMS, log, 1 << 20)) {
      keep(outlet, "1", "1'", "2");
      awaitTaken("1", "1'", "2");
      until("all is acknowledged", 10, () -> outlet.waiting() == 0);
      log.lose("second");
      awaitTaken("1", "1'", "2");
    }
  }

  @Test
  void aStoreIsAskedOnceAndItsValuesComeAfterTheDisks() throws Exception {
    try (KeptOutlet outlet = outlet()) {
      keep(outlet, "old");
      AtomicInteger asked = new AtomicInteger();
      outlet.store(
          () -> {
            asked.incrementAndGet();
            return outlet.keep("key", Heard.bytes("newest")).thenApply(done -> 1);
          });
      awaitTaken("old");
      assertEquals(0, asked.get());
      log.lose("second");
      awaitTaken("old", "newest");
      until("it is said", 10, () -> outlet.sentAgain().startsWith("sent again: 2 values"));
      assertEquals(1, asked.get());
    }
  }

  @Test
  void aStoreThatCannotYetOrWasOpenedLateIsAskedAgain() throws Exception {
    try (KeptOutlet outlet = outlet()) {
      keep(outlet, "old");
      awaitTaken("old");
      log.lose("second");
      until("it was found", 10, () -> outlet.topicsLost() == 1);
      AtomicInteger asked = new AtomicInteger();
      outlet.store(
          () ->
              asked.incrementAndGet() == 1
                  ? CompletableFuture.failedFuture(new Trouble("not open yet"))
                  : outlet.keep("key", Heard.bytes("newest")).thenApply(done -> 1));
      awaitTaken("old", "newest");
      until("it is said", 10, () -> outlet.sentAgain().startsWith("sent again: 2 values"));
    }
  }

  @Test
  void whatWasLostWhileNobodyRanIsSentAgainAtTheNextStart() throws Exception {
    try (KeptOutlet outlet = outlet()) {
      keep(outlet, "1", "2");
      awaitTaken("1", "2");
      until("all is acknowledged", 10, () -> outlet.waiting() == 0);
    }
    log.lose("second");
    CompletableFuture<Integer> never = new CompletableFuture<>();
    try (KeptOutlet outlet = outlet()) {
      outlet.store(() -> never);
      awaitTaken("1", "2");
      until("it is said", 10, () -> outlet.sentAgain().startsWith("being sent again: 2"));
    }
    // That process ended before the store had answered: the next one asks it again.
    try (KeptOutlet outlet = outlet()) {
      outlet.store(() -> outlet.keep("key", Heard.bytes("newest")).thenApply(done -> 1));
      until("the store was asked", 20, () -> log.taken().contains("newest"));
      until("it is said", 10, () -> outlet.sentAgain().startsWith("sent again: "));
    }
    try (KeptOutlet outlet = outlet()) {
      keep(outlet, "last");
      until("the log has it", 10, () -> log.taken().contains("last"));
      assertEquals("", outlet.sentAgain(), "once it is all there, nothing is sent again");
    }
  }

  @Test
  void whatIsAcknowledgedStaysAlsoAfterManyStarts() throws Exception {
    int starts = 70;
    for (int i = 0; i < starts; i++) {
      try (KeptOutlet outlet = outlet()) {
        keep(outlet, "v" + i);
        until("it is acknowledged", 10, () -> outlet.waiting() == 0);
      }
    }
    log.lose("second");
    try (KeptOutlet outlet = outlet()) {
      until("it is said", 20, () -> outlet.sentAgain().startsWith("sent again: "));
      until("all is sent", 20, () -> outlet.waiting() == 0);
      assertEquals(IntStream.range(0, starts).mapToObj(i -> "v" + i).toList(), log.taken());
    }
  }
}
