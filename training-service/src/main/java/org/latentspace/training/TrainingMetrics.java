package org.latentspace.training;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.File;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Shows what training-service measures on the metrics page. */
@Singleton
public class TrainingMetrics {
  @Inject TrainingConfig config;

  /** What is measured, a sentence each. */
  enum Measure {
    DATA_FREE_BYTES("Room left where the data directory lies, in bytes.", File::getUsableSpace);

    private final String sentence;
    private final ToDoubleFunction<File> value;

    Measure(String sentence, ToDoubleFunction<File> value) {
      this.sentence = sentence;
      this.value = value;
    }

    String meterName() {
      return "training." + name().toLowerCase(Locale.ROOT).replace('_', '.');
    }
  }

  /** Registers every measure. */
  public void show(MeterRegistry registry) {
    for (Measure measure : Measure.values()) {
      Gauge.builder(measure.meterName(), () -> measure.value.applyAsDouble(existing()))
          .description(measure.sentence)
          .register(registry);
    }
  }

  private File existing() {
    File folder = Path.of(config.dataDir()).toAbsolutePath().toFile();
    while (!folder.exists() && folder.getParentFile() != null) {
      folder = folder.getParentFile();
    }
    return folder;
  }
}
