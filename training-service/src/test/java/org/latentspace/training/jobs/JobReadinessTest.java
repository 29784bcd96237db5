package org.latentspace.training.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentspace.training.storage.WriteGate;
import org.latentspace.training.versions.Versions;

class JobReadinessTest {
  @TempDir Path folder;

  @Test
  void isNotReadyWhileWhatPlaysIsDamagedAndNamesIt() throws IOException {
    Path model = Files.createDirectories(folder.resolve("models/rhythm"));
    assertEquals(Status.UP, call(new WriteGate("")).getStatus());
    Files.writeString(model.resolve("old-1.json"), "{");
    assertEquals(Status.UP, call(new WriteGate("")).getStatus());
    Files.writeString(
        model.resolve("active.json"),
        "{\"versions\":[\"old-1\"],\"last\":{\"model\":\"rhythm\",\"version\":\"old-1\",\"previous\":\"\","
            + "\"activatedMillis\":1,\"reason\":\"researcher\",\"sha256\":\"\",\"bytes\":1}}");
    HealthCheckResponse down = call(new WriteGate(""));
    assertEquals(Status.DOWN, down.getStatus());
    assertTrue(down.getData().orElseThrow().containsKey("damaged rhythm/old-1"));
  }

  @Test
  void saysWhyNoJobsAreTaken() {
    HealthCheckResponse response = call(new WriteGate("another training-service works here"));
    assertEquals(
        "another training-service works here", response.getData().orElseThrow().get("jobs"));
  }

  private HealthCheckResponse call(WriteGate gate) {
    Versions versions = new Versions(folder.resolve("models"), null, null, gate);
    versions.open();
    JobQueue queue = new JobQueue(folder.resolve("jobs"), 1, 1, () -> 0, null, gate);
    return new JobReadiness(gate, queue, versions).call();
  }
}
