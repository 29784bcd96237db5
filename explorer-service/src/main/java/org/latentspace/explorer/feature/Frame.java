package org.latentspace.explorer.feature;

import java.util.ArrayList;
import java.util.List;
import org.latentspace.performer.Origin;

/**
 * What was heard in one analysis window.
 *
 * @param number counts the performer's frames from 1
 * @param windowCentreSeconds of sound from the first sample
 * @param vector ten entries 0..1 (ambitus, density, rms, centroid, spread, skewness, kurtosis,
 *     rolloff, flatness, crest), then other senses; empty only where the sound ends; never written
 *     to
 * @param pitchMidi MIDI note with fraction, A4 = 69; 0 = no pitch
 * @param pitchConfidence 0..1
 * @param levelDbfs at least -120
 * @param scaling which scaling made the vector, e.g. "lse"
 * @param senses the other senses, in the vector's order
 * @param senseRaw their entries before scaling; never written to
 * @param scale the scaling itself; null in most frames
 */
public record Frame(
    Origin origin,
    long number,
    double windowCentreSeconds,
    float[] vector,
    RawFeatures raw,
    float pitchMidi,
    float pitchConfidence,
    boolean onset,
    boolean silent,
    float levelDbfs,
    String scaling,
    List<Sense> senses,
    float[] senseRaw,
    Scale scale) {

  /** Entries that every vector has. */
  public static final int FEATURES = 10;

  /** Entries that a vector has at most: the ten and 256 of other senses. */
  public static final int MOST_ENTRIES = FEATURES + 256;

  /** Names of the entries that every vector has. */
  public static final List<String> FEATURE_NAMES =
      List.of(
          "ambitus",
          "density",
          "rms",
          "centroid",
          "spread",
          "skewness",
          "kurtosis",
          "rolloff",
          "flatness",
          "crest");

  /** Names of the vector's entries. */
  public List<String> names() {
    if (senses.isEmpty()) {
      return FEATURE_NAMES;
    }
    List<String> names = new ArrayList<>(FEATURE_NAMES);
    for (Sense sense : senses) {
      for (int i = 0; i < sense.size(); i++) {
        names.add(sense.entry(i));
      }
    }
    return names;
  }

  /** Whether these are the senses of this frame, whoever of them is stale. */
  boolean hasSenses(List<Sense> others) {
    if (senses.size() != others.size()) {
      return false;
    }
    for (int i = 0; i < others.size(); i++) {
      Sense own = senses.get(i);
      Sense other = others.get(i);
      if (own.size() != other.size() || !own.name().equals(other.name())) {
        return false;
      }
    }
    return true;
  }

  /** Writes the vector, then the same before scaling, from a place on. */
  void write(float[] to, int at) {
    int size = vector.length;
    System.arraycopy(vector, 0, to, at, size);
    raw.write(to, at + size);
    System.arraycopy(senseRaw, 0, to, at + size + FEATURES, size - FEATURES);
  }
}
