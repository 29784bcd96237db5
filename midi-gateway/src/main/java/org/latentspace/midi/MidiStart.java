package org.latentspace.midi;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.latentspace.installation.InstallationConfig;
import org.latentspace.installation.InstallationFile;
import org.latentspace.kept.KeptOutlets;
import org.latentspace.kept.Topic;
import org.latentspace.midi.calibration.Calibrator;
import org.latentspace.midi.inlet.Pads;
import org.latentspace.midi.outlet.AudioOutlet;
import org.latentspace.midi.outlet.CalibrationStore;
import org.latentspace.midi.outlet.ClockSources;
import org.latentspace.midi.outlet.InstalledEnsembles;
import org.latentspace.midi.outlet.LoopRecorder;
import org.latentspace.midi.outlet.OscOutlet;
import org.latentspace.midi.outlet.PerformerOnsets;
import org.latentspace.midi.outlet.Ports;
import org.latentspace.midi.outlet.RecordedRhythms;
import org.latentspace.midi.played.LookBack;
import org.latentspace.midi.rhythm.VoiceMap;
import org.latentspace.midi.time.ClockSource.Kind;
import org.latentspace.midi.time.EnsembleSetup;
import org.latentspace.midi.time.EnsembleStyle;
import org.latentspace.midi.time.Performance;
import org.latentspace.midi.time.Transport;
import org.latentspace.midi.time.Transport.TakeOver;
import org.latentspace.mididevices.MidiAddress;
import org.latentspace.performer.Name;
import org.latentspace.wire.StartMistake;
import org.latentspace.wire.StartOrder;

/**
 * All that midi-gateway does at the start: checks the settings, then {@link #begin} in its order,
 * with the objects that are made here. A wrong setting ends the start with the key, the value and
 * what is right.
 */
@Singleton
public class MidiStart {
  private static final String PREFIX = "midi-gateway.";
  private static final String MIDI = "midi:";

  private final MidiConfig config;
  private final VoiceMap voices;
  private final EnsembleStyle style;
  private final boolean atStart;
  private Thread silence;

  @Inject
  public MidiStart(MidiConfig config) {
    this.config = config;
    within("bpm", config.bpm(), 20, 300);
    within("shuffle", config.shuffle(), 0, 1);
    within("nudge-ms", config.nudgeMs(), -500, 500);
    within("gate-ms", config.gateMs(), 1, 2000);
    within("spin-us", config.spinUs(), 0, 2000);
    int division = config.stepDivision();
    if (division != 1 && division != 2 && division != 4) {
      throw mistake("step-division", division, "1, 2 or 4");
    }
    if (!Name.isValid(config.onsetVoice())) {
      throw mistake("onset-voice", config.onsetVoice(), Name.RULE);
    }
    config.recordSources().forEach(each -> choice("record-sources", each, "model|pads|onsets"));
    if (!Name.isValid(config.ensemble())) {
      throw mistake("ensemble", config.ensemble(), Name.RULE);
    }
    within("audio-service.port", config.audioService().port(), 1, 65535);
    if (config.osc().port().isPresent()) {
      within("osc.port", config.osc().port().getAsInt(), 1, 65535);
    }
    checkClock(config.clock());
    voices = readVoices();
    TakeOver takeOver = TakeOver.valueOf(choice("take-over", config.takeOver(), "cell|beat|bar"));
    String start = choice("start", config.start(), "at-first-rhythm|at-start");
    atStart = start.equals("AT-START");
    style =
        new EnsembleStyle(
            takeOver, config.shuffle(), Math.round(config.nudgeMs() * 1e6), false, false);
  }

  private static void checkClock(MidiConfig.Clock clock) {
    boolean midi = kind("clock.tempo", clock.tempo()) == Kind.MIDI;
    midi |= kind("clock.transport", clock.transport()) == Kind.MIDI;
    String input = clock.midiIn().orElse("").strip();
    if (input.isEmpty() ? midi : !input.startsWith(MIDI) || input.length() == MIDI.length()) {
      throw mistake("clock.midi-in", input.isEmpty() ? "(none)" : input, "midi:NAME");
    }
    try {
      if (!input.isEmpty()) {
        MidiAddress.parse(input.substring(MIDI.length()));
      }
    } catch (IllegalArgumentException wrong) {
      throw mistake("clock.midi-in", input, "midi: and " + wrong.getMessage());
    }
    within("clock.link-quantum", clock.linkQuantum(), 1, 64);
    within("clock.link-offset-ms", clock.linkOffsetMs(), -1000, 1000);
  }

  private static Kind kind(String key, String value) {
    return Kind.valueOf(choice(key, value, "internal|midi|link"));
  }

  void check(@Observes StartupEvent start) {
    // A singleton checks itself when it is made, which the observer has done.
  }

  void begin(
      @Observes @Priority(StartOrder.OPEN) StartupEvent start,
      LoopRecorder recorder,
      Ports ports,
      Performance performance,
      MidiFlow flow,
      Pads pads) {
    recorder.record(config.recordRhythms());
    recorder.start();
    silence = new Thread(() -> silence(performance, ports), "midi-silence");
    Runtime.getRuntime().addShutdownHook(silence);
    ports.start();
    MidiConfig.Clock clock = config.clock();
    flow.follow(kind("clock.tempo", clock.tempo()), kind("clock.transport", clock.transport()));
    performance.start();
    pads.open();
  }

