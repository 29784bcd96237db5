package org.latentspace.kept;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.wire.Until.until;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentspace.kept.KeptLog.Following;
import org.latentspace.kept.KeptLog.Start;

/** The disk's log survives what happens to processes and files, and does not grow without need. */
class DiskTopicTest {
  private static final Topic TOPIC = Topic.TRAINING_PAIRS;

  @TempDir private Path folder;

  private static void append(KeptLog log, Topic topic, String key, byte[] value) throws Exception {
    log.append(topic, key, value).toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private List<String> all(KeptLog log, Topic topic) {
    Heard heard = new Heard();
    try (Following following = log.follow(topic, "test", Start.BEGINNING, heard)) {
      until("it has caught up", 20, following::caughtUp);
    }
    return heard.lines();
  }

  @Test
  void whatAKilledProcessHadKeptIsInTheLogOnceItIsStartedAgain() throws Exception {
    List<Integer> said = KeepingProcess.keepAndKill(2000, folder.toString());
    assertEquals(2000, said.size());
    try (KeptLog log = new DiskLog(folder.resolve("log"));
        KeptOutlet outlet = new KeptOutlet(folder, TOPIC, log, 64 << 20)) {
      until("nothing waits", 20, () -> outlet.waiting() == 0);
      List<String> distinct = new ArrayList<>(new LinkedHashSet<>(all(log, TOPIC)));
      assertTrue(distinct.size() >= 2000, distinct.size() + " arrived");
      for (int i = 0; i < distinct.size(); i++) {
        assertEquals("k" + i % 5 + "=v" + i, distinct.get(i));
      }
    }
  }

  @Test
  void aTornEndIsSetAsideAndItsOffsetGivenAgain() throws Exception {
    Path file = folder.resolve("recorded-rhythms/records");
    try (KeptLog log = new DiskLog(folder)) {
      append(log, Topic.RECORDED_RHYTHMS, "a", Heard.bytes("1"));
      append(log, Topic.RECORDED_RHYTHMS, "b", Heard.bytes("2"));
    }
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 1));
    try (KeptLog log = new DiskLog(folder)) {
      append(log, Topic.RECORDED_RHYTHMS, "c", Heard.bytes("3"));
      assertEquals(List.of("a=1", "c=3"), all(log, Topic.RECORDED_RHYTHMS));
    }
    Path aside = folder.resolve("recorded-rhythms/torn-at-" + whole.length / 2);
    assertEquals(whole.length / 2 - 1, Files.size(aside));
  }

  @Test
  void aDamagedRecordIsPassedOver() throws Exception {
    Path file = folder.resolve("recorded-rhythms/records");
    try (KeptLog log = new DiskLog(folder)) {
      for (String key : List.of("a", "b", "c")) {
        append(log, Topic.RECORDED_RHYTHMS, key, Heard.bytes("1"));
      }
    }
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    try (KeptLog log = new DiskLog(folder)) {
      append(log, Topic.RECORDED_RHYTHMS, "d", Heard.bytes("1"));
      assertEquals(List.of("a=1", "c=1", "d=1"), all(log, Topic.RECORDED_RHYTHMS));
    }
  }

  @Test
  void aCompactedTopicKeepsEachKeysNewestAndItsOffsets() throws Exception {
    byte[] large = new byte[10_000];
    try (KeptLog log = new DiskLog(folder)) {
      Heard reader = new Heard();
      log.follow(TOPIC, "reader", Start.WHERE_IT_WAS, reader);
      append(log, TOPIC, "gone", Heard.bytes("1"));
      append(log, TOPIC, "gone", null);
      append(log, TOPIC, "stays", Heard.bytes("1"));
      reader.await(3);
      for (int i = 0; i < 500; i++) {
        append(log, TOPIC, "large", large);
      }
      append(log, TOPIC, "end", Heard.bytes("1"));
      // A reader that lags behind may miss values that newer ones have replaced.
      until("the end is heard", 30, () -> reader.state().containsKey("end"));
      long bytes = Files.size(folder.resolve("training-pairs/records"));
      assertTrue(bytes < 2_500_000, bytes + " bytes");
      Heard player = new Heard();
      try (Following following = log.follow(TOPIC, "player", Start.BEGINNING, player)) {
        until("it has caught up", 20, following::caughtUp);
        assertEquals(503, following.position());
      }
      assertEquals("stays=1", player.lines().get(0));
      assertTrue(player.count() < 200, player.count() + " records");
      assertEquals(
          List.of("end", "large", "stays"), player.state().keySet().stream().sorted().toList());
    }
    try (KeptLog log = new DiskLog(folder)) {
      append(log, TOPIC, "after", Heard.bytes("1"));
      Heard reader = new Heard();
      log.follow(TOPIC, "reader", Start.WHERE_IT_WAS, reader);
      reader.await(1);
      assertEquals(504, reader.records().get(0).offset());
    }
  }

  @Test
  void aTombstoneStaysUntilEveryFollowerHasHeardIt() throws Exception {
    byte[] large = new byte[100_000];
    try (KeptLog log = new DiskLog(folder)) {
      append(log, TOPIC, "gone", Heard.bytes("1"));
      Heard slow = new Heard();
      try (Following following = log.follow(TOPIC, "slow", Start.WHERE_IT_WAS, slow)) {
        slow.await(1);
        until("the position is known", 5, () -> following.position() == 0);
      }
      append(log, TOPIC, "gone", null);
      for (int i = 0; i < 50; i++) {
        append(log, TOPIC, "large", large);
      }
      log.follow(TOPIC, "slow", Start.WHERE_IT_WAS, slow);
      until("all is heard", 20, () -> slow.state().containsKey("large"));
      assertEquals("gone=-", slow.lines().get(1));
    }
  }

  @Test
  void aTopicThatAnotherHasIsTroubleUntilItIsGivenBack() throws Exception {
    KeptLog first = new DiskLog(folder);
    append(first, TOPIC, "a", Heard.bytes("1"));
    try (KeptLog second = new DiskLog(folder)) {
      Heard heard = new Heard();
      Following following = second.follow(TOPIC, "reader", Start.WHERE_IT_WAS, heard);
      until("it says what is wrong", 10, () -> following.status().contains("is in use by"));
      assertTrue(second.status().contains("kept.bootstrap-servers"), second.status());
      assertTrue(
          second
              .append(TOPIC, "b", null)
              .handle((ok, fault) -> fault instanceof Trouble)
              .toCompletableFuture()
              .get());
      append(second, Topic.TRAINING_JOBS, "another topic", Heard.bytes("1"));
      first.close();
      heard.await(1);
      until("the trouble is over", 5, () -> second.status().equals("ok"));
    }
  }

  @Test
  void aPositionThatCannotBeReadBeginsAtTheBeginning() throws Exception {
    try (KeptLog log = new DiskLog(folder)) {
      append(log, TOPIC, "a", Heard.bytes("1"));
      Heard heard = new Heard();
      log.follow(TOPIC, "reader", Start.WHERE_IT_WAS, heard);
      heard.await(1);
    }
    Path position = folder.resolve("training-pairs/positions/reader");
    Files.write(position, new byte[] {9}, StandardOpenOption.WRITE);
    try (KeptLog log = new DiskLog(folder)) {
      Heard heard = new Heard();
      log.follow(TOPIC, "reader", Start.WHERE_IT_WAS, heard);
      heard.await(1);
    }
  }

  /** A kill between the disk and the note of whoever kept it: that one keeps all of it again. */
  @Test
  void whatIsKeptAgainAfterAKillStandsOnceOnTheDiskAndInTheLog() throws Exception {
    MoodyLog log = new MoodyLog();
    try (KeptOutlet outlet = new KeptOutlet(folder, TOPIC, log, 1 << 20)) {
      outlet.keepIfNew("a", Heard.bytes("1")).toCompletableFuture().get(20, TimeUnit.SECONDS);
      outlet.keepIfNew("b", Heard.bytes("2")).toCompletableFuture().get(20, TimeUnit.SECONDS);
      outlet.keepIfNew("c", Heard.bytes("3")).toCompletableFuture().get(20, TimeUnit.SECONDS);
      outlet.keepIfNew("c", null).toCompletableFuture().get(20, TimeUnit.SECONDS);
      until("nothing waits", 20, () -> outlet.waiting() == 0);
    }
    try (KeptOutlet outlet = new KeptOutlet(folder, TOPIC, log, 1 << 20)) {
      outlet.keepIfNew("b", Heard.bytes("2")).toCompletableFuture().get(20, TimeUnit.SECONDS);
      outlet.keepIfNew("c", null).toCompletableFuture().get(20, TimeUnit.SECONDS);
      assertEquals(0, outlet.waiting());
      assertEquals(0, outlet.waitingBytes());
      assertEquals(0, outlet.kept());
      // Others than the newest are new, also within one write.
      outlet.keepIfNew("a", Heard.bytes("4"));
      outlet.keepIfNew("a", Heard.bytes("1"));
      outlet.keepIfNew("a", Heard.bytes("1"));
      outlet.keepIfNew("d", null).toCompletableFuture().get(20, TimeUnit.SECONDS);
      until("nothing waits", 20, () -> outlet.waiting() == 0);
      assertEquals(3, outlet.kept());
    }
    assertEquals(List.of("1", "2", "3", "-", "4", "1", "-"), log.taken());
  }
}
