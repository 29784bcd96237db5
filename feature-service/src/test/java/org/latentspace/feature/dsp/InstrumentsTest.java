package org.latentspace.feature.dsp;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is heard of seven instruments: phrases of 48 notes each, made of partials, attacks, vibrato,
 * breath or bow noise and decays as these instruments have them. docs/reference/features.md shows
 * the figures.
 */
class InstrumentsTest {
  private static final double TOLERANCE_SECONDS = 0.050;
  private static final double ANALYSIS_WINDOW_SECONDS = 1024 / 44_100.0;
  private static final double PITCH_WINDOW_SECONDS = 2048 / 44_100.0;
  private static final double ROOM_DBFS = -62;

  /**
   * lowest, highest: MIDI; gap: seconds of silence between notes, 0 = every other note is slurred;
   * vibrato: cents at Hz; noise: of breath or bow, dB below the note.
   */
  private record Instrument(
      String name,
      int lowest,
      int highest,
      SyntheticSound.Timbre timbre,
      SyntheticSound.Shape shape,
      Manner manner) {
    @Override
    public String toString() {
      return name;
    }
  }

  private record Manner(double gap, double vibratoCents, double vibratoHz, double noiseDb) {}

  private record Note(double start, double end, DoubleUnaryOperator midi) {}

  static List<Instrument> pitched() {
    return List.of(
        new Instrument(
            "alto", 49, 80, body(600, 2500), shape(.015, .03, 0), new Manner(.03, 15, 5, 32)),
        new Instrument(
            "tenor", 44, 76, body(500, 1600), shape(.02, .04, 0), new Manner(.03, 40, 5, 26)),
        new Instrument(
            "trumpet",
            54,
            82,
            body(1200, 4000),
            shape(.012, .025, 0),
            new Manner(.025, 25, 5.5, 38)),
        new Instrument(
            "cello", 36, 69, body(300, 1500), shape(.04, .08, 0), new Manner(.05, 35, 5.7, 32)),
        new Instrument(
            "bass", 28, 55, body(150, 600), shape(.004, .04, .9), new Manner(.02, 0, 5, 45)),
        new Instrument(
            "voice", 45, 76, body(650, 1100), shape(.04, .06, 0), new Manner(.04, 65, 5.5, 34)));
  }

  private static SyntheticSound.Shape shape(double attack, double release, double decay) {
    return new SyntheticSound.Shape(attack, release, decay);
  }

  /** Partials that fall with their number, lifted around two resonances (Hz). */
  private static SyntheticSound.Timbre body(double first, double second) {
    return (k, hz) -> {
      double f = k * hz;
      double lift =
          1 / (1 + square((f - first) / (0.5 * first))) + 0.5 / (1 + square((f - second) / 500));
      return (0.15 + lift) / Math.pow(k, 0.7);
    };
  }

  private static double square(double x) {
    return x * x;
  }

  @ParameterizedTest
  @MethodSource("pitched")
  void notesOfAPitchedInstrumentAreHeard(Instrument instrument) {
    List<Note> notes = melody(instrument, new Random(11));
    SyntheticSound sound = sound(instrument, notes);
    FeatureSettings standard = FeatureSettings.standard();
    Figures own = figures(sound.heard(standard), notes);
    System.out.printf("| %s | %s |%n", instrument, own);
    assertTrue(own.f1 >= 0.97, "onset F1 " + own.f1);
    assertTrue(own.delay <= 0.015, "mean delay " + own.delay);
    assertTrue(own.pitch >= 97, "pitch right in " + own.pitch + " %");
    assertTrue(own.ambitus <= 0.7, "mean ambitus error " + own.ambitus);
  }

