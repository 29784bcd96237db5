package org.latentspace.vae.completion;

import java.util.List;
import java.util.NoSuchElementException;
import org.latentspace.vae.completion.Evidence.KnownOnsets;
import org.latentspace.vae.completion.Evidence.KnownVoices;
import org.latentspace.vae.completion.Evidence.Taps;
import org.latentspace.vae.model.CancellableCodec;
import org.latentspace.vae.playing.DecodedRhythm;
import org.latentspace.vae.rhythm.Rhythm;
import org.latentspace.vae.rhythm.RhythmTensor;
import org.latentspace.vae.rhythm.StrokeExtractor;

/**
 * Makes whole what is known in part of a rhythm: looks for the place whose rhythm explains best
 * what is known, and takes from it what is not. Every answer says the place it was found at.
 */
public final class Completion {
  private static final float HALF = 0.5f;

  private Completion() {}

  /**
   * Gives the strokes of a flat rhythm the velocities and offsets that the model has at those
   * cells; no stroke comes, goes or changes its place in the order.
   *
   * @param amount 0: as it is; 1: wholly the model's
   * @throws IllegalArgumentException for an amount out of range or a rhythm that does not fit
   */
  public static DecodedRhythm humanise(CancellableCodec codec, Rhythm flat, float amount) {
    if (!(amount >= 0 && amount <= 1)) {
      throw new IllegalArgumentException("amount is " + amount + ", must be 0..1");
    }
    float[] z = LatentSearch.find(codec, new KnownOnsets(codec.tensor(flat)));
    RhythmTensor decoded = codec.blank();
    codec.decode(z, decoded);
    float[] velocity = new float[flat.strokes()];
    float[] offset = new float[flat.strokes()];
    for (int stroke = 0; stroke < velocity.length; stroke++) {
      int voice = codec.model().voices().indexOf(flat.voices().get(flat.voice()[stroke]));
      int cell = flat.step()[stroke] * decoded.voices() + voice;
      velocity[stroke] = towards(flat.velocity()[stroke], decoded.velocity()[cell], amount);
      offset[stroke] = towards(flat.offset()[stroke], decoded.offset()[cell], amount);
    }
    Rhythm human =
        new Rhythm(
            amount == 0 ? flat.modelVersion() : codec.model().version(),
            flat.grid(),
            flat.voices(),
            flat.step(),
            flat.voice(),
            velocity,
            offset);
    return DecodedRhythm.apart(human, codec.position(z));
  }

  private static float towards(float from, float to, float amount) {
    if (amount == 0 || amount == 1) {
      // To the last bit.
      return amount == 0 ? from : to;
    }
    return from + amount * (to - from);
  }

  /**
   * A full tensor whose strokes, all voices together, fall on the taps.
   *
   * @param taps on the model's grid; voices, velocities and offsets do not matter
   * @throws IllegalArgumentException for another grid or a step out of range, or without a tap
   */
  public static DecodedRhythm tapToDrum(CancellableCodec codec, Rhythm taps) {
    if (!taps.grid().equals(codec.model().grid())) {
      throw new IllegalArgumentException(
          "the taps' " + taps.grid() + " must be " + codec.model().grid());
    }
    if (taps.strokes() == 0) {
      throw new IllegalArgumentException("taps has no stroke, must have 1 or more");
    }
    boolean[] tapped = new boolean[codec.model().grid().steps()];
    for (int step : taps.step()) {
      if (step < 0 || step >= tapped.length) {
        throw new IllegalArgumentException(
            "step is " + step + ", must be 0.." + (tapped.length - 1));
      }
      tapped[step] = true;
    }
    float[] z = LatentSearch.find(codec, new Taps(tapped));
    RhythmTensor decoded = codec.blank();
    codec.decode(z, decoded);
    return DecodedRhythm.apart(codec.strike(decoded), codec.position(z));
  }

  /**
   * The given voices to the last bit, and the others as the model plays them along.
   *
   * @param given names; their silence is given, too. Strokes of other voices are not looked at
   * @throws NoSuchElementException for a voice that the model does not have
   * @throws IllegalArgumentException when none is given or the rhythm does not fit
   */
  public static DecodedRhythm infill(CancellableCodec codec, Rhythm rhythm, List<String> given) {
    if (given.isEmpty()) {
      throw new IllegalArgumentException("given names no voice, must name 1 or more");
    }
    boolean[] isGiven = new boolean[codec.model().voices().size()];
    for (String voice : given) {
      int index = codec.model().voices().indexOf(voice);
      if (index < 0) {
        throw new NoSuchElementException(
            "the model has no voice " + voice + ", it has " + codec.model().voices());
      }
      isGiven[index] = true;
    }
    RhythmTensor known = codec.tensor(rhythm);
    float[] z = LatentSearch.find(codec, new KnownVoices(known, isGiven));
    RhythmTensor whole = codec.blank();
    codec.decode(z, whole);
    float[] thresholds = codec.thresholds().clone();
    for (int cell = 0; cell < whole.cells(); cell++) {
      int voice = cell % isGiven.length;
      if (isGiven[voice]) {
        thresholds[voice] = HALF;
        whole.onset()[cell] = known.onset()[cell];
        whole.velocity()[cell] = known.velocity()[cell];
        whole.offset()[cell] = known.offset()[cell];
      }
    }
    StrokeExtractor extractor =
        new StrokeExtractor(codec.model().version(), codec.model().grid(), codec.model().voices());
    return DecodedRhythm.apart(extractor.strike(whole, thresholds), codec.position(z));
  }
}
