package org.latentspace.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentspace.wire.SmallDisk;
import org.latentspace.wire.StartMistake;

class TrainingReadinessTest {
  @TempDir Path folder;

  @Test
  void isReadyWhereTheDataDirectoryCanBeWrittenOrMade() {
    assertEquals(Status.UP, statusOf(folder));
    assertEquals(Status.UP, statusOf(folder.resolve("not/yet/there")));
  }

  @Test
  void isNotReadyWhereTheDataDirectoryCannotBeWritten() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertEquals(Status.DOWN, statusOf(file));
    assertEquals(Status.DOWN, statusOf(file.resolve("below")));
    assertEquals(Status.DOWN, statusOf(Path.of("/proc/self/status/data")));
  }

  @Test
  void isNotReadyWhereNoModelFindsRoom() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("small"), 40_000)) {
      assertEquals(Status.UP, statusOf(disk.folder()));
      disk.fill(4);
      var response = new TrainingReadiness(TestConfig.in(disk.folder().toString())).call();
      assertEquals(Status.DOWN, response.getStatus());
      assertEquals(
          "No space left on device: " + disk.folder() + " has 4 kB left, needs 32 MB",
          response.getData().orElseThrow().get("data-dir"));
    }
  }

  @Test
  void aSettingOutOfItsRangeStopsTheStartWithKeyAndValue() throws IOException {
    String good = folder.toString();
    TrainingStart.check(TestConfig.in(good));
    assertMistake("worker-heap-mb=1:", new TestConfig(good, 1, 400, 15));
    assertMistake("worker-native-mb=1:", new TestConfig(good, 256, 1, 15));
    assertMistake("worker-nice=20:", new TestConfig(good, 256, 400, 20));
    assertMistake("data-dir=", TestConfig.in(Files.createFile(folder.resolve("f")).toString()));
  }

  private static void assertMistake(String words, TrainingConfig config) {
    StartMistake mistake = assertThrows(StartMistake.class, () -> TrainingStart.check(config));
    assertTrue(mistake.getMessage().contains("training-service." + words), mistake.getMessage());
  }

  private static Status statusOf(Path dataDir) {
    return new TrainingReadiness(TestConfig.in(dataDir.toString())).call().getStatus();
  }
}
