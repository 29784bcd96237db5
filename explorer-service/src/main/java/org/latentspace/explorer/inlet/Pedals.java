package org.latentspace.explorer.inlet;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.latentspace.explorer.teaching.HeldPairs.Holder;
import org.latentspace.explorer.teaching.Refusal;
import org.latentspace.explorer.wire.NamedStatus;
import org.latentspace.installation.InstallationConfig;
import org.latentspace.installation.InstallationFile;
import org.latentspace.installation.Pedal;
import org.latentspace.proto.AddPairRequest;
import org.latentspace.proto.AuditionPairRequest;
import org.latentspace.proto.BeginPairRequest;
import org.latentspace.proto.ExplorerSettings;
import org.latentspace.proto.ListPairsRequest;
import org.latentspace.proto.Mode;
import org.latentspace.proto.TrainingPair;
import org.latentspace.wire.StartMistake;

/**
 * The MIDI door of those who teach: foot switches and pads, as installation.yaml maps them. What is
 * refused is logged, at most once a second.
 */
@ApplicationScoped
public class Pedals implements NamedStatus {
  private static final Logger LOG = Logger.getLogger(Pedals.class);
  private static final long SAY_NANOS = 1_000_000_000L;
  private static final long TEND_MS = 1000;
  private static final long END_MS = 2000;

  @Inject InstallationConfig config;
  @Inject Teacher teacher;
  @Inject ExplorerCommands commands;
  @Inject MappingTeacher mappings;

  // The pair that a performer has auditioned last.
  private final Map<String, String> auditioned = new ConcurrentHashMap<>();
  private final AtomicLong saidNanos = new AtomicLong(System.nanoTime() - SAY_NANOS);
  private List<PedalPort> ports = List.of();
  private ScheduledExecutorService thread;

  /** Reads what is mapped; throws {@link StartMistake} for what is wrong in it. */
  public void check() {
    Map<String, List<Pedal>> byPort = new LinkedHashMap<>();
    for (Pedal pedal : InstallationFile.atStart(config).teaching()) {
      byPort.computeIfAbsent(pedal.midiIn(), port -> new ArrayList<>()).add(pedal);
    }
    List<PedalPort> all = new ArrayList<>();
    byPort.forEach((name, pedals) -> all.add(new PedalPort(name, pedals, this::moved)));
    ports = List.copyOf(all);
  }

  /** Listens to what is mapped, as soon as it is plugged in. */
  public void open() {
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

  /** A pedal went down, came up, or is gone while it was down. Never throws. */
  void moved(Pedal pedal, Pedal.Move move) {
    try {
      Holder holder = Holder.pedal(pedal.midiIn());
      if (move == Pedal.Move.DOWN) {
        down(pedal, holder);
      } else if (move == Pedal.Move.GONE) {
        teacher.discard(holder);
      } else if (pedal.deed() == Pedal.Deed.HOLD) {
        later(pedal, teacher.end(pedal.performer(), holder, true));
      }
    } catch (RuntimeException no) {
      refused(pedal, no);
    }
  }

  private void down(Pedal pedal, Holder holder) {
    String performer = pedal.performer();
    switch (pedal.deed()) {
      case HOLD ->
          teacher.begin(BeginPairRequest.newBuilder().setPerformer(performer).build(), holder);
      case ADD ->
          later(
              pedal,
              teacher.add(
                  AddPairRequest.newBuilder()
                      .setPerformer(performer)
                      .setMeanMs(pedal.meanMs())
                      .build()));
      case UNDO -> later(pedal, teacher.undo(performer));
      case CLEAR -> later(pedal, teacher.clear(performer));
      case AUDITION -> auditionNext(performer);
      case SELECT -> choose(performer, Mode.MODE_SELECT);
      case PREDICT -> choose(performer, Mode.MODE_PREDICT);
      case FIT -> mappings.fit(performer);
    }
  }

  private void auditionNext(String performer) {
    List<TrainingPair> pairs =
        teacher.list(ListPairsRequest.newBuilder().setPerformer(performer).build()).getPairsList();
    if (pairs.isEmpty()) {
      throw new Refusal(Refusal.Kind.NOT_YET, "performer " + performer + " has no pairs");
    }
    String before = auditioned.getOrDefault(performer, "");
    int next = 0;
    for (int i = 0; i < pairs.size(); i++) {
      if (pairs.get(i).getPair().equals(before)) {
        next = (i + 1) % pairs.size();
      }
    }
    String name = pairs.get(next).getPair();
    teacher.audition(
        AuditionPairRequest.newBuilder().setPerformer(performer).setPair(name).build());
    auditioned.put(performer, name);
  }

  private void choose(String performer, Mode mode) {
    commands.choose(ExplorerSettings.newBuilder().setPerformer(performer).setMode(mode).build());
  }

  private void later(Pedal pedal, CompletionStage<?> deed) {
    deed.whenComplete(
        (done, fault) -> {
          if (fault != null) {
            refused(pedal, fault);
          }
        });
  }

  private void refused(Pedal pedal, Throwable fault) {
    long now = System.nanoTime();
    long said = saidNanos.get();
    if (now - said >= SAY_NANOS && saidNanos.compareAndSet(said, now)) {
      LOG.warnf(
          "pedal of %s, %s: %s",
          pedal.performer(), pedal.deed(), Call.status(fault).getStatus().getDescription());
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
