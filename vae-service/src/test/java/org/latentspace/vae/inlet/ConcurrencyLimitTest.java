package org.latentspace.vae.inlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.wire.Until.until;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.latentspace.performer.LimitExceeded;
import org.latentspace.vae.VaeMetrics;

class ConcurrencyLimitTest {
  private final ConcurrencyLimit limit = new ConcurrencyLimit(new VaeMetrics());
  private final AtomicInteger atWork = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  @Test
  void fewWorkAtATimeSomeWaitAndTheRestAreRefused() throws Exception {
    int allowed = Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors() / 2));
    int room = allowed + 16;
    CountDownLatch begun = new CountDownLatch(allowed);
    CountDownLatch go = new CountDownLatch(1);
    ExecutorService callers = Executors.newFixedThreadPool(room);
    List<Future<Integer>> calls = new ArrayList<>();
    for (int c = 0; c < room; c++) {
      calls.add(callers.submit(() -> limit.run(() -> work(begun, go))));
    }
    begun.await();
    until("there is no room", () -> !limit.isOpen());
    LimitExceeded refused = assertThrows(LimitExceeded.class, () -> limit.run(() -> 1));
    assertTrue(refused.getMessage().startsWith("at most " + allowed + " such calls work"));
    go.countDown();
    for (Future<Integer> call : calls) {
      assertTrue(call.get() <= allowed);
    }
    callers.shutdown();
    assertEquals(allowed, most.get());
    assertEquals(1, limit.run(() -> 1));
  }

  @Test
  void whoFailsLeavesItsTurnToTheNext() throws Exception {
    for (int i = 0; i < 40; i++) {
      assertThrows(IllegalStateException.class, () -> limit.run(ConcurrencyLimitTest::fail));
    }
    assertEquals(1, limit.run(() -> 1));
  }

  private static int fail() {
    throw new IllegalStateException();
  }

  private int work(CountDownLatch begun, CountDownLatch go) {
    int now = atWork.incrementAndGet();
    most.accumulateAndGet(now, Math::max);
    begun.countDown();
    try {
      go.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    atWork.decrementAndGet();
    return now;
  }
}
