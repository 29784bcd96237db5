package org.latentspace.vae;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.latentspace.model.ModelFault;
import org.latentspace.vae.library.RhythmLibrary;
import org.latentspace.vae.model.ActiveModel;
import org.latentspace.vae.model.ModelLocator;
import org.latentspace.vae.outlet.RhythmOutlet;
import org.latentspace.vae.playing.NoiseSettings;
import org.latentspace.vae.playing.Performers;
import org.latentspace.wire.StartMistake;

/** Checks the configuration and makes ready what the flow needs, before the first sound. */
@ApplicationScoped
public class VaeStart {
  private static final String PREFIX = "vae-service.";
  private static final String NO_MODEL = "none";
  private static final int BACKGROUND_IDLE_SECONDS = 10;

  @Inject VaeConfig config;

  /** The performers, none yet. */
  @Produces
  @Singleton
  Performers performers() {
    range("noise-interval-ms", config.noiseIntervalMs(), 10, 60_000);
    range("max-performers", config.maxPerformers(), 1, 256);
    return new Performers(
        config.maxPerformers(), new NoiseSettings(config.seed(), config.noiseIntervalMs()));
  }

  /** The models that can be loaded by name. */
  @Produces
  @Singleton
  ModelLocator locator() {
    try {
      return new ModelLocator(Path.of(config.modelsDir()));
    } catch (InvalidPathException e) {
      throw new StartMistake(PREFIX + "models-dir=" + config.modelsDir() + ": is no path");
    }
  }

  /** The model that plays at first. A file that cannot be played ends the start here. */
  @Produces
  @Singleton
  ActiveModel activeModel() {
    ActiveModel activeModel = new ActiveModel();
    String model = config.model();
    if (model.equals(NO_MODEL)) {
      return activeModel;
    }
    try {
      activeModel.put(model, ModelLocator.configured(model));
      return activeModel;
    } catch (ModelFault e) {
      throw new StartMistake(PREFIX + "model=" + model + ": " + e.getMessage());
    } catch (InvalidPathException e) {
      throw new StartMistake(PREFIX + "model=" + model + ": is no path");
    }
  }

  /** The rhythms that others are compared with, none yet. */
  @Produces
  @Singleton
  RhythmLibrary library(ActiveModel activeModel) {
    ThreadPoolExecutor background =
        new ThreadPoolExecutor(
            1,
            1,
            BACKGROUND_IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            VaeStart::inTheBackground);
    background.allowCoreThreadTimeOut(true);
    RhythmLibrary library =
        new RhythmLibrary(
            background,
            () -> activeModel.playing() == null ? null : activeModel.playing().unbent());
    activeModel.watch(library::prepare);
    return library;
  }

  private static Thread inTheBackground(Runnable work) {
    Thread thread = new Thread(work, "rhythm-library");
    thread.setDaemon(true);
    return thread;
  }

  void start(
      @Observes StartupEvent begin,
      Performers performers,
      ModelLocator locator,
      ActiveModel activeModel,
      RhythmOutlet rhythms,
      TransportRelay transport) {
    range("midi-gateway.port", config.midiGateway().port(), 1, 65_535);
    rhythms.open(config.midiGateway().host(), config.midiGateway().port());
    transport.open(config.midiGateway().host(), config.midiGateway().port());
  }

  private static void range(String key, int value, int least, int most) {
    if (value < least || value > most) {
      throw new StartMistake(PREFIX + key + "=" + value + ": must be " + least + ".." + most);
    }
  }
}
