package org.latentspace.kept;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.wire.Until.until;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept is on the disk first, and arrives in order, whatever the log's mood. */
class KeptOutletTest {
  private static final Topic TOPIC = Topic.RECORDED_RHYTHMS;

  @TempDir private Path folder;
  private final MoodyLog log = new MoodyLog();

  private KeptOutlet outlet(long maxBytes) {
    return new KeptOutlet(folder, TOPIC, log, maxBytes);
  }

  private static void get(CompletionStage<Void> stage) throws Exception {
    stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private static List<String> values(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "v" + i).toList();
  }

  private static void keep(KeptOutlet outlet, List<String> values) throws Exception {
    CompletionStage<Void> last = null;
    for (String value : values) {
      last = outlet.keep("key", Heard.bytes(value));
    }
    get(last);
  }

  private static void awaitEmpty(KeptOutlet outlet) {
    until("nothing waits", 20, () -> outlet.waiting() == 0);
  }

  @Test
  void whatIsKeptWhileTheLogIsAwayArrivesInOrderWhenItIsBack() throws Exception {
    log.be(MoodyLog.Mood.REFUSES);
    try (KeptOutlet outlet = outlet(1 << 20)) {
      keep(outlet, values(0, 200));
      assertEquals(200, outlet.waiting());
      until("it says what is wrong", 5, () -> !outlet.status().equals("ok"));
      assertTrue(
          outlet.status().startsWith("200 of recorded-rhythms wait on disk ("), outlet.status());
      assertTrue(outlet.status().endsWith("no broker answers at moon:9092"), outlet.status());
      log.be(MoodyLog.Mood.TAKES);
      awaitEmpty(outlet);
      assertEquals("ok", outlet.status());
      assertEquals(0, outlet.waitingBytes());
    }
    assertEquals(values(0, 200), log.taken());
  }

  @Test
  void whatTheNextProcessFindsOnTheDiskItSends() throws Exception {
    log.be(MoodyLog.Mood.REFUSES);
    try (KeptOutlet outlet = outlet(1 << 20)) {
      keep(outlet, values(0, 50));
    }
    log.be(MoodyLog.Mood.TAKES);
    try (KeptOutlet outlet = outlet(1 << 20)) {
      keep(outlet, values(50, 60));
      awaitEmpty(outlet);
    }
    try (KeptOutlet outlet = outlet(1 << 20)) {
      assertEquals(0, outlet.waiting());
    }
    assertEquals(values(0, 60), log.taken());
  }

  @Test
  void afterOneThatFailedThoseBehindItComeAgainSoThatTheNewestIsLast() throws Exception {
    log.refuseOnce("v7");
    try (KeptOutlet outlet = outlet(1 << 20)) {
      keep(outlet, values(0, 20));
      awaitEmpty(outlet);
      assertTrue(outlet.resent() >= 1, "resent: " + outlet.resent());
    }
    List<String> taken = log.taken();
    assertEquals(new HashSet<>(values(0, 20)), new HashSet<>(taken));
    assertEquals(values(7, 20), taken.subList(taken.size() - 13, taken.size()));
  }

  @Test
  void aSilentLogHoldsNobodyUpAndIsToldOfAfterAWhile() throws Exception {
    log.be(MoodyLog.Mood.SILENT);
    try (KeptOutlet outlet = outlet(1 << 20)) {
      long begin = System.nanoTime();
      for (String value : values(0, 1000)) {
        assertTrue(outlet.offer("key", Heard.bytes(value)));
      }
      long milliseconds = (System.nanoTime() - begin) / 1_000_000;
      assertTrue(milliseconds < 1000, "1000 offers took " + milliseconds + " ms");
      get(outlet.keep("key", Heard.bytes("v1000")));
      until(
          "it says what is wrong",
          10,
          () -> outlet.status().contains("1001 of recorded-rhythms wait"));
      log.be(MoodyLog.Mood.TAKES);
      awaitEmpty(outlet);
    }
    assertEquals(values(0, 1001), log.taken());
  }

  @Test
  void anAnswerThatComesWhileOthersAreWrittenDownIsNotForgotten() throws Exception {
    log.be(MoodyLog.Mood.SILENT);
    try (KeptOutlet outlet = outlet(1 << 20)) {
      for (int round = 0; round < 100; round++) {
        keep(outlet, values(0, 60));
        int[] arrived = {0};
        until("all were sent", 10, () -> (arrived[0] += log.acknowledge()) >= 60);
        until("none is called waiting", 5, () -> outlet.waiting() == 0);
      }
      assertEquals(6000, outlet.acknowledged());
      assertEquals(0, outlet.resent());
    }
  }

  @Test
  void aFullDiskRefusesTheNewCountsThemAndTakesThemAgainWhenThereIsRoom() throws Exception {
    log.be(MoodyLog.Mood.REFUSES);
    byte[] large = new byte[10_000];
    try (KeptOutlet outlet = outlet(100_000)) {
      int taken = 0;
      while (outlet.offer("key" + taken, large)) {
        taken++;
      }
      assertEquals(9, taken);
      CompletionStage<Void> refused = outlet.keep("more", large);
      ExecutionException why = assertThrows(ExecutionException.class, () -> get(refused));
      assertInstanceOf(Trouble.class, why.getCause());
      assertTrue(
          why.getMessage().contains("no room for more recorded-rhythms: 9 wait on disk"),
          why.getMessage());
      assertEquals(2, outlet.refused());
      log.be(MoodyLog.Mood.TAKES);
      awaitEmpty(outlet);
      get(outlet.keep("more", large));
      awaitEmpty(outlet);
      assertEquals("ok", outlet.status());
    }
    assertEquals(10, log.taken().size());
  }

