package org.latentspace.wire;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Shows on the metrics page how many log lines were left out. */
@Singleton
class LogMetrics {
  void show(@Observes StartupEvent begin, MeterRegistry registry) {
    FunctionCounter.builder("log.lines.left.out", LogLimit.class, limit -> LogLimit.leftOut())
        .description("Log lines that were left out, because there were too many of their kind.")
        .register(registry);
  }
}
