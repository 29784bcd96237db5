package org.latentspace.midi;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Settings of midi-gateway; docs/reference/configuration.md tells them. Checked by {@link
 * MidiStart}.
 */
@ConfigMapping(prefix = "midi-gateway")
public interface MidiConfig {
  /** Tempo in quarter notes a minute, 20..300. */
  @WithDefault("120")
  double bpm();

  /** Where strokes go: addresses such as synth:, midi:NAME, file:PATH; commas between. */
  @WithDefault("synth:")
  List<String> outputs();

  /** Whether a MIDI file that is there is replaced at the first stroke; else PATH-2 is taken. */
  @WithDefault("false")
  boolean replaceFiles();

  /** Where a new rhythm takes over: cell, beat or bar. */
  @WithDefault("bar")
  String takeOver();

  /** When the clock begins: at-first-rhythm, or at-start. */
  @WithDefault("at-first-rhythm")
  String start();

  /** How far the second half of a beat is moved towards the triplet's place, 0..1. */
  @WithDefault("0")
  float shuffle();

  /** How many times as fast a loop runs through its steps: 1, 2 or 4. */
  @WithDefault("1")
  int stepDivision();

  /** Everything is struck so much later, or earlier if negative: -500..500 ms. */
  @WithDefault("0")
  double nudgeMs();

  /** How long a note lasts: 1..2000 ms. */
  @WithDefault("50")
  double gateMs();

  /** How long before a stroke the thread stays awake, 0..2000 us: less jitter, more processor. */
  @WithDefault("150")
  double spinUs();

  /** Whether what is played is recorded for the data set, from the start on. */
  @WithDefault("false")
  boolean recordRhythms();

  /** What is recorded: model (loops that robots are given), pads, onsets; commas between. */
  @WithDefault("model,pads")
  List<String> recordSources();

  /** Which voice an onset of a performer's sound is: 1..64 characters of A-Z a-z 0-9 _ -. */
  @WithDefault("snare")
  String onsetVoice();

  /** What the robots that play together are called: 1..64 characters of A-Z a-z 0-9 _ -. */
  @WithDefault("ensemble")
  String ensemble();

  /** Folder for what was measured of robots; need not exist. */
  @WithDefault("data/midi")
  String dataDir();

  /** Through whom robots are heard while they are measured. */
  Neighbour audioService();

  /** Where a neighbour is. */
  interface Neighbour {
    /** Host name or address. */
    @WithDefault("127.0.0.1")
    String host();

    /** 1..65535. */
    @WithDefault("9081")
    int port();
  }

  /** Where controls go whose destination is OSC. */
  Osc osc();

  /** An OSC listener. */
  interface Osc {
    /** Host name or address. */
    @WithDefault("127.0.0.1")
    String host();

    /** UDP port, 1..65535; unset: nothing is sent. */
    OptionalInt port();
  }

  /** Clocks elsewhere. */
  Clock clock();

  /** Whom the song's clock follows, and who follows it. */
  interface Clock {
    /** Who leads the tempo: internal, midi or link. */
    @WithDefault("internal")
    String tempo();

    /** Who starts and stops: internal, midi or link. */
    @WithDefault("internal")
    String transport();

    /** Where a MIDI clock comes in: midi:NAME, NAME being a part of a MIDI port's name. */
    Optional<String> midiIn();

    /** Beats after which Ableton Link is in phase again, for which a start waits: 1..64. */
    @WithDefault("4")
    int linkQuantum();

    /** The song's beats come so much later than Link's, or earlier if negative: -1000..1000 ms. */
    @WithDefault("0")
    double linkOffsetMs();

    /** Ports that get the song's clock: addresses, or names of the installation's ports. */
    Optional<List<String>> out();
  }

  /** Where voices are struck that General MIDI does not know, or knows elsewhere. */
  Map<String, Voice> voices();

  /** Where one voice is struck. */
  interface Voice {
    /** MIDI note, 0..127; needed unless General MIDI knows the voice. */
    OptionalInt note();

    /** MIDI channel, 1..16. */
    @WithDefault("10")
    int channel();
  }
}
