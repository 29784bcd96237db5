package org.latentspace.audio;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Map;

/** What can be set; the ranges are checked before the first sound. */
@ConfigMapping(prefix = "audio-service")
public interface AudioConfig {
  /**
   * Who plays, by name (1..64 of {@code [A-Za-z0-9_-]}, at most 64 performers). None: one called
   * "performer" whose input is synthetic.
   */
  Map<String, PerformerConfig> performers();

  /** Recordings and built-in performers as fast as the path can, nothing dropped. */
  @WithDefault("false")
  boolean offline();

  /** Samples in a block: 256..1024. */
  @WithDefault("256")
  int blockSamples();

  /** Blocks of a performer that may be without echo in an offline run: 1..256. */
  @WithDefault("64")
  int windowBlocks();

  /** Every performer ends after so many seconds of sound: 0..86400, 0 = only with its source. */
  @WithDefault("0")
  double seconds();

  /** Recordings begin again at their end; an offline run then needs seconds. */
  @WithDefault("false")
  boolean loop();

  /** End the whole application when every performer has ended and its music is over. */
  @WithDefault("false")
  boolean exitAtEnd();

  /** The right-hand neighbour. */
  Neighbour featureService();

  /** One musician. */
  interface PerformerConfig {
    /**
     * "synthetic", "device", "device:PART-OF-ITS-NAME", "network", or a WAV file's path; a device
     * or path with "#N" behind it is heard on its channel N alone.
     */
    @WithDefault("synthetic")
    String input();

    /** Gain in dB before anything is heard: -60..60. */
    @WithDefault("0")
    double trimDb();

    /** What the built-in performer plays: any number; the same gives the same music. */
    @WithDefault("1")
    long seed();
  }

  /** Where a neighbour is. */
  interface Neighbour {
    /** Host name or address. */
    @WithDefault("127.0.0.1")
    String host();

    /** 1..65535. */
    @WithDefault("9082")
    int port();
  }
}
