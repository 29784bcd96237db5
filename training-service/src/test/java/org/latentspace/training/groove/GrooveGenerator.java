package org.latentspace.training.groove;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.latentspace.training.midi.MidiFileWriter;
import org.latentspace.training.rhythm.Song;
import org.latentspace.training.rhythm.Song.Note;

/**
 * Plays a feel in a temper for eight bars, as a drummer would: the pattern fills up bar by bar,
 * accents breathe, each voice leans forward or back, strokes scatter a little, fills end a phrase.
 *
 * <p>Every optional stroke of the dense form has a rank drawn once per groove; it sounds as soon as
 * the bar's density exceeds its rank. So a groove grows by strokes added and never jumps.
 */
final class GrooveGenerator {
  private static final double BEATS_PER_BAR = 4;

  private final Feel feel;
  private final Dynamics temper;
  private final Random random;
  private final double bpm;
  private final List<Note> notes = new ArrayList<>();

  GrooveGenerator(Feel feel, Dynamics temper, long seed) {
    this.feel = feel;
    this.temper = temper;
    this.random = new Random(seed);
    this.bpm = Math.round(feel.bpm() * (temper.dense() ? 1.0 : 0.94) * (temper.loud() ? 1.06 : 1));
  }

  Song play(String name) {
    for (Pattern pattern : feel.patterns()) {
      play(pattern);
    }
    fill(3, 0.5);
    fill(7, 1);
    notes.sort(Comparator.comparingDouble(Note::quarter).thenComparingInt(Note::key));
    return new Song(
        name,
        bpm,
        SixRobots.BARS_PER_GROOVE * BEATS_PER_BAR,
        List.of(new Song.Metre(0, 4, 4)),
        notes);
  }

  private void play(Pattern pattern) {
    double[] ranks = random.doubles(pattern.steps()).toArray();
    int perBar = feel.stepsPerBar();
    for (int bar = 0; bar < SixRobots.BARS_PER_GROOVE; bar++) {
      double density = temper.density(bar, SixRobots.BARS_PER_GROOVE);
      for (int step = 0; step < perBar; step++) {
        int place = (bar % 2) * perBar + step;
        char sign = sign(pattern, place, density, ranks[place]);
        double force = Pattern.force(sign);
        if (force > 0) {
          double beat = bar * BEATS_PER_BAR + beat(step);
          strike(pattern.voice(), bar, beat, force);
          if (sign == 'r') {
            strike(pattern.voice(), bar, beat + 0.5 * BEATS_PER_BAR / perBar, 0.8 * force);
          }
        }
      }
    }
  }

  private static char sign(Pattern pattern, int place, double density, double rank) {
    char sparse = pattern.sparse().charAt(place);
    char dense = pattern.dense().charAt(place);
    if (sparse != '.' && dense != '.') {
      return density > rank ? dense : sparse;
    }
    if (sparse != '.') {
      return density < 0.5 ? sparse : '.';
    }
    return density > rank ? dense : '.';
  }

  /** Beat of a step within its bar; every second step of a swung feel comes late. */
  private double beat(int step) {
    double stepBeats = BEATS_PER_BAR / feel.stepsPerBar();
    double late = step % 2 == 1 ? (feel.swing() - 0.5) * 2 * stepBeats : 0;
    return step * stepBeats + late;
  }

  /** Ends a phrase with snare and tom: one beat in a dense groove, a pick-up in a sparse one. */
  private void fill(int bar, double weight) {
    int perBeat = feel.stepsPerBar() / 4;
    int steps = temper.dense() ? (int) Math.round(perBeat * weight) : 1;
    for (int i = 0; i < steps; i++) {
      int step = feel.stepsPerBar() - steps + i;
      int voice = i * 2 < steps && temper.dense() ? SixRobots.SNARE : SixRobots.LOW_TOM;
      double beat = bar * BEATS_PER_BAR + beat(step);
      if (!taken(voice, beat)) {
        strike(voice, bar, beat, 0.55 + 0.35 * (i + 1) / steps);
      }
    }
  }

  private boolean taken(int voice, double beat) {
    double near = 0.5 * BEATS_PER_BAR / feel.stepsPerBar();
    return notes.stream()
        .anyMatch(n -> n.key() == SixRobots.KEYS[voice] && Math.abs(n.quarter() - beat) < near);
  }

  private void strike(int voice, int bar, double beat, double force) {
    double level = temper.level(bar, SixRobots.BARS_PER_GROOVE);
    double velocity = force * level * (1 + 0.06 * bell());
    double millis = feel.pushMillis()[voice] + feel.looseMillis() * bell();
    double quarter = Math.max(0, beat + millis * bpm / 60_000);
    double ticks = Math.round(quarter * MidiFileWriter.TICKS_PER_QUARTER);
    int strength = (int) Math.max(4, Math.min(127, Math.round(velocity * 127)));
    notes.add(
        new Note(ticks / MidiFileWriter.TICKS_PER_QUARTER, SixRobots.KEYS[voice], strength / 127f));
  }

  /** A bell curve of standard deviation 1, never beyond 3, from arithmetic that no JDK changes. */
  private double bell() {
    return 2 * (random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5);
  }
}
