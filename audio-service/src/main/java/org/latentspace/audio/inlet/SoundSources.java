package org.latentspace.audio.inlet;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.latentspace.audio.AudioConfig;
import org.latentspace.audio.AudioFlow;
import org.latentspace.audio.sound.CaptureLoop;
import org.latentspace.audio.sound.DutyCycle;
import org.latentspace.audio.sound.Input;
import org.latentspace.audio.sound.InputLines;
import org.latentspace.audio.sound.PacedPlayer;
import org.latentspace.audio.sound.Performer;
import org.latentspace.wire.StartOrder;

/**
 * Starts every performer's source and stops it: one thread for all recordings and built-in
 * performers, one for each sound card. Sound from the network comes through {@link AudioInlet}.
 */
@ApplicationScoped
public class SoundSources {
  static final Input.Status NOBODY_PUSHES =
      new Input.Status(true, "waits for a caller of AudioService.Push");

  private static final Input.Status OPENING = new Input.Status(true, "is being opened");

  private final AudioConfig config;
  private final AudioFlow flow;
  private final InputLines lines;
  private PerformerSetup setup;
  private final List<DutyCycleThread> threads = new ArrayList<>();
  private final List<CaptureLoop> cards = new ArrayList<>();

  @Inject
  SoundSources(AudioConfig config, AudioFlow flow, InputLines lines) {
    this.config = config;
    this.flow = flow;
    this.lines = lines;
  }

  void check(@Observes StartupEvent event) {
    setup = PerformerSetup.of(config);
  }

  void start(@Observes @Priority(StartOrder.SOUND) StartupEvent event) {
    flow.begin(setup.performers(), config.offline());
    PacedPlayer.Plan plan =
        new PacedPlayer.Plan(config.offline(), config.blockSamples(), config.windowBlocks());
    PacedPlayer player = new PacedPlayer(plan, flow, flow::neighbourThere);
    boolean anythingPaced = false;
    for (Performer performer : flow.performers()) {
      if (setup.source(performer) != null) {
        player.add(performer, setup.source(performer));
        anythingPaced = true;
      } else if (performer.input().kind() == Input.Kind.DEVICE) {
        performer.status(OPENING);
        CaptureLoop card = new CaptureLoop(lines, performer, config.blockSamples(), flow);
        cards.add(card);
        thread("audio-line-" + performer.name(), card);
      } else {
        performer.status(NOBODY_PUSHES);
      }
    }
    if (anythingPaced) {
      thread("audio-player", player);
    }
    thread(
        "audio-watch", new RunMonitor(flow.performers(), config.exitAtEnd(), Quarkus::asyncExit));
  }

  private void thread(String role, DutyCycle turns) {
    DutyCycleThread thread = new DutyCycleThread(role, turns);
    threads.add(thread);
    thread.start();
  }

  void stop(@Observes ShutdownEvent event) {
    threads.forEach(DutyCycleThread::stop);
    cards.forEach(CaptureLoop::close);
    flow.end();
  }
}
