package org.latentspace.wire.kept;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept arrives, in order. */
class KeptOutletTest {
  @TempDir private Path folder;

  @Test
  void whatIsKeptReachesTheFollowerInOrder() throws Exception {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    try (DiskLog log = new DiskLog(folder.resolve("log"));
        KeptOutlet outlet = new KeptOutlet(folder, Topic.TRAINING_PAIRS, log, 1 << 20)) {
      log.follow(
          Topic.TRAINING_PAIRS,
          "test",
          KeptLog.Start.WHERE_IT_WAS,
          record -> heard.add(record.key()));
      for (String key : List.of("a", "b", "c")) {
        outlet.keep(key, key.getBytes(StandardCharsets.UTF_8)).toCompletableFuture().get();
      }
      for (String key : List.of("a", "b", "c")) {
        assertEquals(key, heard.poll(5, TimeUnit.SECONDS));
      }
      assertTrue(outlet.weather().equals("ok"), outlet.weather());
    }
  }
}
