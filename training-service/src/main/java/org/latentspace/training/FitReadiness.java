package org.latentspace.training;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.latentspace.training.fit.FitQueue;
import org.latentspace.training.outlet.WarmWorker;

/** Ready while the worker that fits mappings runs, or has not been needed yet. */
@Readiness
@ApplicationScoped
public class FitReadiness implements HealthCheck {
  private final WarmWorker worker;
  private final FitQueue queue;

  @Inject
  public FitReadiness(WarmWorker worker, FitQueue queue) {
    this.worker = worker;
    this.queue = queue;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("training-service fits")
        .withData("worker", worker.weather())
        .withData("waiting", queue.waiting())
        .status(worker.isSound())
        .build();
  }
}