  /**
   * The least that TarsosDSP's detectors reach with the first instrument: onset F1, right pitches
   * in per cent. McLeod's takes ten seconds for it.
   */
  @ParameterizedTest
  @CsvSource({"YIN, 1, 100", "MPM, 0.87, 72", "WAVELET, 0.96, 79"})
  void notesAreHeardByEveryPitchMethod(PitchDetector.Method method, double f1, double percent) {
    FeatureSettings settings =
        FeatureSettings.standard()
            .with(new FeatureSettings.Detectors(method, AttackDetector.Method.OWN));
    Instrument instrument = pitched().get(0);
    List<Note> notes = melody(instrument, new Random(11));
    Figures figures = figures(sound(instrument, notes).heard(settings), notes);
    System.out.printf("| %s | %s | %s |%n", instrument, method, figures);
    assertTrue(figures.f1 >= f1, instrument + ": onset F1 " + figures.f1);
    assertTrue(figures.pitch >= percent, instrument + ": right in " + figures.pitch + " %");
  }

  /** Onset F1, delay beyond the analysis window in seconds, right pitches in %, semitones. */
  private record Figures(double f1, double delay, double pitch, double ambitus) {
    @Override
    public String toString() {
      return String.format(
          "%.3f | %.1f ms | %.1f %% | %.2f semitones", f1, delay * 1000, pitch, ambitus);
    }
  }

  private static Figures figures(SyntheticSound.FrameFeatures heard, List<Note> notes) {
    double[] onsets = compareOnsets(heard, notes.stream().map(Note::start).toList());
    return new Figures(onsets[0], onsets[1], rightPitch(heard, notes), ambitusError(heard, notes));
  }

  private static SyntheticSound sound(Instrument instrument, List<Note> notes) {
    SyntheticSound sound = new SyntheticSound(notes.get(notes.size() - 1).end + 1);
    SyntheticSound breath = new SyntheticSound(notes.get(notes.size() - 1).end + 1);
    breath.noise(-20 - instrument.manner.noiseDb, 0.5, 5);
    for (Note note : notes) {
      sound.note(note.start, note.end, note.midi, instrument.timbre, -20, instrument.shape);
    }
    breath.times(t -> sounding(notes, t) ? 1 : 0, 0);
    for (int i = 0; i < sound.samples.length; i++) {
      sound.samples[i] += breath.samples[i];
    }
    return sound.noise(ROOM_DBFS, 0.9, 7);
  }

  private static boolean sounding(List<Note> notes, double t) {
    return notes.stream().anyMatch(note -> t >= note.start && t < note.end);
  }

  private static List<Note> melody(Instrument instrument, Random random) {
    double[] lengths = {0.3, 0.2, 0.45, 0.25, 0.2, 0.6};
    List<Note> notes = new ArrayList<>();
    double time = 0.5;
    int midi = (instrument.lowest + instrument.highest) / 2;
    for (int i = 0; i < 48; i++) {
      int pitch = midi;
      double swing = instrument.manner.vibratoCents / 100;
      double hz = 2 * Math.PI * instrument.manner.vibratoHz;
      double length = lengths[i % lengths.length];
      notes.add(
          new Note(
              time,
              time + length - instrument.manner.gap,
              t -> pitch + swing * Math.min(1, t / 0.15) * Math.sin(hz * t)));
      time += length + (i % 12 == 11 ? 0.6 : 0);
      int next = midi;
      while (next == midi || next < instrument.lowest || next > instrument.highest) {
        next = midi + random.nextInt(15) - 7;
      }
      midi = next;
    }
    return notes;
  }

