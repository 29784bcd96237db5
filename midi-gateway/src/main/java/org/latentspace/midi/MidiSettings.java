package org.latentspace.midi;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.latentspace.midi.outlet.OscOutlet;
import org.latentspace.midi.outlet.Ports;
import org.latentspace.midi.rhythm.Grid;
import org.latentspace.midi.rhythm.Origin;
import org.latentspace.midi.rhythm.Pattern;
import org.latentspace.midi.rhythm.Rhythm;
import org.latentspace.midi.rhythm.VoiceMap;
import org.latentspace.midi.time.Performance;
import org.latentspace.midi.time.TakeOver;
import org.latentspace.midi.time.Transport;
import org.latentspace.wire.StartMistake;

/** The settings, checked: a wrong one ends the start with the key, the value and what is right. */
@Singleton
public class MidiSettings {
  private static final String PREFIX = "midi-gateway.";

  private final MidiConfig config;
  private final VoiceMap voices;
  private final Performance.Settings playing;

  @Inject
  public MidiSettings(MidiConfig config) {
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
    if (!config.ensemble().matches("[A-Za-z0-9_-]{1,64}")) {
      throw mistake("ensemble", config.ensemble(), "1..64 characters of A-Z a-z 0-9 _ -");
    }
    if (config.osc().port().isPresent()) {
      within("osc.port", config.osc().port().getAsInt(), 1, 65535);
    }
    voices = readVoices();
    TakeOver takeOver = TakeOver.valueOf(choice("take-over", config.takeOver(), "cell|beat|bar"));
    String start = choice("start", config.start(), "at-first-rhythm|at-start");
    playing =
        new Performance.Settings(
            new Transport(config.bpm(), true, takeOver, config.shuffle()),
            Math.round(config.nudgeMs() * 1e6),
            spinNanos(),
            start.equals("AT-START") ? silence() : null);
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

  // Written so that a NaN is refused as well.
  private static void within(String key, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw mistake(key, number(value), number(least) + ".." + number(most));
    }
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  private static StartMistake mistake(String key, Object value, String right) {
    return new StartMistake(PREFIX + key + "=" + value + ": must be " + right);
  }

  private Pattern silence() {
    Rhythm.Strokes none = new Rhythm.Strokes(new int[0], new int[0], new float[0], new float[0]);
    Origin nobody = new Origin("nobody", 0, 0, 0, false, false);
    Grid grid = new Grid(1, 4, 4, 4, 1);
    Rhythm rhythm = new Rhythm(nobody, "", grid, List.of("kick"), none, new float[0]);
    return new Pattern(rhythm, voices);
  }

  private long spinNanos() {
    return Math.round(config.spinUs() * 1e3);
  }

  public Performance.Settings playing() {
    return playing;
  }

  public VoiceMap voices() {
    return voices;
  }

  /** Whether played loops are recorded from the start on. */
  public boolean recordsRhythms() {
    return config.recordRhythms();
  }

  /** 1..64 characters of [A-Za-z0-9_-]. */
  public String ensemble() {
    return config.ensemble();
  }

  /** 1, 2 or 4. */
  public int stepDivision() {
    return config.stepDivision();
  }

  /** Where controls go by OSC. */
  public OscOutlet openOsc() {
    return config.osc().port().isPresent()
        ? OscOutlet.to(config.osc().host(), config.osc().port().getAsInt())
        : OscOutlet.off();
  }

  /** Opens the outputs; throws StartMistake for an address that cannot be. */
  public Ports openPorts() {
    return Ports.open(
        config.outputs(), config.replaceFiles(), Math.round(config.gateMs() * 1e6), spinNanos());
  }
}
