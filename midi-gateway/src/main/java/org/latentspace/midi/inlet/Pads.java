package org.latentspace.midi.inlet;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.latentspace.installation.Installation.PadPart;
import org.latentspace.installation.InstallationConfig;
import org.latentspace.installation.InstallationFile;
import org.latentspace.midi.outlet.LoopRecorder;
import org.latentspace.midi.played.HeardStrokes;
import org.latentspace.midi.played.LookBack.Source;
import org.latentspace.midi.time.Ensemble;
import org.latentspace.midi.time.Performance;

/** The pads of drummers who play to the song, as installation.yaml names them. */
@Singleton
public class Pads {
  private static final long TEND_MS = 1000;
  private static final long END_MS = 2000;

  private final InstallationConfig config;
  private final Performance performance;
  private final LoopRecorder recorder;
  private List<PadInput> inputs = List.of();
  private ScheduledExecutorService thread;

  @Inject
  Pads(InstallationConfig config, Performance performance, LoopRecorder recorder) {
    this.config = config;
    this.performance = performance;
    this.recorder = recorder;
  }

  /** Listens to what the installation's file names, as soon as it is plugged in. */
  public void open() {
    List<PadInput> all = new ArrayList<>();
    for (PadPart part : InstallationFile.atStart(config).pads()) {
      Ensemble first = performance.ensembles().get(0);
      String ensemble = part.ensemble().isEmpty() ? first.name() : part.ensemble();
      Source source = new Source("pads", ensemble, part.performer());
      HeardStrokes strokes = recorder.hear(source, () -> performance.ensemble(ensemble).position());
      all.add(new PadInput(part, strokes, System::nanoTime));
    }
    inputs = List.copyOf(all);
    if (!inputs.isEmpty()) {
      thread =
          Executors.newSingleThreadScheduledExecutor(
              task -> {
                Thread own = new Thread(task, "midi-pads");
                own.setDaemon(true);
                return own;
              });
      thread.scheduleWithFixedDelay(
          () -> inputs.forEach(PadInput::tend), 0, TEND_MS, TimeUnit.MILLISECONDS);
    }
  }

  /** Lets the inputs go. */
  public void close() {
    if (thread != null) {
      thread.execute(() -> inputs.forEach(PadInput::letGo));
      thread.shutdown();
      try {
        thread.awaitTermination(END_MS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
