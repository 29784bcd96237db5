package org.latentspace.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MetricsTableTest {
  private final SimpleMeterRegistry page = new SimpleMeterRegistry();

  @Test
  void countersAndGaugesReadTheirValuesWhenThePageIsAskedFor() {
    AtomicInteger value = new AtomicInteger(2);
    new MetricsTable(page, "stage.")
        .counter("sent", "What was sent.", value::get)
        .gauge("open", "What is open.", value::get);
    value.set(5);
    assertEquals(5, page.get("stage.sent").functionCounter().count());
    assertEquals(5, page.get("stage.open").gauge().value());
    assertEquals("What was sent.", page.get("stage.sent").meter().getId().getDescription());
  }

  @Test
  void aValueThatNobodyElseHoldsStays() {
    int[] own = {3};
    new MetricsTable(page, "")
        .counter("kept.counter", "A sentence.", () -> own[0])
        .gauge("kept.gauge", "A sentence.", () -> own[0]);
    System.gc();
    assertEquals(3, page.get("kept.counter").functionCounter().count());
    assertEquals(3, page.get("kept.gauge").gauge().value());
  }
}
