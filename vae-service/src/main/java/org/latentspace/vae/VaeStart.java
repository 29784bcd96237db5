package org.latentspace.vae;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.latentspace.model.ModelFault;
import org.latentspace.vae.inlet.VersionInlet;
import org.latentspace.vae.latent.Noise.NoiseSettings;
import org.latentspace.vae.library.RhythmLibrary;
import org.latentspace.vae.model.ActiveModel;
import org.latentspace.vae.model.Model;
import org.latentspace.vae.outlet.ModelLocator;
import org.latentspace.vae.outlet.RhythmOutlet;
import org.latentspace.vae.outlet.TrainingOutlet;
import org.latentspace.vae.outlet.VersionCache;
import org.latentspace.vae.playing.Performers;
import org.latentspace.vae.versions.LibraryUpdater;
import org.latentspace.vae.versions.ModelActivation;
import org.latentspace.vae.versions.VersionFollower;
import org.latentspace.vae.versions.VersionThread;
import org.latentspace.wire.EchoRouter;
import org.latentspace.wire.StartMistake;
import org.latentspace.wire.StartOrder;

/**
 * All that vae-service does at the start: {@link #start} in its order, with the objects below.
 *
 * <p>Once every service has found its settings right, {@link #follow} begins with the topic of
 * activations.
 */
@ApplicationScoped
public class VaeStart {
  private static final Logger LOG = Logger.getLogger(VersionFollower.class);
  private static final String NO_MODEL = "none";
  private static final int BACKGROUND_IDLE_SECONDS = 10;
  private static final int MOST_FILES = 32;
  private static final long MOST_BYTES = 512L << 20;

  @Inject VaeConfig config;

  void start(
      @Observes StartupEvent begin,
      Performers performers,
      ModelLocator locator,
      ActiveModel activeModel,
      RhythmOutlet rhythms,
      RhythmLibrary library,
      VersionThread thread) {
    range("training-service.port", config.trainingService().port(), 1, 65_535);
    activeModel.watch(
        () -> {
          library.prepare();
          thread.wake();
        });
    rhythms.open();
    thread.start();
  }

  void follow(@Observes @Priority(StartOrder.OPEN) StartupEvent begin, VersionInlet activations) {
    if (follows()) {
      activations.open();
    }
  }

  void end(
      @Observes ShutdownEvent end,
      VersionInlet activations,
      RhythmOutlet rhythms,
      VersionThread thread,
      TrainingOutlet training) {
    activations.close();
    rhythms.close();
    thread.close();
    training.close();
  }

  @Produces
  @Singleton
  Performers performers() {
    range("noise-interval-ms", config.noiseIntervalMs(), 10, 60_000);
    range("max-performers", config.maxPerformers(), 1, 256);
    return new Performers(
        config.maxPerformers(), new NoiseSettings(config.seed(), config.noiseIntervalMs()));
  }

  @Produces
  @Singleton
  @Named("vae-service")
  EchoRouter echoes() {
    return new EchoRouter();
  }

  @Produces
  @Singleton
  RhythmOutlet rhythms(
      @Named("vae-service") EchoRouter echoes,
      ActiveModel activeModel,
      Performers performers,
      VersionFollower versions) {
    String host = config.midiGateway().host();
    int port = config.midiGateway().port();
    range("midi-gateway.port", port, 1, 65_535);
    return new RhythmOutlet(host, port, echoes, activeModel, performers, versions);
  }

  /** The models that can be loaded by name. */
  @Produces
  @Singleton
  ModelLocator locator() {
    return new ModelLocator(path("models-dir", config.modelsDir()));
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
      throw mistake("model", model, e.getMessage());
    } catch (InvalidPathException e) {
      throw mistake("model", model, "is no path");
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
    return new RhythmLibrary(
        background, () -> activeModel.playing() == null ? null : activeModel.playing().unbent());
  }

  private static Thread inTheBackground(Runnable work) {
    Thread thread = new Thread(work, "rhythm-library");
    thread.setDaemon(true);
    return thread;
  }

  @Produces
  @Singleton
  TrainingOutlet training() {
    return new TrainingOutlet(config.trainingService().host(), config.trainingService().port());
  }

  /** A player whose model is a file does not follow versions, unless it is told to. */
  private boolean follows() {
    boolean file = !config.model().equals(NO_MODEL) && !ModelLocator.isBuiltIn(config.model());
    return config.followVersions().orElse(!file);
  }

  /** The versions; the one that played last plays, if it is on this disk. */
  @Produces
  @Singleton
  VersionFollower versions(ActiveModel activeModel, TrainingOutlet training) {
    String line = config.follow().orElse("");
    if (!line.isEmpty() && !ModelActivation.isLine(line)) {
      throw mistake("follow", line, "must be 1..64 characters of [a-z0-9-], or not set");
    }
    VersionCache cache =
        new VersionCache(path("data-dir", config.dataDir()), MOST_FILES, MOST_BYTES, LOG::warn);
    VersionFollower versions =
        new VersionFollower(
            new VersionFollower.Parts(
                activeModel, cache, training, () -> own(config.model()), LOG::info, LOG::warn),
            line);
    versions.ownPlays();
    if (follows()) {
      versions.begin();
    }
    return versions;
  }

  private static Model own(String name) throws ModelFault {
    if (name.equals(NO_MODEL)) {
      throw new ModelFault(name, "this player has no model of its own");
    }
    return ModelLocator.configured(name);
  }

  @Produces
  @Singleton
  LibraryUpdater updater(
      ActiveModel activeModel,
      VersionFollower versions,
      TrainingOutlet training,
      RhythmLibrary library) {
    return new LibraryUpdater(activeModel, versions, training, library, LOG::warn);
  }

  /** The thread on which versions, then their libraries, are fetched. */
  @Produces
  @Singleton
  VersionThread thread(VersionFollower versions, LibraryUpdater updater) {
    return new VersionThread(List.of(versions::turn, updater::turn));
  }

  private static Path path(String key, String value) {
    try {
      return Path.of(value);
    } catch (InvalidPathException e) {
      throw mistake(key, value, "is no path");
    }
  }

  private static void range(String key, int value, int least, int most) {
    StartMistake.within("vae-service." + key, value, least, most);
  }

  private static StartMistake mistake(String key, Object value, String why) {
    return new StartMistake("vae-service." + key + "=" + value + ": " + why);
  }
}
