package org.latentspace.training.fit;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.latentspace.training.fit.FitQueue.Fate;

/** Shows how fits stand on the metrics page. */
@Singleton
public class FitMetrics {
  @Inject FitQueue queue;

  /** What only grows, a sentence each. */
  enum Count {
    FITS_DONE("Fits that made a mapping.", in -> in.count(Fate.DONE)),
    FITS_FAILED("Fits that came to nothing.", in -> in.count(Fate.FAILED)),
    FITS_REPLACED("Fits whose performer asked for a newer one.", in -> in.count(Fate.REPLACED)),
    FITS_CANCELLED("Fits whose caller went away.", in -> in.count(Fate.CANCELLED)),
    FITS_REFUSED("Fits without pairs, or without room in the line.", in -> in.count(Fate.REFUSED));

    private final String sentence;
    private final ToDoubleFunction<FitMetrics> value;

    Count(String sentence, ToDoubleFunction<FitMetrics> value) {
      this.sentence = sentence;
      this.value = value;
    }
  }

  /** What goes up and down, a sentence each. */
  enum Measure {
    FITS_WAITING("Fits that wait for their turn.", in -> in.queue.waiting()),
    FIT_SECONDS("What the last fit has taken.", in -> in.queue.seconds());

    private final String sentence;
    private final ToDoubleFunction<FitMetrics> value;

    Measure(String sentence, ToDoubleFunction<FitMetrics> value) {
      this.sentence = sentence;
      this.value = value;
    }
  }

  /** Registers every measure. */
  public void show(MeterRegistry registry) {
    for (Count count : Count.values()) {
      FunctionCounter.builder(meterName(count), this, count.value)
          .description(count.sentence)
          .register(registry);
    }
    for (Measure measure : Measure.values()) {
      Gauge.builder(meterName(measure), () -> measure.value.applyAsDouble(this))
          .description(measure.sentence)
          .register(registry);
    }
  }

  private static String meterName(Enum<?> constant) {
    return "training." + constant.name().toLowerCase(Locale.ROOT).replace('_', '.');
  }

  private double count(Fate fate) {
    return queue.ended(fate);
  }
}
