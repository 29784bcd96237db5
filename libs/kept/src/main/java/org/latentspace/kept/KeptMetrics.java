package org.latentspace.kept;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What is counted of the kept things on the metrics page, by topic, a sentence each. */
enum KeptMetrics {
  VALUES_KEPT(true, "Values that this machine's disk has taken.", KeptOutlet::kept),
  VALUES_ACKNOWLEDGED(true, "Values that the log has acknowledged.", KeptOutlet::acknowledged),
  VALUES_RESENT(true, "Values sent again: it was not known if they had come.", KeptOutlet::resent),
  VALUES_REFUSED(true, "Values not taken: no room, no disk, too large.", KeptOutlet::refused),
  TOPICS_LOST(
      true, "Times that the log had lost the topic: all was sent again.", KeptOutlet::topicsLost),
  ENDS_TORN(true, "Ends that a crash had torn off files, and damaged values.", KeptOutlet::torn),
  VALUES_WAITING(false, "Values that the log has not acknowledged.", KeptOutlet::waiting),
  BYTES_WAITING(false, "Bytes on disk that wait for the log.", KeptOutlet::waitingBytes);

  private final boolean onlyGrows;
  private final String sentence;
  private final ToDoubleFunction<KeptOutlet> value;

  KeptMetrics(boolean onlyGrows, String sentence, ToDoubleFunction<KeptOutlet> value) {
    this.onlyGrows = onlyGrows;
    this.sentence = sentence;
    this.value = value;
  }

  static void show(KeptOutlet outlet, MeterRegistry registry) {
    Tags topic = Tags.of("topic", outlet.topic().topicName());
    for (KeptMetrics each : values()) {
      String name = "kept." + each.name().toLowerCase(Locale.ROOT).replace('_', '.');
      if (each.onlyGrows) {
        FunctionCounter.builder(name, outlet, each.value)
            .description(each.sentence)
            .tags(topic)
            .register(registry);
      } else {
        Gauge.builder(name, outlet, each.value)
            .description(each.sentence)
            .tags(topic)
            .register(registry);
      }
    }
  }
}
