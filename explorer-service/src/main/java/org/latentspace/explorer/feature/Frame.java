package org.latentspace.explorer.feature;

import java.util.ArrayList;
import java.util.List;
import org.latentspace.performer.Features;
import org.latentspace.performer.Origin;

/**
 * What was heard in one analysis window.
 *
 * @param number counts the performer's frames from 1
 * @param windowCentreSeconds of sound from the first sample
 * @param vector ten entries 0..1 (ambitus, density, rms, centroid, spread, skewness, kurtosis,
 *     rolloff, flatness, crest), then other senses; empty only where the sound ends; never written
 *     to
 * @param raw the same before scaling, in their own units: semitones, notes a second, linear, Hz,
 *     Hz, -, -, Hz, dB, dB, then other senses; the ten also where the sound ends; never written to
 * @param pitchMidi MIDI note with fraction, A4 = 69; 0 = no pitch
 * @param pitchConfidence 0..1
 * @param levelDbfs at least -120
 * @param scaling which scaling made the vector, e.g. "lse"
 * @param senses the other senses, in the vector's order
 * @param scale the scaling itself; null in most frames
 */
public record Frame(
    Origin origin,
    long number,
    double windowCentreSeconds,
    float[] vector,
    float[] raw,
    float pitchMidi,
    float pitchConfidence,
    boolean onset,
    boolean silent,
    float levelDbfs,
    String scaling,
    List<Sense> senses,
    Scale scale) {

  /** Entries that every vector has. */
  public static final int FEATURES = 10;

  /** Entries that a vector has at most: the ten and 256 of other senses. */
  public static final int MOST_ENTRIES = FEATURES + 256;

  /** Names of the entries that every vector has. */
  public static final List<String> FEATURE_NAMES = Features.NAMES;

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

  /** Whether the entries mean the same as this other frame's, whichever sense is stale. */
  boolean isLike(Frame other) {
    if (vector.length != other.vector.length
        || senses.size() != other.senses.size()
        || !scaling.equals(other.scaling)) {
      return false;
    }
    for (int i = 0; i < senses.size(); i++) {
      Sense own = senses.get(i);
      Sense that = other.senses.get(i);
      if (own.size() != that.size() || !own.name().equals(that.name())) {
        return false;
      }
    }
    return true;
  }

  /** Writes the vector, then the same before scaling, from a place on. */
  void write(float[] to, int at) {
    System.arraycopy(vector, 0, to, at, vector.length);
    System.arraycopy(raw, 0, to, at + vector.length, vector.length);
  }

  /**
   * Another sense than the ten features, whose entries follow them in the vector.
   *
   * @param name 1..64 characters of [A-Za-z0-9_-]
   * @param size entries, 1..256
   * @param stale silent for so long that its values are only held
   */
  public record Sense(String name, int size, boolean stale) {

    /**
     * What its entry i, from 0, is called: "name", or "name.1", "name.2", ... where it has several.
     */
    public String entry(int i) {
      return size == 1 ? name : name + "." + (i + 1);
    }
  }
}
