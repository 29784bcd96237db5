package org.latentspace.audio.inlet;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.latentspace.audio.AudioConfig;
import org.latentspace.audio.sound.Input;
import org.latentspace.audio.sound.Performer;
import org.latentspace.audio.sound.Saxophone;
import org.latentspace.audio.sound.SoundSource;
import org.latentspace.performer.Name;
import org.latentspace.wire.StartMistake;

/**
 * The performers of the configuration: checks it and opens the recordings, before the first sound.
 *
 * <p>Every mistake is a {@link StartMistake} with the key, the value and what would be right.
 */
final class PerformerSetup {
  private static final int MOST_PERFORMERS = 64;
  private static final int SYNTHETIC_RATE = 44_100;

  private final List<Performer> performers = new ArrayList<>();
  private final Map<Performer, SoundSource> paced = new HashMap<>();

  private PerformerSetup() {}

  static PerformerSetup of(AudioConfig config) {
    within("block-samples", config.blockSamples(), 256, 1024);
    within("window-blocks", config.windowBlocks(), 1, 256);
    within("feature-service.port", config.featureService().port(), 1, 65_535);
    if (!(config.seconds() >= 0 && config.seconds() <= 86_400)) {
      throw new StartMistake(key("seconds", config.seconds()) + "must be 0..86400");
    }
    if (config.loop() && config.offline() && config.seconds() == 0) {
      throw new StartMistake(
          key("loop", true)
              + "an offline run would never end; audio-service.seconds (./play --seconds) must say"
              + " when");
    }
    Map<String, AudioConfig.PerformerConfig> wanted = new TreeMap<>(config.performers());
    if (wanted.size() > MOST_PERFORMERS) {
      throw new StartMistake(
          "audio-service.performers: " + wanted.size() + " are too many, at most 64 can play");
    }
    PerformerSetup setup = new PerformerSetup();
    try {
      wanted.forEach((name, performer) -> setup.add(name, performer, config));
    } catch (StartMistake mistake) {
      setup.close();
      throw mistake;
    }
    if (wanted.isEmpty()) {
      Performer alone = new Performer("performer", Input.parse("synthetic"), 0, config.seconds());
      setup.performers.add(alone);
      setup.paced.put(alone, new Saxophone(1, SYNTHETIC_RATE));
    }
    return setup;
  }

  List<Performer> performers() {
    return performers;
  }

  /** The recording or built-in player of a performer, null when its sound comes otherwise. */
  SoundSource source(Performer performer) {
    return paced.get(performer);
  }

  void close() {
    paced.values().forEach(SoundSource::close);
  }

  private void add(String name, AudioConfig.PerformerConfig wanted, AudioConfig config) {
    if (!Name.isValid(name)) {
      throw new StartMistake("audio-service.performers." + name + ": a name is " + Name.RULE);
    }
    String prefix = "performers." + name + ".";
    double trim = wanted.trimDb();
    if (!(Math.abs(trim) <= Performer.MOST_TRIM_DB)) {
      throw new StartMistake(key(prefix + "trim-db", trim) + "must be -60..60");
    }
    Input input = Input.parse(wanted.input(), PerformerSetup::isFile);
    Performer performer = new Performer(name, input, trim, config.seconds());
    switch (input.kind()) {
      case SYNTHETIC:
        paced.put(performer, new Saxophone(wanted.seed(), SYNTHETIC_RATE));
        break;
      case FILE:
        paced.put(performer, recording(prefix + "input", input, config.loop()));
        break;
      default:
        if (config.offline()) {
          throw new StartMistake(
              key(prefix + "input", input)
                  + "sounds in its own time; with audio-service.offline=true it must be a WAV file"
                  + " or synthetic");
        }
    }
    performers.add(performer);
  }

  private static boolean isFile(String path) {
    try {
      return Files.isRegularFile(Path.of(path));
    } catch (InvalidPathException noName) {
      return false;
    }
  }

  private static SoundSource recording(String key, Input input, boolean loop) {
    try {
      return WavFile.open(Path.of(input.detail()), new WavFile.Use(input.channel(), loop));
    } catch (SoundSource.Fault | InvalidPathException fault) {
      // The fault begins with the path.
      throw new StartMistake("audio-service." + key + "=" + fault.getMessage());
    }
  }

  private static void within(String key, int value, int low, int high) {
    StartMistake.within("audio-service." + key, value, low, high);
  }

  private static String key(String key, Object value) {
    return "audio-service." + key + "=" + value + ": ";
  }
}
