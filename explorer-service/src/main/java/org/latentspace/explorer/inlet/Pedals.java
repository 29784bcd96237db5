package org.latentspace.explorer.inlet;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.latentspace.explorer.InstallationConfig;
import org.latentspace.explorer.teaching.Pedal;
import org.latentspace.explorer.wire.NamedStatus;
import org.latentspace.wire.StartMistake;
import org.latentspace.wire.StartOrder;

/** The MIDI door of those who teach: foot switches and pads, as installation.yaml maps them. */
@ApplicationScoped
public class Pedals implements NamedStatus {
  private static final long TEND_MS = 1000;
  private static final long END_MS = 2000;

  @Inject InstallationConfig config;
  @Inject PedalActions deeds;

  private List<PedalPort> ports = List.of();
  private ScheduledExecutorService thread;

  void check(@Observes StartupEvent begin) {
    Map<String, List<Pedal>> byPort = new LinkedHashMap<>();
    for (Pedal pedal : mapped()) {
      byPort.computeIfAbsent(pedal.midiIn(), port -> new ArrayList<>()).add(pedal);
    }
    List<PedalPort> all = new ArrayList<>();
    byPort.forEach((name, pedals) -> all.add(new PedalPort(name, pedals, deeds::moved)));
    ports = List.copyOf(all);
  }

  private List<Pedal> mapped() {
    Path file;
    try {
      file = Path.of(config.file());
    } catch (InvalidPathException e) {
      throw new StartMistake("installation.file=" + config.file() + ": is no path");
    }
    if (Files.isRegularFile(file)) {
      return InstallationFile.pedals(file);
    }
    if (Files.exists(file) || !config.file().equals(InstallationConfig.FILE)) {
      throw new StartMistake("installation.file=" + config.file() + ": must be a YAML file");
    }
    return List.of();
  }

  void open(@Observes @Priority(StartOrder.OPEN) StartupEvent begin) {
    if (!ports.isEmpty()) {
      thread =
          Executors.newSingleThreadScheduledExecutor(
              task -> {
                Thread own = new Thread(task, "explorer-pedals");
                own.setDaemon(true);
                return own;
              });
      thread.scheduleWithFixedDelay(
          () -> ports.forEach(PedalPort::tend), 0, TEND_MS, TimeUnit.MILLISECONDS);
    }
  }

  void end(@Observes ShutdownEvent end) throws InterruptedException {
    if (thread != null) {
      thread.execute(() -> ports.forEach(PedalPort::letGo));
      thread.shutdown();
      thread.awaitTermination(END_MS, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public String name() {
    return "pedals";
  }

  @Override
  public String status() {
    return ports.stream()
        .map(PedalPort::status)
        .filter(status -> !status.equals("ok"))
        .reduce((one, other) -> one + "; " + other)
        .orElse("ok");
  }
}
