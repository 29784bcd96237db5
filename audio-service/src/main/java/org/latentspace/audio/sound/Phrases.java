package org.latentspace.audio.sound;

import java.util.SplittableRandom;

/**
 * Invents what the built-in performer plays: phrases of 4..8 seconds in the changing manners of
 * {@link PlayStyle#CYCLE}, with a breath between them. The same seed gives the same notes.
 */
final class Phrases {
  private static final double BREATH_SECONDS = 0.35;

  /** Semitones above the root: dorian, the blues scale, major. */
  private static final int[][] SCALES = {
    {0, 2, 3, 5, 7, 9, 10}, {0, 3, 5, 6, 7, 10}, {0, 2, 4, 5, 7, 9, 11}
  };

  /** What is played next; filled in place, so that playing allocates nothing. */
  static final class Note {
    /** MIDI note number; 0 = a rest. */
    int midi;

    /** Until the next note begins, in seconds. */
    double seconds;

    /** 0..1 of full scale. */
    double rms;

    /** 0 dark .. 1 every harmonic up. */
    double brightness;

    /** RMS of the breath noise as a part of the tone's. */
    double breath;

    /** Comes out of the note before without a new stroke of the tongue. */
    boolean slurredFrom;

    /** Goes over into the next note without a gap. */
    boolean slurredTo;

    /** Out of tune by this much, as players are. */
    double cents;
  }

  private final SplittableRandom chance;
  private int place = -1;
  private PlayStyle manner = PlayStyle.REST;
  private double secondsLeft;
  private boolean breathed = true;
  private int[] scale = SCALES[0];
  private int root;
  private int degree;
  private boolean slurring;

  Phrases(long seed) {
    chance = new SplittableRandom(seed);
  }

  /** How the phrase that is being played is played. */
  PlayStyle manner() {
    return manner;
  }

  /** Writes the next note or rest to {@code note}. */
  void next(Note note) {
    if (secondsLeft <= 0) {
      if (!breathed) {
        breathed = true;
        rest(note, BREATH_SECONDS + 0.3 * chance.nextDouble());
        return;
      }
      beginPhrase();
    }
    if (manner == PlayStyle.REST) {
      rest(note, secondsLeft);
      secondsLeft = 0;
      return;
    }
    move();
    fill(note);
  }

  private void rest(Note note, double seconds) {
    note.midi = 0;
    note.seconds = seconds;
    note.slurredFrom = false;
    note.slurredTo = false;
    slurring = false;
  }

  private void beginPhrase() {
    place = (place + 1) % PlayStyle.CYCLE.length;
    if (place == 0) {
      root = chance.nextInt(12);
      scale = SCALES[chance.nextInt(SCALES.length)];
    }
    manner = PlayStyle.CYCLE[place];
    boolean resting = manner == PlayStyle.REST;
    breathed = resting;
    PlayStyle.ValueRange length =
        resting ? manner.noteSeconds() : new PlayStyle.ValueRange(4.2, 7.2);
    secondsLeft = length.at(chance.nextDouble());
    slurring = false;
    degree = degreeAbove(manner.midi().at(0.3 + 0.4 * chance.nextDouble()));
  }

  /** A step in the scale; what would leave the range turns back. */
  private void move() {
    int widest = manner.motion().widestStep();
    int step = 1 + chance.nextInt(widest);
    if (manner == PlayStyle.LEAPS) {
      step = widest / 2 + chance.nextInt(widest / 2 + 1);
    }
    boolean up = chance.nextBoolean();
    for (int attempt = 0; attempt < 2; attempt++) {
      int there = degree + (up ? step : -step);
      int midi = midi(there);
      if (midi >= manner.midi().low() && midi <= manner.midi().high()) {
        degree = there;
        return;
      }
      up = !up;
    }
    degree = degreeAbove(manner.midi().at(0.5));
  }

  private void fill(Note note) {
    double slowness = chance.nextDouble();
    note.midi = midi(degree);
    note.seconds = Math.min(manner.noteSeconds().at(slowness), Math.max(secondsLeft, 0.12));
    note.rms = manner.level().rms().at(chance.nextDouble());
    note.brightness = manner.level().brightness();
    note.breath = manner.level().breath();
    note.cents = 8 * (chance.nextDouble() - 0.5);
    note.slurredFrom = slurring;
    secondsLeft -= note.seconds;
    slurring = secondsLeft > 0 && chance.nextDouble() < manner.motion().slurred();
    note.slurredTo = slurring;
  }

  private int midi(int degree) {
    int octave = Math.floorDiv(degree, scale.length);
    return 12 * octave + root + scale[Math.floorMod(degree, scale.length)];
  }

  /** The lowest degree of the scale at or above a pitch. */
  private int degreeAbove(double midi) {
    int found = 0;
    while (midi(found) < midi) {
      found++;
    }
    return found;
  }
}
