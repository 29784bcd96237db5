package org.latentspace.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.wire.Until.until;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class UntilTest {
  @Test
  void returnsAsSoonAsItHolds() {
    AtomicInteger looks = new AtomicInteger();
    until("it is looked at three times", () -> looks.incrementAndGet() == 3);
    assertEquals(3, looks.get());
  }

  @Test
  void namesWhatItWaitedForInVain() {
    AssertionError fault =
        assertThrows(AssertionError.class, () -> until("pigs fly", 0, () -> false));
    assertEquals("not within 0 s: pigs fly", fault.getMessage());
  }

  @Test
  void doesNotOutlastATestThatIsInterrupted() {
    Thread.currentThread().interrupt();
    AssertionError fault = assertThrows(AssertionError.class, () -> until("pigs fly", () -> false));
    assertTrue(Thread.interrupted());
    assertEquals("interrupted before: pigs fly", fault.getMessage());
  }
}
