package org.latentspace.feature;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What can be set; the ranges are checked before the first sound. */
@ConfigMapping(prefix = "feature-service")
public interface FeatureConfig {
  /** Samples in the window of the spectral features: a power of two, 64..16384. */
  @WithDefault("1024")
  int fft();

  /** Samples from frame to frame: 16..fft. */
  @WithDefault("512")
  int hop();

  /** Samples in the window of the pitch detector: a power of two, 256..16384. */
  @WithDefault("2048")
  int pitchWindow();

  /** Rate that is analysed, to which other sound is resampled: 8000..192000 Hz. */
  @WithDefault("44100")
  int rateHz();

  /** Length of the RMS window: 0..2000 ms, 0 = as long as the fft. */
  @WithDefault("0")
  double rmsWindowMs();

  /** Rise of the level above the valley before it that is an attack: 1..40 dB. */
  @WithDefault("6")
  double onsetThresholdDb();

  /** Frequency of MIDI note 69: 380..480 Hz. */
  @WithDefault("440")
  double a4Hz();

  /** How the pitch is found: own, yin, mpm, wavelet. */
  @WithDefault("own")
  String pitch();

  /** How attacks are found: own, percussive. */
  @WithDefault("own")
  String onsets();

  /** The silence gate. */
  Silence silence();

  /** Smoothing of the vector. */
  Smoothing smoothing();

  /** What ambitus and density remember. */
  Memory memory();

  /** Performers who are listened to at the same time: 1..256. */
  @WithDefault("32")
  int maxPerformers();

  /** What is different for a performer, by name. */
  Map<String, Performer> performers();

  /** Folder for the ranges of auto-range; need not exist. */
  @WithDefault("data/feature")
  String dataDir();

  /** Where other senses come in by OSC. */
  Osc osc();

  /** What raw values of another sense mean, by the sense's name. */
  Map<String, SenseValues> senses();

  /** The right-hand neighbour. */
  Neighbour explorerService();

  /** The door for OSC over UDP. */
  interface Osc {
    /** Address to listen on. */
    @WithDefault("127.0.0.1")
    String host();

    /** UDP port: 1..65535, 0 = none. */
    @WithDefault("8082")
    int port();
  }

  /** The range of a sense as long as no rehearsal has said otherwise; not set = 0..1. */
  interface SenseValues {
    /** Raw values that become 0: one for all entries, or one for each. */
    Optional<List<Double>> low();

    /** Raw values that become 1, as many, each above its low by 1e-30..1e30. */
    Optional<List<Double>> high();
  }

  /** When there is silence. */
  interface Silence {
    /** Level at which sound begins: -100..0 dBFS, not below close-dbfs. */
    @WithDefault("-50")
    double openDbfs();

    /** Level below which silence may begin: -100..0 dBFS. */
    @WithDefault("-56")
    double closeDbfs();

    /** How long it must be so soft before it is silence: 0..10000 ms. */
    @WithDefault("200")
    double holdMs();
  }

  /** One-pole time constants, 0 = off, up to 10000 ms. */
  interface Smoothing {
    /** Of ambitus and density. */
    @WithDefault("0")
    double notesMs();

    /** Of rms. */
    @WithDefault("0")
    double rmsMs();

    /** Of the seven spectral entries. */
    @WithDefault("0")
    double spectrumMs();
  }

  /** How far back notes and onsets count. */
  interface Memory {
    /** Notes that make the ambitus: 2..64. */
    @WithDefault("5")
    int notes();

    /** Onsets that make the density: 2..64. */
    @WithDefault("5")
    int onsets();

    /** None older than this: 0.1..600 s. */
    @WithDefault("5")
    double oldestSeconds();

    /** Time constant with which the ambitus decays in silence: 0.01..60 s. */
    @WithDefault("1")
    double decaySeconds();
  }

  /** One musician; what is not set is as for all. */
  interface Performer {
    /** Like onset-threshold-db. */
    OptionalDouble onsetThresholdDb();

    /** Like a4-hz. */
    OptionalDouble a4Hz();

    /** Like pitch. */
    Optional<String> pitch();

    /** Like onsets. */
    Optional<String> onsets();

    /** Like silence.open-dbfs. */
    OptionalDouble openDbfs();

    /** Like silence.close-dbfs. */
    OptionalDouble closeDbfs();

    /** The range "auto-0": raw values that become 0.1, ten in the order of the vector. */
    Optional<List<Double>> rangeLow();

    /** The range "auto-0": raw values that become 0.9, ten, each above its low. */
    Optional<List<Double>> rangeHigh();
  }

  /** Where a neighbour is. */
  interface Neighbour {
    /** Host name or address. */
    @WithDefault("127.0.0.1")
    String host();

    /** 1..65535. */
    @WithDefault("9080")
    int port();
  }
}