  /** Strikes nothing more: all notes off, files closed, then what was played is kept. */
  void end(
      @Observes ShutdownEvent stop,
      OscOutlet osc,
      Pads pads,
      Performance performance,
      Ports ports,
      ClockSources clocks,
      LoopRecorder recorder,
      AudioOutlet audio) {
    audio.close();
    osc.close();
    pads.close();
    silence(performance, ports);
    clocks.close();
    recorder.close();
    forget(silence);
  }

  private static void forget(Thread hook) {
    try {
      if (hook != null) {
        Runtime.getRuntime().removeShutdownHook(hook);
      }
    } catch (IllegalStateException ends) {
      // It runs, or has run.
    }
  }

  /** When the process is told to end, notes do not sound until it comes to this service. */
  private static void silence(Performance performance, Ports ports) {
    performance.close();
    ports.close();
  }

  private VoiceMap readVoices() {
    Map<String, VoiceMap.Key> own = new HashMap<>();
    config
        .voices()
        .forEach(
            (name, voice) -> {
              String key = "voices." + name;
              within(key + ".channel", voice.channel(), 1, 16);
              VoiceMap.Key general = VoiceMap.generalMidi(name);
              if (voice.note().isEmpty() && general == null) {
                throw mistake(key + ".note", "(none)", "0..127");
              }
              int note = voice.note().isPresent() ? voice.note().getAsInt() : general.note();
              within(key + ".note", note, 0, 127);
              own.put(name, new VoiceMap.Key(voice.channel() - 1, note));
            });
    return new VoiceMap(own);
  }

  private static String choice(String key, String value, String choices) {
    if (!Arrays.asList(choices.split("\\|")).contains(value)) {
      throw mistake(key, value, choices.replace("|", " or "));
    }
    return value.toUpperCase(Locale.ROOT);
  }

  private static void within(String key, double value, double least, double most) {
    StartMistake.within(PREFIX + key, value, least, most);
  }

  private static StartMistake mistake(String key, Object value, String right) {
    return new StartMistake(PREFIX + key + "=" + value + ": must be " + right);
  }

  private long spinNanos() {
    return Math.round(config.spinUs() * 1e3);
  }

  /** With ensembles that are there from the start on. */
  Performance.Settings playing(List<EnsembleSetup> ensembles) {
    return new Performance.Settings(
        new Transport(config.bpm(), true), spinNanos(), atStart, ensembles);
  }

  @Produces
  @Singleton
  VoiceMap voices() {
    return voices;
  }

  @Produces
  @Singleton
  Performance performance(Ports ports, LoopRecorder recorder, InstalledEnsembles installed) {
    InstalledEnsembles.Setup setup = installed.atStart();
    Performance performance = new Performance(playing(setup.ensembles()), ports, recorder::listen);
    performance.clock().sendTo(setup.clock());
    return performance;
  }

  /** The ensembles and their robots; a mistake in the installation's file ends the start. */
  @Produces
  @Singleton
  InstalledEnsembles installed(
      InstallationConfig file, Ports ports, CalibrationStore calibrations) {
    InstalledEnsembles.Reader reader = () -> InstallationFile.read(file);
    return new InstalledEnsembles(config, voices, style, ports, reader, calibrations::apply);
  }

  /** What was measured of robots. */
  @Produces
  @Singleton
  CalibrationStore calibrations() {
    return new CalibrationStore(Path.of(config.dataDir()));
  }

  @Produces
  @Singleton
  AudioOutlet audio() {
    return new AudioOutlet(config.audioService().host(), config.audioService().port());
  }

  @Produces
  @Singleton
  Calibrator calibrator(Performance performance, Ports ports, AudioOutlet audio) {
    return new Calibrator(performance, ports, audio);
  }

  /** Nothing is opened before it is followed. */
  @Produces
  @Singleton
  ClockSources clocks() {
    MidiConfig.Clock clock = config.clock();
    String input = clock.midiIn().map(in -> in.strip().substring(MIDI.length()).strip()).orElse("");
    return new ClockSources(
        new ClockSources.Settings(input, clock.linkQuantum(), clock.linkOffsetMs()));
  }

  @Produces
  @Singleton
  LoopRecorder recorder(KeptOutlets outlets) {
    return new LoopRecorder(
        new RecordedRhythms(() -> outlets.open(Topic.RECORDED_RHYTHMS), new SecureRandom()),
        new LookBack(),
        Set.copyOf(config.recordSources()));
  }

  @Produces
  @Singleton
  PerformerOnsets onsets(LoopRecorder recorder, Performance performance) {
    return PerformerOnsets.of(recorder, config.onsetVoice(), performance);
  }

  @Produces
  @Singleton
  OscOutlet osc() {
    return config.osc().port().isPresent()
        ? OscOutlet.to(config.osc().host(), config.osc().port().getAsInt())
        : OscOutlet.off();
  }

  @Produces
  @Singleton
  Ports ports() {
    return new Ports(config.replaceFiles(), spinNanos());
  }
}
