package org.latentspace.explorer;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.latentspace.explorer.feature.Frame;
import org.latentspace.explorer.inlet.Controls;
import org.latentspace.explorer.inlet.LoggedPairs;
import org.latentspace.explorer.inlet.OscControls;
import org.latentspace.explorer.inlet.OscQuery;
import org.latentspace.explorer.inlet.VersionInlet;
import org.latentspace.explorer.inlet.WekinatorInlet;
import org.latentspace.explorer.mapping.TaughtMapping.Motion;
import org.latentspace.explorer.motion.Movement.Bounds;
import org.latentspace.explorer.outlet.ConsoleReport;
import org.latentspace.explorer.outlet.FitOutlet;
import org.latentspace.explorer.outlet.Mappings;
import org.latentspace.explorer.outlet.PairDisk;
import org.latentspace.explorer.outlet.PerformerDisk;
import org.latentspace.explorer.outlet.PointOutlet;
import org.latentspace.explorer.outlet.PresetOutlet;
import org.latentspace.explorer.outlet.Recorder;
import org.latentspace.explorer.outlet.SettingsOutlet;
import org.latentspace.explorer.outlet.WekinatorOutlet;
import org.latentspace.explorer.place.MappingFaults;
import org.latentspace.explorer.place.PerformerSettings;
import org.latentspace.explorer.place.Performers;
import org.latentspace.explorer.place.Place.Mode;
import org.latentspace.explorer.place.Setting;
import org.latentspace.explorer.teaching.HeldPairs;
import org.latentspace.explorer.teaching.Pair;
import org.latentspace.explorer.teaching.PairBook;
import org.latentspace.explorer.wire.ExplorerEchoes;
import org.latentspace.kept.KeptOutlets;
import org.latentspace.kept.Topic;
import org.latentspace.model.MappingNetwork;
import org.latentspace.model.ModelFault;
import org.latentspace.wire.StartMistake;
import org.latentspace.wire.StartOrder;

/** Checks the configuration and makes ready what the flow needs, before the first sound. */
@ApplicationScoped
public class ExplorerStart {
  private static final String PREFIX = "explorer-service.";

  @Inject ExplorerConfig config;

  @ConfigProperty(name = "quarkus.http.host")
  String host;

  @ConfigProperty(name = "quarkus.http.port")
  int port;

  /** The performers, none of them heard yet. A mistake in the configuration ends the start here. */
  @Produces
  @Singleton
  Performers performers(
      PerformerDisk disk, SettingsOutlet kept, PresetOutlet presets, PairBook book) {
    StartMistake.within(PREFIX + "latent-size", config.latentSize(), 2, 32);
    StartMistake.within(PREFIX + "max-performers", config.maxPerformers(), 1, 256);
    StartMistake.within(PREFIX + "max-watchers", config.maxWatchers(), 1, 256);
    StartMistake.within(PREFIX + "vae-service.port", config.vaeService().port(), 1, 65535);
    StartMistake.within(
        PREFIX + "training-service.port", config.trainingService().port(), 1, 65535);
    PerformerSettings.Defaults settings =
        new PerformerSettings.Defaults(choices(), mapping(), config.seed());
    disk.open(dataDir());
    kept.open(config.latentSize());
    presets.open(config.latentSize());
    Performers performers = new Performers(config.maxPerformers(), settings);
    performers.greet(
        performer -> {
          performer.restore(kept.before(performer.name()));
          performer.landmarks(Pair.landmarks(book.of(performer.name())));
        });
    return performers;
  }

  private PerformerSettings choices() {
    try {
      return PerformerSettings.Defaults.usual(config.latentSize())
          .with(Setting.MODE, choice("mode", config.mode(), Mode.values()))
          .with(Setting.SENDING, choice("sending", config.sending(), Setting.Sending.values()))
          .with(Setting.MOTION, choice("motion", config.motion(), Motion.values()))
          .with(Setting.BOUNDS, choice("bounds", config.bounds(), Bounds.values()))
          .with(Setting.MAX_SPEED, config.maxSpeed())
          .with(Setting.REST_MS, config.restMs())
          .with(Setting.AUTONOMY, config.autonomy());
    } catch (IllegalArgumentException e) {
      throw new StartMistake(PREFIX + e.getMessage().replace('_', '-'));
    }
  }

