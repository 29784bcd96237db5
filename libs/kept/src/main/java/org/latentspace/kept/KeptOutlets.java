package org.latentspace.kept;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.latentspace.wire.MetricsTable;
import org.latentspace.wire.StartMistake;
import org.latentspace.wire.StartOrder;

/** Opens what keeps things, one outlet for each topic and one log for the process. */
@Singleton
public class KeptOutlets {
  private static final int LAST = 9000;
  private static final int MOST_SPOOL_MB = 65_536;

  private final KeptConfig config;
  private final Iterable<MeterRegistry> registries;
  private final Map<Topic, KeptOutlet> outlets = new EnumMap<>(Topic.class);
  private KeptLog log;
  private boolean closed;

  @Inject
  KeptOutlets(KeptConfig config, Instance<MeterRegistry> registries) {
    this(config, (Iterable<MeterRegistry>) registries);
  }

  KeptOutlets(KeptConfig config, Iterable<MeterRegistry> registries) {
    this.config = config;
    this.registries = registries;
  }

  void check(@Observes @Priority(StartOrder.CHECK) StartupEvent begin) {
    StartMistake.within("kept.spool-mb", config.spoolMb(), 1, MOST_SPOOL_MB);
    if (config.dir().isBlank()) {
      throw new StartMistake("kept.dir is empty: must be a folder that can be written");
    }
    String brokers = config.bootstrapServers().orElse("").trim();
    for (String broker : brokers.isEmpty() ? new String[0] : brokers.split(",", -1)) {
      if (!isAddress(broker.trim())) {
        throw new StartMistake(
            "kept.bootstrap-servers=" + brokers + ": must be HOST:PORT, separated by commas");
      }
    }
  }

  /** The outlet of a topic, the same one every time; closed with the application. */
  public synchronized KeptOutlet open(Topic topic) {
    return outlets.computeIfAbsent(
        topic,
        name -> {
          KeptOutlet outlet =
              new KeptOutlet(Path.of(config.dir()), topic, log(), (long) config.spoolMb() << 20);
          registries.forEach(registry -> show(outlet, registry));
          return outlet;
        });
  }

  private static void show(KeptOutlet outlet, MeterRegistry registry) {
    new MetricsTable(registry, "kept.", Tags.of("topic", outlet.topic().topicName()))
        .counter("values.kept", "Values that this machine's disk has taken.", outlet::kept)
        .counter(
            "values.acknowledged", "Values that the log has acknowledged.", outlet::acknowledged)
        .counter(
            "values.resent",
            "Values sent again: it was not known if they had come.",
            outlet::resent)
        .counter(
            "values.refused", "Values not taken: no room, no disk, too large.", outlet::refused)
        .counter(
            "topics.lost",
            "Times that the log had lost the topic: all was sent again.",
            outlet::topicsLost)
        .counter(
            "ends.torn", "Ends that a crash had torn off files, and damaged values.", outlet::torn)
        .gauge("values.waiting", "Values that the log has not acknowledged.", outlet::waiting)
        .gauge("bytes.waiting", "Bytes on disk that wait for the log.", outlet::waitingBytes);
  }

  /** The log of this process: where records are followed. Closed with the application. */
  @Produces
  @ApplicationScoped
  public synchronized KeptLog log() {
    if (log == null) {
      String brokers = config.bootstrapServers().orElse("").trim();
      log =
          brokers.isEmpty()
              ? new DiskLog(Path.of(config.dir()).resolve("log"))
              : new KafkaLog(brokers, config.kafka());
    }
    return log;
  }

  /** Those that were opened. */
  synchronized List<KeptOutlet> all() {
    return List.copyOf(outlets.values());
  }

  /** The log's status; empty if nobody needs a log here. */
  synchronized String status() {
    return log == null ? "" : log.status();
  }

  void end(@Observes @Priority(LAST) ShutdownEvent end) {
    close();
  }

  @PreDestroy
  void close() {
    List<KeptOutlet> open;
    KeptLog last;
    synchronized (this) {
      open = closed ? List.of() : new ArrayList<>(outlets.values());
      last = closed ? null : log;
      closed = true;
    }
    open.forEach(KeptOutlet::close);
    if (last != null) {
      last.close();
    }
  }

  private static boolean isAddress(String broker) {
    int colon = broker.lastIndexOf(':');
    if (colon < 1 || !broker.substring(colon + 1).matches("[0-9]{1,5}")) {
      return false;
    }
    int port = Integer.parseInt(broker.substring(colon + 1));
    return port >= 1 && port <= 65_535;
  }
}