  @ParameterizedTest
  @CsvSource({
    "0.25, OWN, 0.97",
    "0.125, OWN, 0.97",
    "0.25, PERCUSSIVE, 0.97",
    "0.125, PERCUSSIVE, 0.95"
  })
  void strokesOfADrumKitAreHeard(double everySeconds, AttackDetector.Method method, double f1) {
    List<Double> starts = new ArrayList<>();
    SyntheticSound.FrameFeatures heard =
        kit(everySeconds, starts)
            .heard(
                FeatureSettings.standard()
                    .with(new FeatureSettings.Detectors(PitchDetector.Method.OWN, method)));
    double[] onsets = compareOnsets(heard, starts);
    System.out.printf(
        "| drums, %.0f strokes a second | %s | %.3f | %.1f ms | | %.2f semitones at most |%n",
        1 / everySeconds, method, onsets[0], onsets[1] * 1000, heard.largestAmbitus());
    assertTrue(onsets[0] >= f1, "onset F1 " + onsets[0]);
    assertTrue(onsets[1] <= 0.015, "mean delay " + onsets[1]);
  }

  private static SyntheticSound kit(double everySeconds, List<Double> starts) {
    Random random = new Random(4);
    SyntheticSound sound = new SyntheticSound(9);
    for (int i = 0; i * everySeconds < 7; i++) {
      double start = 0.5 + i * everySeconds;
      starts.add(start);
      switch (i % 4) {
        case 0 ->
            sound.note(
                start,
                start + 0.2,
                t -> 33 + 15 * Math.exp(-t / 0.015),
                SyntheticSound.SINE,
                -9,
                shape(.001, .02, .06));
        case 2 -> sound.stroke(start, 0.04, -14, random);
        default -> sound.stroke(start, 0.012, -22, random);
      }
    }
    return sound.noise(ROOM_DBFS, 0.9, 7);
  }

  /** F1, and the mean delay beyond the analysis window in seconds. */
  private static double[] compareOnsets(SyntheticSound.FrameFeatures heard, List<Double> starts) {
    List<Double> surplus = new ArrayList<>(heard.onsets());
    double delays = 0;
    int right = 0;
    for (double start : starts) {
      Double nearest = null;
      for (Double onset : surplus) {
        double off = Math.abs(onset - start);
        if (off <= TOLERANCE_SECONDS && (nearest == null || off < Math.abs(nearest - start))) {
          nearest = onset;
        }
      }
      if (nearest != null) {
        surplus.remove(nearest);
        delays += nearest - start - ANALYSIS_WINDOW_SECONDS / 2;
        right++;
      }
    }
    return new double[] {
      2.0 * right / (heard.onsets().size() + starts.size()), delays / Math.max(1, right)
    };
  }

  /** Per cent within 50 cents, of the frames whose pitch window lies within a note. */
  private static double rightPitch(SyntheticSound.FrameFeatures heard, List<Note> notes) {
    int all = 0;
    int right = 0;
    for (Note note : notes) {
      for (SyntheticSound.Frame frame : heard.frames()) {
        double end = frame.seconds() + ANALYSIS_WINDOW_SECONDS / 2;
        double centre = end - PITCH_WINDOW_SECONDS / 2;
        if (end - PITCH_WINDOW_SECONDS >= note.start + 0.02 && end <= note.end - 0.015) {
          all++;
          double midi = note.midi.applyAsDouble(centre - note.start);
          right += Math.abs(frame.midi() - midi) <= 0.5 ? 1 : 0;
        }
      }
    }
    return 100.0 * right / all;
  }

  /** Mean over the notes from the fifth on, at their ends. */
  private static double ambitusError(SyntheticSound.FrameFeatures heard, List<Note> notes) {
    double sum = 0;
    for (int i = 4; i < notes.size(); i++) {
      double end = notes.get(i).end - 0.005 - ANALYSIS_WINDOW_SECONDS / 2;
      double low = Double.POSITIVE_INFINITY;
      double high = 0;
      for (int j = i - 4; j <= i; j++) {
        double midi = notes.get(j).midi.applyAsDouble(0);
        low = Math.min(low, midi);
        high = Math.max(high, midi);
      }
      double value = 0;
      for (SyntheticSound.Frame frame : heard.frames()) {
        value = frame.seconds() <= end ? frame.ambitus() : value;
      }
      sum += Math.abs(value - (high - low));
    }
    return sum / (notes.size() - 4);
  }
}
