package org.latentspace.wire.kept;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who asks is told when the log has everything that was kept before, and until where. */
class SettlingTest {
  @TempDir private Path folder;
  private final MoodyLog log = new MoodyLog();

  private KeptOutlet outlet(long maxBytes) {
    return new KeptOutlet(folder, Topic.RECORDED_RHYTHMS, log, maxBytes);
  }

  private static List<String> values(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "v" + i).toList();
  }

  @Test
  void whoAsksWhetherAllHasArrivedIsToldWhenItHasAndWhyItHasNot() throws Exception {
    log.be(MoodyLog.Mood.REFUSES);
    try (KeptOutlet outlet = outlet(1 << 20)) {
      assertEquals(-1, settled(outlet, 5000));
      assertTrue(outlet.offer("key", Heard.bytes("v0")));
      ExecutionException why = assertThrows(ExecutionException.class, () -> settled(outlet, 300));
      assertInstanceOf(Weather.class, why.getCause());
      assertTrue(
          why.getCause().getMessage().startsWith("1 of recorded-rhythms wait on disk"),
          why.getMessage());
      CompletionStage<Long> waits = outlet.settled(20_000);
      outlet.offer("key", Heard.bytes("v1"));
      log.be(MoodyLog.Mood.TAKES);
      assertTrue(waits.toCompletableFuture().get(20, TimeUnit.SECONDS) >= 0);
      assertEquals(1, settled(outlet, 20_000));
      log.be(MoodyLog.Mood.SILENT);
      // Nothing new is kept: the log need not be there.
      assertEquals(1, settled(outlet, 5000));
    }
    log.be(MoodyLog.Mood.REFUSES);
    try (KeptOutlet outlet = outlet(1 << 20)) {
      assertEquals(1, settled(outlet, 5000));
    }
  }

  @Test
  void afterValuesThatCameAgainTheOffsetIsThatOfTheLastOne() throws Exception {
    log.refuseOnce("v7");
    try (KeptOutlet outlet = outlet(1 << 20)) {
      for (String value : values(0, 20)) {
        outlet.offer("key", Heard.bytes(value));
      }
      long offset = settled(outlet, 20_000);
      assertEquals(log.taken().size() - 1, offset);
      assertEquals("v19", log.taken().get(log.taken().size() - 1));
    }
  }

  @Test
  void askersAreBoundedAndNobodyIsLeftWaiting() {
    log.be(MoodyLog.Mood.SILENT);
    KeptOutlet outlet = outlet(1 << 20);
    outlet.offer("key", Heard.bytes("v0"));
    List<CompletionStage<Long>> asked = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      asked.add(outlet.settled(60_000));
    }
    assertEquals(44, asked.stream().filter(SettlingTest::hasFailed).count());
    outlet.close();
    asked.add(outlet.settled(60_000));
    assertTrue(asked.stream().allMatch(SettlingTest::hasFailed));
  }

  private static boolean hasFailed(CompletionStage<Long> stage) {
    return stage.toCompletableFuture().isCompletedExceptionally();
  }

  private static long settled(KeptOutlet outlet, long withinMs) throws Exception {
    return outlet.settled(withinMs).toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
