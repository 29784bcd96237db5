package org.latentspace.explorer;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;
import java.util.OptionalInt;

/** What can be set of explorer-service; checked by {@link ExplorerStart} before the first sound. */
@StaticInitSafe
@ConfigMapping(prefix = "explorer-service")
public interface ExplorerConfig {
  /** The mapping that performers begin with: "first-steps" or the path of a FluCoMa JSON file. */
  @WithDefault("first-steps")
  String mapping();

  /** How the point is found at first: "predict" (by the mapping) or "select" (by hand). */
  @WithDefault("predict")
  String mode();

  /** When the point is handed on at first: "auto" (every frame) or "manual" (when told). */
  @WithDefault("auto")
  String sending();

  /** What the outputs do to the point at first: "position" or "movement" (a velocity). */
  @WithDefault("position")
  String motion();

  /** What movement does at the edge of the square at first: "clamp", "reflect" or "wrap". */
  @WithDefault("clamp")
  String bounds();

  /** Movement at first: position units a second at full deflection, 0.01..10. */
  @WithDefault("1")
  float maxSpeed();

  /** Movement at first: time constant with which it comes to rest in silence, 0..10000 ms. */
  @WithDefault("300")
  float restMs();

  /** How much the point drifts when nobody plays, at first: 0..1; 0: not at all. */
  @WithDefault("0")
  float autonomy();

  /** Seed of what is left to chance: the drift; any whole number. */
  @WithDefault("1")
  long seed();

  /** A CSV file that gets one row a frame. Unset: nothing is recorded. */
  Optional<String> record();

  /** Whether a record that is there is replaced at the first frame; else NAME-2 is taken. */
  @WithDefault("false")
  boolean replaceRecord();

  /** Whether one line a second tells on the console what is going on. */
  @WithDefault("false")
  boolean report();

  /** Performers at a time, 1..256. */
  @WithDefault("32")
  int maxPerformers();

  /** Screens and researchers that watch at a time, 1..256. */
  @WithDefault("32")
  int maxWatchers();

  /** Entries of a position: the latent size of the model that vae-service plays, 2..32. */
  @WithDefault("2")
  int latentSize();

  /** Folder for what performers teach and set; need not exist. */
  @WithDefault("data/explorer")
  String dataDir();

  /** The ports of Wekinator. */
  Wekinator wekinator();

  /** Control by OSC. */
  Controls controls();

  /** The neighbour on the right. */
  VaeService vaeService();

  /** Who fits mappings. */
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

  /** OSC in the place of Wekinator, and to it. */
  interface Wekinator {
    /** Whether they are open. */
    @WithDefault("false")
    boolean enabled();

    /** Whose point /wek/outputs places, and whose inputs and outputs are told. */
    @WithDefault("performer")
    String performer();

    /** Address to listen on. */
    @WithDefault("127.0.0.1")
    String inHost();

    /** UDP port on which /wek/outputs comes in, 1..65535. */
    @WithDefault("12000")
    int inPort();

    /** Host name or address to which inputs and outputs go. */
    @WithDefault("127.0.0.1")
    String outHost();

    /** Its UDP port, 1..65535, another than in-port. */
    @WithDefault("6448")
    int outPort();
  }

  /** Where OSC comes in that controls, and where OSCQuery tells what there is. */
  interface Controls {
    /** Address to listen on. */
    @WithDefault("127.0.0.1")
    String host();

    /** UDP port of OSC and TCP port of OSCQuery, 1..65535; unset: neither is open. */
    OptionalInt port();
  }

  /** Where vae-service listens. */
  interface VaeService {
    /** Host name or address. */
    @WithDefault("127.0.0.1")
    String host();

    /** 1..65535. */
    @WithDefault("9083")
    int port();
  }
}