  /** What was taught before is read later, when every service has found its settings right. */
  @Produces
  @Singleton
  PairBook book() {
    return new PairBook(config.maxPerformers());
  }

  @Produces @Singleton final HeldPairs held = new HeldPairs();
  @Produces @Singleton final MappingFaults faults = new MappingFaults();

  /** Checks settings and calls neighbours. */
  void check(
      @Observes StartupEvent begin,
      Performers performers,
      PointOutlet points,
      ExplorerEchoes echoes,
      WekinatorInlet wekinator,
      Controls controls,
      OscControls osc) {
    dataDir();
    echoes.watchers().bound(config.maxWatchers());
    points.open();
    wekinator.check(config.wekinator());
    controls.check();
    osc.check(config.controls());
  }

  /** Opens ports. */
  void open(
      @Observes @Priority(StartOrder.OPEN) StartupEvent begin,
      WekinatorInlet wekinatorIn,
      WekinatorOutlet wekinatorOut,
      Controls controls,
      OscControls osc,
      OscQuery query) {
    if (config.wekinator().enabled()) {
      wekinatorIn.open(config.wekinator());
      wekinatorOut.open(config.wekinator());
    }
    controls.open();
    config
        .controls()
        .port()
        .ifPresent(
            port -> {
              osc.open(config.controls().host(), port);
              query.open(config.controls().host(), port);
            });
  }

  /** Opens files. */
  void read(
      @Observes @Priority(StartOrder.OPEN) StartupEvent begin,
      Recorder recorder,
      MappingFlow mappings,
      FitOutlet trainer,
      PairDisk pairs,
      TeachingFlow teaching,
      KeptOutlets outlets) {
    config.record().ifPresent(name -> recorder.open(path("record", name), config.replaceRecord()));
    mappings.open(dataDir());
    trainer.open(config.trainingService().host(), config.trainingService().port());
    pairs.whenChanged(teaching::changed);
    pairs.open(dataDir(), outlets.open(Topic.TRAINING_PAIRS));
  }

  /** Follows the log, after the disk was read. */
  void follow(
      @Observes @Priority(StartOrder.OPEN + 1) StartupEvent begin,
      VersionInlet versions,
      LoggedPairs logged) {
    versions.begin();
    logged.begin();
  }

  void report(@Observes @Priority(StartOrder.SOUND) StartupEvent begin, ConsoleReport report) {
    if (config.report()) {
      report.begin(
          "http://" + (host.equals("0.0.0.0") ? "127.0.0.1" : host) + ":" + port + "/", System.out);
    }
  }

  private MappingNetwork mapping() {
    try {
      return Mappings.load(config.mapping(), Frame.FEATURES);
    } catch (ModelFault e) {
      throw new StartMistake(PREFIX + "mapping=" + config.mapping() + ": " + e.getMessage());
    }
  }

  private Path dataDir() {
    Path dir = path("data-dir", config.dataDir());
    if (config.dataDir().isBlank() || (Files.exists(dir) && !Files.isDirectory(dir))) {
      throw new StartMistake(PREFIX + "data-dir=" + config.dataDir() + ": must be a folder");
    }
    return dir;
  }

  private static Path path(String key, String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new StartMistake(PREFIX + key + "=" + name + ": is no path");
    }
  }

  private static <T extends Enum<T>> T choice(String key, String value, T[] choices) {
    Map<String, T> byName = new LinkedHashMap<>();
    for (T choice : choices) {
      byName.put(choice.name().toLowerCase(Locale.ROOT), choice);
    }
    if (!byName.containsKey(value)) {
      throw new StartMistake(
          PREFIX + key + "=" + value + ": must be " + String.join(" or ", byName.keySet()));
    }
    return byName.get(value);
  }
}