  @Test
  void theTroubleDoesNotClearBetweenTwoTries() throws Exception {
    log.be(MoodyLog.Mood.REFUSES);
    try (KeptOutlet outlet = outlet(100_000)) {
      get(outlet.keep("key", new byte[10]));
      until("it says what is wrong", () -> !outlet.status().equals("ok"));
      while (outlet.resent() < 3) {
        assertTrue(outlet.status().contains("wait on disk"), outlet.status());
      }
      log.be(MoodyLog.Mood.TAKES);
      awaitEmpty(outlet);
      assertEquals("ok", outlet.status());
    }
  }

  @Test
  void whatHasArrivedIsTakenOffTheDisk() throws Exception {
    try (KeptOutlet outlet = outlet(400_000)) {
      for (int i = 0; i < 100; i++) {
        get(outlet.keep("key", new byte[10_000]));
        awaitEmpty(outlet);
      }
      long bytes = Files.size(records());
      assertTrue(bytes <= 120_000, bytes + " bytes are left");
    }
  }

  @Test
  void aTornEndIsCutOffAndWhatWasWholeIsSent() throws Exception {
    log.be(MoodyLog.Mood.REFUSES);
    try (KeptOutlet outlet = outlet(1 << 20)) {
      keep(outlet, values(0, 10));
    }
    Path segment = records();
    byte[] whole = Files.readAllBytes(segment);
    Files.write(
        segment, java.util.Arrays.copyOf(whole, whole.length / 2), StandardOpenOption.APPEND);
    Files.write(segment, new byte[] {0, 0, 0}, StandardOpenOption.APPEND);
    log.be(MoodyLog.Mood.TAKES);
    try (KeptOutlet outlet = outlet(1 << 20)) {
      assertEquals(1, outlet.torn());
      keep(outlet, values(10, 12));
      awaitEmpty(outlet);
    }
    assertEquals(values(0, 12), log.taken());
  }

  @Test
  void everyPlaceWhereAFileMayBeTornLeavesWhatWasWholeBeforeIt() throws Exception {
    log.be(MoodyLog.Mood.REFUSES);
    try (KeptOutlet outlet = outlet(1 << 20)) {
      keep(outlet, values(0, 4));
    }
    Path segment = records();
    byte[] whole = Files.readAllBytes(segment);
    int frame = whole.length / 4;
    for (int bytes = 0; bytes <= whole.length; bytes += 3) {
      Files.write(segment, java.util.Arrays.copyOf(whole, bytes));
      try (KeptOutlet outlet = outlet(1 << 20)) {
        assertEquals(bytes / frame, outlet.waiting(), bytes + " bytes");
        assertEquals(bytes % frame == 0 ? 0 : 1, outlet.torn(), bytes + " bytes");
      }
    }
  }

  @Test
  void aDamagedValueIsPassedOver() throws Exception {
    log.be(MoodyLog.Mood.REFUSES);
    try (KeptOutlet outlet = outlet(1 << 20)) {
      keep(outlet, values(0, 5));
    }
    Path segment = records();
    byte[] bytes = Files.readAllBytes(segment);
    bytes[2 * bytes.length / 5 + 12] ^= 1;
    Files.write(segment, bytes);
    log.be(MoodyLog.Mood.TAKES);
    try (KeptOutlet outlet = outlet(1 << 20)) {
      assertEquals(1, outlet.torn());
      awaitEmpty(outlet);
    }
    assertEquals(List.of("v0", "v1", "v3", "v4"), log.taken());
  }

  @Test
  void aFolderThatCannotBeWrittenOrIsInUseIsTroubleThatMends() throws Exception {
    KeptOutlet first = outlet(1 << 20);
    try (KeptOutlet second = outlet(1 << 20)) {
      assertTrue(second.status().contains("is in use by"), second.status());
      assertThrows(ExecutionException.class, () -> get(second.keep("a", Heard.bytes("lost"))));
      assertEquals(1, second.refused());
      first.close();
      until("the trouble is over", 10, () -> second.status().equals("ok"));
      get(second.keep("b", Heard.bytes("kept")));
      awaitEmpty(second);
    }
    assertEquals(List.of("kept"), log.taken());
    Path file = Files.createFile(folder.resolve("file"));
    try (KeptOutlet none = new KeptOutlet(file, TOPIC, log, 1 << 20)) {
      assertThrows(ExecutionException.class, () -> get(none.keep("a", Heard.bytes("lost"))));
      assertFalse(none.status().equals("ok"));
    }
  }

  @Test
  void whatNoLogTakesIsRefusedAtOnceAndAClosedOutletTakesNothing() {
    KeptOutlet outlet = outlet(4 << 20);
    List<CompletionStage<Void>> refused = new ArrayList<>();
    refused.add(outlet.keep("", Heard.bytes("v")));
    refused.add(outlet.keep("k".repeat(257), Heard.bytes("v")));
    refused.add(outlet.keep("k", new byte[(1 << 20) + 1]));
    refused.add(outlet.keep(null, Heard.bytes("v")));
    outlet.close();
    refused.add(outlet.keep("k", Heard.bytes("v")));
    refused.forEach(stage -> assertThrows(ExecutionException.class, () -> get(stage)));
    assertEquals(5, outlet.refused());
    assertEquals(List.of(), log.taken());
  }

  private Path records() {
    return folder.resolve("log/recorded-rhythms/records");
  }
}
