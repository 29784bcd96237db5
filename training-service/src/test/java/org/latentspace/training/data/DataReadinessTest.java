package org.latentspace.training.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentspace.training.TestConfig;

class DataReadinessTest {
  @TempDir Path folder;

  @Test
  void isNotReadyWhileTheDataSetCannotBeOpenedAndMendsItself() throws IOException {
    Path journal = folder.resolve("pieces.journal");
    Files.writeString(journal, "somebody's own notes");
    DataFlow flow = new DataFlow(TestConfig.in(folder.toString()));
    DataReadiness readiness = new DataReadiness(flow);
    assertThrows(UncheckedIOException.class, () -> flow.rhythms().pieces());
    assertEquals(Status.DOWN, readiness.call().getStatus());
    Files.delete(journal);
    assertEquals(Status.UP, readiness.call().getStatus());
    flow.close();
  }
}
