package org.latentspace.feature;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.latentspace.feature.dsp.Listeners;
import org.latentspace.feature.outlet.ExplorerOutlet;

/** Checks the configuration and calls the neighbour, before the first sound. */
@ApplicationScoped
public class FeatureStart {
  private final FeatureConfig config;

  @Inject
  FeatureStart(FeatureConfig config) {
    this.config = config;
  }

  /** The listeners, nobody heard yet. */
  @Produces
  @Singleton
  Listeners listeners() {
    EarPlan plan = new EarPlan(config);
    return new Listeners(config.maxPerformers(), plan::of);
  }

  void start(@Observes StartupEvent begin, Listeners listeners, ExplorerOutlet explorer) {
    explorer.open(config.explorerService().host(), config.explorerService().port());
  }

  void end(@Observes ShutdownEvent end, ExplorerOutlet explorer) {
    explorer.close();
  }
}
