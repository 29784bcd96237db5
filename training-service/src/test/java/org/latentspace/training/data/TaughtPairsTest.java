package org.latentspace.training.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.latentspace.training.data.TaughtPair.Target;
import org.latentspace.training.storage.NoRoom;

class TaughtPairsTest {
  private final TaughtPairs pairs = new TaughtPairs();

  private static TaughtPair pair(String performer, String name, float x) {
    List<Float> output = List.of(x, 0.5f, 0f, 100f);
    return new TaughtPair(
        performer,
        name,
        Instant.EPOCH,
        List.of(0.1f, 0.2f),
        List.of(1f, 2f),
        "lse",
        List.of("rms", "crest"),
        List.of(),
        output,
        Target.of(output, TaughtPair.Motion.POSITION, 1));
  }

  @Test
  void pairsAreHeldReplacedAndTakenAway() {
    pairs.put(pair("anna", "1", 0.5f));
    pairs.put(pair("anna", "1", 0.6f));
    pairs.put(pair("anna", "2", 0.7f));
    pairs.put(pair("ann", "1", 0.8f));
    pairs.remove("anna/2");
    pairs.remove("anna/3");
    assertEquals(2, pairs.count());
    assertEquals(List.of(pair("anna", "1", 0.6f)), pairs.of("anna"));
    assertEquals(1, pairs.of("ann").size());
  }

  @Test
  void moreThanTheMostAreRefusedButThoseThatAreThereMayChange() {
    for (int i = 0; i < 100_000; i++) {
      pairs.put(pair("p", "n" + i, 0));
    }
    assertThrows(NoRoom.class, () -> pairs.put(pair("p", "more", 0)));
    pairs.put(pair("p", "n7", 0.5f));
    assertEquals(100_000, pairs.count());
  }
}
