package org.latentspace.training.jobs;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.latentspace.training.storage.WriteGate;
import org.latentspace.training.versions.Versions;

/**
 * Ready while no version that plays is damaged; names everything that is, and says why no jobs are
 * taken where that is so (another training-service in the same folder is no reason not to play).
 */
@Readiness
@ApplicationScoped
public class JobReadiness implements HealthCheck {
  private static final int MOST_NAMES = 20;

  private final WriteGate gate;
  private final JobQueue queue;
  private final Versions versions;

  @Inject
  public JobReadiness(WriteGate gate, JobQueue queue, Versions versions) {
    this.gate = gate;
    this.queue = queue;
    this.versions = versions;
  }

  @Override
  public HealthCheckResponse call() {
    Map<String, String> damaged = new TreeMap<>(versions.damaged());
    boolean playing =
        damaged.keySet().stream().anyMatch(key -> key.endsWith("/active") || versions.plays(key));
    damaged.putAll(queue.store().damaged());
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named("training-jobs")
            .withData("jobs", gate.isOpen() ? running() : gate.status());
    damaged.entrySet().stream()
        .limit(MOST_NAMES)
        .forEach(each -> response.withData("damaged " + each.getKey(), each.getValue()));
    return response.status(!playing).build();
  }

  private String running() {
    return queue.count(Job.State.RUNNING)
        + " running, "
        + queue.count(Job.State.QUEUED)
        + " waiting";
  }
}
