package org.latentspace.wire;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.function.DoubleSupplier;

/**
 * The numbers of one service on its metrics page: each with its name, its sentence and its kind.
 */
public final class MetricsTable {
  private final MeterRegistry page;
  private final String prefix;
  private final Tags tags;

  /**
   * @param prefix of every name, such as "vae."
   */
  public MetricsTable(MeterRegistry page, String prefix) {
    this(page, prefix, Tags.empty());
  }

  /** The same, each number with these tags. */
  public MetricsTable(MeterRegistry page, String prefix, Tags tags) {
    this.page = page;
    this.prefix = prefix;
    this.tags = tags;
  }

  /** A number that only grows. The value is read when the page is asked for; any thread may ask. */
  public MetricsTable counter(String name, String sentence, DoubleSupplier value) {
    // The registry holds the object weakly and the function strongly: so the value stays.
    FunctionCounter.builder(prefix + name, MetricsTable.class, table -> value.getAsDouble())
        .description(sentence)
        .tags(tags)
        .register(page);
    return this;
  }

  /** A number that goes up and down. */
  public MetricsTable gauge(String name, String sentence, DoubleSupplier value) {
    Gauge.builder(prefix + name, value::getAsDouble)
        .description(sentence)
        .tags(tags)
        .register(page);
    return this;
  }
}
