package org.latentspace.training.data;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Shows how much the data set holds on the metrics page. */
@Singleton
public class DataMetrics {
  @Inject DataFlow flow;

  /** What is measured, a sentence each. */
  enum Measure {
    PIECES("Pieces that came in and are here.", flow -> flow.rhythms().counts().pieces()),
    NOTES("Strokes of all pieces together.", flow -> flow.rhythms().counts().notes()),
    EXCLUDED("Pieces that are left out of selections.", f -> f.rhythms().counts().excluded()),
    DELETED("Pieces that the log does not bring back.", flow -> flow.rhythms().counts().gone()),
    JOURNAL_BYTES("Size of the pieces' journal.", flow -> flow.rhythms().counts().journalBytes()),
    PAIRS("Pairs that musicians taught and kept.", flow -> flow.pairs().count());

    private final String sentence;
    private final ToDoubleFunction<DataFlow> value;

    Measure(String sentence, ToDoubleFunction<DataFlow> value) {
      this.sentence = sentence;
      this.value = value;
    }

    String meterName() {
      return "training.data." + name().toLowerCase(Locale.ROOT).replace('_', '.');
    }
  }

  /** Registers every measure. */
  public void show(MeterRegistry registry) {
    for (Measure measure : Measure.values()) {
      Gauge.builder(measure.meterName(), () -> measure.value.applyAsDouble(flow))
          .description(measure.sentence)
          .register(registry);
    }
  }
}
