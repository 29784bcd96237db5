package org.latentspace.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

class RefusalLogTest {
  private static final long MINUTE = 60_000_000_000L;

  private final RefusalLog log = new RefusalLog(Logger.getLogger(RefusalLogTest.class), "frame");

  @Test
  void aSenderIsSaidOnceInTenMinutes() {
    assertTrue(log.isNew("ann", 0));
    assertFalse(log.isNew("ann", 10 * MINUTE - 1));
    assertTrue(log.isNew("ben", 10 * MINUTE - 1));
    assertTrue(log.isNew("ann", 10 * MINUTE));
  }

  @Test
  void manyNamesAreBoundedAndSilenceNobodyForEver() {
    int said = 0;
    for (int i = 0; i < 60_000; i++) {
      said += log.isNew("p" + i, 0) ? 1 : 0;
    }
    assertEquals(256, said);
    assertFalse(log.isNew("ann", MINUTE));
    assertTrue(log.isNew("ann", 10 * MINUTE));
  }

  @Test
  void whatIsNoNameIsOneSender() {
    assertTrue(log.isNew("a\nb", 0));
    assertFalse(log.isNew("<script>", 0));
    RefusalLog addresses =
        new RefusalLog(Logger.getLogger(RefusalLogTest.class), "sense", s -> s.startsWith("/"));
    assertTrue(addresses.isNew("no address", 0));
    assertFalse(addresses.isNew("another", 0));
    assertTrue(addresses.isNew("/lse/input/ann/tilt", 0));
  }
}
