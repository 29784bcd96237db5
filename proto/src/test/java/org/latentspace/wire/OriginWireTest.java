package org.latentspace.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.latentspace.performer.Onset;
import org.latentspace.performer.Origin;

class OriginWireTest {
  @Test
  void everyFieldComesBackAsItWas() {
    for (Origin origin :
        new Origin[] {
          new Origin("left", 7, 1_700_000_000_000_000_001L, 161_000, true, false),
          new Origin("right", Long.MAX_VALUE, -1, 0, false, true),
          new Origin("ann", 1, 2, 3, false, false, new Onset(Long.MAX_VALUE, -1, 0.5f))
        }) {
      assertEquals(origin, OriginWire.read(OriginWire.write(origin)));
    }
  }
}
