package org.latentspace.kept;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.wire.Until.until;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentspace.kept.KeptLog.Following;
import org.latentspace.kept.KeptLog.Start;

/** What holds for every log, wherever its records are. */
abstract class KeptLogContract {
  private static final Topic TOPIC = Topic.TRAINING_PAIRS;

  @TempDir protected Path folder;
  private KeptLog log;

  /** A log without a record, or the same one again after {@link #reopen}. */
  protected abstract KeptLog open() throws Exception;

  /** Takes away what an earlier test has left. */
  protected abstract void empty() throws Exception;

  @BeforeEach
  void begin() throws Exception {
    empty();
    log = open();
  }

  @AfterEach
  void end() {
    log.close();
  }

  private void reopen() throws Exception {
    log.close();
    log = open();
  }

  private long append(String key, String value) throws Exception {
    return log.append(TOPIC, key, value == null ? null : Heard.bytes(value))
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS);
  }

  @Test
  void aRecordArrivesWithItsKeyItsValueAndItsOffsetAndATombstoneWithNone() throws Exception {
    Heard heard = new Heard();
    log.follow(TOPIC, "reader", Start.WHERE_IT_WAS, heard);
    List<Long> offsets =
        List.of(append("ann/1", "one"), append("ann/ü", ""), append("ann/1", null));
    heard.await(3);
    assertEquals(List.of("ann/1=one", "ann/ü=", "ann/1=-"), heard.lines());
    assertEquals(offsets, heard.records().stream().map(KeptRecord::offset).toList());
    assertTrue(offsets.get(0) < offsets.get(1) && offsets.get(1) < offsets.get(2));
    assertEquals(TOPIC, heard.records().get(0).topic());
    assertEquals("ok", log.status());
  }

  @Test
  void aMegabyteArrivesWholeAndMoreIsRefused() throws Exception {
    Heard heard = new Heard();
    log.follow(Topic.RECORDED_RHYTHMS, "reader", Start.BEGINNING, heard);
    byte[] most = new byte[1 << 20];
    new java.util.Random(1).nextBytes(most);
    log.append(Topic.RECORDED_RHYTHMS, "k".repeat(256), most).toCompletableFuture().get();
    heard.await(1);
    assertArrayEquals(most, heard.records().get(0).value());
    ExecutionException refused =
        assertThrows(
            ExecutionException.class,
            () -> log.append(TOPIC, "k", new byte[(1 << 20) + 1]).toCompletableFuture().get());
    assertInstanceOf(IllegalArgumentException.class, refused.getCause());
  }

  @Test
  void aFollowerGoesOnWhereItWasAlsoInTheNextProcess() throws Exception {
    append("a", "1");
    append("b", "2");
    Heard first = new Heard();
    try (Following following = log.follow(TOPIC, "reader", Start.WHERE_IT_WAS, first)) {
      first.await(2);
      until("it has caught up", 10, following::caughtUp);
      assertEquals(1, following.position());
    }
    append("c", "3");
    reopen();
    append("d", "4");
    Heard second = new Heard();
    log.follow(TOPIC, "reader", Start.WHERE_IT_WAS, second);
    second.await(2);
    assertEquals(List.of("c=3", "d=4"), second.lines());
    assertEquals(2, first.count());
  }

  @Test
  void whoKeepsNothingHearsEverythingFromTheBeginningEveryTime() throws Exception {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      log.append(TOPIC, "k" + i, Heard.bytes("v" + i));
      all.add("k" + i + "=v" + i);
    }
    append("last", "one");
    all.add("last=one");
    for (int time = 0; time < 2; time++) {
      Heard heard = new Heard();
      try (Following following = log.follow(TOPIC, "player", Start.BEGINNING, heard)) {
        until("it has caught up", 30, following::caughtUp);
        assertEquals(all, heard.lines());
        assertEquals(300, following.position());
      }
      reopen();
    }
  }

  @Test
  void twoFollowersHearTheSameAndAnEmptyTopicIsCaughtUpAtOnce() throws Exception {
    Heard one = new Heard();
    Heard other = new Heard();
    Following first = log.follow(TOPIC, "one", Start.WHERE_IT_WAS, one);
    Following second = log.follow(TOPIC, "other", Start.WHERE_IT_WAS, other);
    until("it has caught up", 30, () -> first.caughtUp() && second.caughtUp());
    assertEquals(-1, first.position());
    append("a", "1");
    one.await(1);
    other.await(1);
    assertEquals("ok", first.status());
  }

  @Test
  void poisonIsCountedAndSkippedAndOtherTroubleComesAgain() throws Exception {
    List<String> calls = new ArrayList<>();
    AtomicInteger troubles = new AtomicInteger(2);
    Heard heard = new Heard();
    Following following =
        log.follow(
            TOPIC,
            "reader",
            Start.WHERE_IT_WAS,
            record -> {
              synchronized (calls) {
                calls.add(record.key());
              }
              if (record.key().equals("bad")) {
                throw new IllegalArgumentException("not a pair");
              }
              if (record.key().equals("hard") && troubles.getAndDecrement() > 0) {
                throw new java.io.IOException("disk full");
              }
              heard.hear(record);
            });
    append("bad", "?");
    append("hard", "!");
    append("good", "1");
    heard.await(2);
    assertEquals(List.of("hard=!", "good=1"), heard.lines());
    synchronized (calls) {
      assertEquals(List.of("bad", "hard", "hard", "hard", "good"), calls);
    }
    assertEquals(1, following.poisoned());
    assertEquals("ok", following.status());
  }

  @Test
  void whoHasClosedHearsNothingMoreEvenOutOfTheHandler() throws Exception {
    Heard heard = new Heard();
    Following[] following = new Following[1];
    synchronized (following) {
      following[0] =
          log.follow(
              TOPIC,
              "reader",
              Start.BEGINNING,
              record -> {
                heard.hear(record);
                synchronized (following) {
                  following[0].close();
                }
              });
    }
    append("a", "1");
    heard.await(1);
    append("b", "2");
    Heard sentinel = new Heard();
    log.follow(TOPIC, "sentinel", Start.BEGINNING, sentinel);
    sentinel.await(2);
    assertEquals(List.of("a=1"), heard.lines());
  }

  @Test
  void anOutletsValuesComeInOrderAndOnce() throws Exception {
    Heard heard = new Heard();
    log.follow(TOPIC, "reader", Start.WHERE_IT_WAS, heard);
    List<String> all = new ArrayList<>();
    try (KeptOutlet outlet = new KeptOutlet(folder.resolve("own"), TOPIC, log, 16 << 20)) {
      for (int i = 0; i < 1000; i++) {
        assertTrue(outlet.offer("k" + i % 7, Heard.bytes("v" + i)));
        all.add("k" + i % 7 + "=v" + i);
      }
      outlet.keep("end", null).toCompletableFuture().get(30, TimeUnit.SECONDS);
      all.add("end=-");
      heard.await(1001);
      until("nothing waits", 10, () -> outlet.waiting() == 0);
      assertEquals(1001, outlet.acknowledged());
      assertEquals("ok", outlet.status());
    }
    assertEquals(all, heard.lines());
  }

  @Test
  void aClosedLogTakesNothing() {
    log.close();
    assertTrue(log.append(TOPIC, "a", null).toCompletableFuture().isCompletedExceptionally());
    assertFalse(log.status().isEmpty());
  }
}
