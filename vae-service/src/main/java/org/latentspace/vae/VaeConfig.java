package org.latentspace.vae;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** What can be set of vae-service; checked by {@link VaeStart} before the first sound. */
@StaticInitSafe
@ConfigMapping(prefix = "vae-service")
public interface VaeConfig {
  /** The model to begin with: "six-robots" (built in), a file's path, or "none" (wait for one). */
  @WithDefault("six-robots")
  String model();

  /** Folder whose files LoadModel may play; need not exist. */
  @WithDefault("models")
  String modelsDir();

  /** Whether activated versions are played; not set: unless model is a file's path. */
  Optional<Boolean> followVersions();

  /** The line of versions that is played, [a-z0-9-]; not set: whichever was activated last. */
  Optional<String> follow();

  /** Folder where versions are kept, so that the last one plays without any neighbour. */
  @WithDefault("data/vae")
  String dataDir();

  /** Seed of the noise: any whole number; the same one gives the same rhythms. */
  @WithDefault("1")
  long seed();

  /** Sound time between two draws of the noise, 10..60000 ms; between them the rhythm is steady. */
  @WithDefault("500")
  int noiseIntervalMs();

  /** Performers at a time, 1..256. */
  @WithDefault("64")
  int maxPerformers();

  /** The neighbour on the right. */
  MidiGateway midiGateway();

  /** Where versions and their libraries come from. */
  TrainingService trainingService();

  /** Where training-service listens. */
  interface TrainingService {
    /** Host name or address. */
    @WithDefault("127.0.0.1")
    String host();

    /** 1..65535. */
    @WithDefault("9085")
    int port();
  }

  /** Where midi-gateway listens. */
  interface MidiGateway {
    /** Host name or address. */
    @WithDefault("127.0.0.1")
    String host();

    /** 1..65535. */
    @WithDefault("9084")
    int port();
  }
}
