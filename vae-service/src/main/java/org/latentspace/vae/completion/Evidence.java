package org.latentspace.vae.completion;

import org.latentspace.vae.rhythm.RhythmTensor;

/** What is known of a rhythm of which the rest is to be found. */
interface Evidence {
  /** Log-likelihood of what is known, given a decoded tensor (onsets are probabilities). */
  double likelihood(RhythmTensor decoded);

  /**
   * Writes the decoded tensor as strokes, with what is known in its place, for the encoder to read.
   *
   * @param thresholds at which a decoded onset is a stroke, one per voice
   */
  void complete(RhythmTensor decoded, float[] thresholds, RhythmTensor completed);

  /** Every onset is known, no velocity and no offset. */
  final class KnownOnsets implements Evidence {
    private final RhythmTensor known;

    KnownOnsets(RhythmTensor known) {
      this.known = known;
    }

    @Override
    public double likelihood(RhythmTensor decoded) {
      double sum = 0;
      for (int cell = 0; cell < known.cells(); cell++) {
        sum += Likelihoods.onset(known.onset()[cell] > 0, decoded.onset()[cell]);
      }
      return sum;
    }

    @Override
    public void complete(RhythmTensor decoded, float[] thresholds, RhythmTensor completed) {
      completed.clear();
      for (int cell = 0; cell < known.cells(); cell++) {
        if (known.onset()[cell] > 0) {
          int step = cell / known.voices();
          int voice = cell % known.voices();
          completed.strike(step, voice, decoded.velocity()[cell], decoded.offset()[cell]);
        }
      }
    }
  }

  /** Some voices are known wholly, silence included, the others not at all. */
  final class KnownVoices implements Evidence {
    private final RhythmTensor known;
    private final boolean[] given;

    /** The given voices (one entry per voice) of a rhythm. */
    KnownVoices(RhythmTensor known, boolean[] given) {
      this.known = known;
      this.given = given;
    }

    @Override
    public double likelihood(RhythmTensor decoded) {
      double sum = 0;
      for (int cell = 0; cell < known.cells(); cell++) {
        if (given[cell % given.length]) {
          boolean struck = known.onset()[cell] > 0;
          sum += Likelihoods.onset(struck, decoded.onset()[cell]);
          if (struck) {
            sum += Likelihoods.velocity(known.velocity()[cell], decoded.velocity()[cell]);
            sum += Likelihoods.offset(known.offset()[cell], decoded.offset()[cell]);
          }
        }
      }
      return sum;
    }

    @Override
    public void complete(RhythmTensor decoded, float[] thresholds, RhythmTensor completed) {
      completed.clear();
      for (int cell = 0; cell < known.cells(); cell++) {
        int voice = cell % given.length;
        RhythmTensor from = given[voice] ? known : decoded;
        if (from.onset()[cell] > (given[voice] ? 0 : thresholds[voice])) {
          completed.strike(cell / given.length, voice, from.velocity()[cell], from.offset()[cell]);
        }
      }
    }
  }

  /**
   * The steps of the taps are known, their voices are not.
   *
   * <p>As in GrooVAE's Tap2Drum (Gillick et al. 2019), taps are the union of all voices' strokes. A
   * voice is heard in the union as loudly as it is struck, so that a soft hat between two taps
   * costs less than a snare there: at a step, 1 - product over voices of (1 - onset x velocity).
   */
  final class Taps implements Evidence {
    private final boolean[] tapped;

    /** One entry per step. */
    Taps(boolean[] tapped) {
      this.tapped = tapped;
    }

    @Override
    public double likelihood(RhythmTensor decoded) {
      int voices = decoded.voices();
      double sum = 0;
      for (int step = 0; step < tapped.length; step++) {
        double silent = 1;
        for (int cell = step * voices; cell < (step + 1) * voices; cell++) {
          silent *= 1 - decoded.onset()[cell] * (double) decoded.velocity()[cell];
        }
        sum += Likelihoods.onset(tapped[step], 1 - silent);
      }
      return sum;
    }

    @Override
    public void complete(RhythmTensor decoded, float[] thresholds, RhythmTensor completed) {
      completed.clear();
      int voices = decoded.voices();
      for (int step = 0; step < tapped.length; step++) {
        if (tapped[step]) {
          strike(step, likeliest(decoded, step), decoded, completed);
          for (int voice = 0; voice < voices; voice++) {
            if (decoded.onset()[step * voices + voice] > thresholds[voice]) {
              strike(step, voice, decoded, completed);
            }
          }
        }
      }
    }

    private static int likeliest(RhythmTensor decoded, int step) {
      int likeliest = 0;
      int first = step * decoded.voices();
      for (int voice = 1; voice < decoded.voices(); voice++) {
        if (decoded.onset()[first + voice] > decoded.onset()[first + likeliest]) {
          likeliest = voice;
        }
      }
      return likeliest;
    }

    private static void strike(int step, int voice, RhythmTensor decoded, RhythmTensor completed) {
      int cell = step * decoded.voices() + voice;
      completed.strike(step, voice, decoded.velocity()[cell], decoded.offset()[cell]);
    }
  }

  /** Log-likelihoods under a decoded tensor, up to constants. */
  final class Likelihoods {
    /** Squared error of a good model's velocities at hits, as measured on drummers: 0.05. */
    private static final double VELOCITY_VARIANCE = 0.05;

    /** Of offsets, in half steps: about 14 ms of a step of 42 ms. */
    private static final double OFFSET_VARIANCE = 0.3;

    // No cell is ever certain: one stroke that the model thinks impossible is not to decide alone.
    private static final double SURE = 1e-4;

    private Likelihoods() {}

    /** Of a stroke (or none) where the model believes in one with this probability. */
    static double onset(boolean struck, double probability) {
      double p = Math.max(SURE, Math.min(1 - SURE, probability));
      return Math.log(struck ? p : 1 - p);
    }

    /** Of a velocity 0..1. */
    static double velocity(float known, float decoded) {
      return -(known - decoded) * (double) (known - decoded) / (2 * VELOCITY_VARIANCE);
    }

    /** Of an offset in half steps. */
    static double offset(float known, float decoded) {
      return -(known - decoded) * (double) (known - decoded) / (2 * OFFSET_VARIANCE);
    }
  }
}
