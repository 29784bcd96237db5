package org.latentspace.kept;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Shows what is counted of the kept things on the metrics page, by topic. */
final class KeptMetrics {
  /** What only grows, a sentence each. */
  enum Count {
    VALUES_KEPT("Values that this machine's disk has taken.", KeptOutlet::kept),
    VALUES_ACKNOWLEDGED("Values that the log has acknowledged.", KeptOutlet::acknowledged),
    VALUES_RESENT("Values sent again: it was not known if they had come.", KeptOutlet::resent),
    VALUES_REFUSED("Values not taken: no room, no disk, too large.", KeptOutlet::refused),
    TOPICS_LOST(
        "Times that the log had lost the topic: all was sent again.", KeptOutlet::topicsLost),
    ENDS_TORN("Ends that a crash had torn off files, and damaged values.", KeptOutlet::torn);

    private final String sentence;
    private final ToDoubleFunction<KeptOutlet> value;

    Count(String sentence, ToDoubleFunction<KeptOutlet> value) {
      this.sentence = sentence;
      this.value = value;
    }
  }

  /** What goes up and down, a sentence each. */
  enum Level {
    VALUES_WAITING("Values that the log has not acknowledged.", KeptOutlet::waiting),
    BYTES_WAITING("Bytes on disk that wait for the log.", KeptOutlet::waitingBytes);

    private final String sentence;
    private final ToDoubleFunction<KeptOutlet> value;

    Level(String sentence, ToDoubleFunction<KeptOutlet> value) {
      this.sentence = sentence;
      this.value = value;
    }
  }

  private KeptMetrics() {}

  static void show(KeptOutlet outlet, MeterRegistry registry) {
    String topic = outlet.topic().topicName();
    for (Count count : Count.values()) {
      FunctionCounter.builder(meter(count.name()), outlet, count.value)
          .description(count.sentence)
          .tag("topic", topic)
          .register(registry);
    }
    for (Level level : Level.values()) {
      Gauge.builder(meter(level.name()), outlet, level.value)
          .description(level.sentence)
          .tag("topic", topic)
          .register(registry);
    }
  }

  private static String meter(String name) {
    return "kept." + name.toLowerCase(Locale.ROOT).replace('_', '.');
  }
}
