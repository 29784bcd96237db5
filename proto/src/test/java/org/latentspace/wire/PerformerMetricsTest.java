package org.latentspace.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.ValueAtPercentile;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PerformerMetricsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long MILLI = 1_000_000L;

  private final SimpleMeterRegistry page = new SimpleMeterRegistry();
  private final PerformerMetrics metrics = new PerformerMetrics("vae-service", "A sentence.");

  @Test
  void eachPerformerHasTheP99OfItsOwn() {
    metrics.record("early", MILLI, 0);
    metrics.show(page);
    for (int i = 1; i <= 100; i++) {
      metrics.record("ann", i * MILLI, 0);
      metrics.record("ben", 10 * i * MILLI, 0);
    }
    metrics.record("ben", -5, 0);
    assertEquals(0.099, p99("ann"), 0.002);
    assertEquals(0.99, p99("ben"), 0.02);
    assertNull(page.find("vae.capture").tag("performer", "early").timer());
  }

  @Test
  void seriesOfPerformersThatLeftAreRemoved() {
    metrics.show(page);
    metrics.record("ann", MILLI, 0);
    metrics.record("ben", MILLI, 5 * SECOND);
    assertEquals(2, metrics.present(10 * SECOND - 1));
    assertEquals(1, metrics.present(10 * SECOND));
    assertNull(page.find("vae.capture").tag("performer", "ann").timer());
    metrics.record("cleo", MILLI, 21 * SECOND);
    assertNull(page.find("vae.capture").tag("performer", "ben").timer());
    assertEquals(1, page.find("vae.capture").timers().size());
    metrics.record("ann", 3 * MILLI, 22 * SECOND);
    assertEquals(1, page.find("vae.capture").tag("performer", "ann").timer().count());
  }

  @Test
  void whatIsDroppedIsCountedForItsPerformerAlone() {
    metrics.dropped("early", 0);
    metrics.show(page);
    metrics.dropped("ann", 0);
    metrics.dropped("ann", SECOND);
    metrics.record("ben", MILLI, SECOND);
    assertEquals(2, page.get("vae.capture.dropped").tag("performer", "ann").counter().count());
    assertEquals(0, page.get("vae.capture.dropped").tag("performer", "ben").counter().count());
    assertNull(page.find("vae.capture.dropped").tag("performer", "early").counter());
    metrics.present(20 * SECOND);
    assertEquals(0, page.find("vae.capture.dropped").counters().size());
  }

  @Test
  void thereAreAtMostSoManySeries() {
    metrics.show(page);
    for (int i = 0; i < 1000; i++) {
      metrics.record("p" + i, MILLI, 0);
    }
    assertEquals(256, page.find("vae.capture").timers().size());
    metrics.record("ann", MILLI, 10 * SECOND);
    assertEquals(1, page.find("vae.capture").timers().size());
  }

  private double p99(String performer) {
    Timer timer = page.get("vae.capture").tag("performer", performer).timer();
    for (ValueAtPercentile value : timer.takeSnapshot().percentileValues()) {
      if (value.percentile() == 0.99) {
        return value.value(TimeUnit.SECONDS);
      }
    }
    throw new AssertionError("no 99th percentile");
  }
}
