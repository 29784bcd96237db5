package org.latentspace.feature.senses;

/** The other senses in one frame: their entries follow the ten. Filled anew frame after frame. */
public final class Felt {
  private static final Sense[] NONE = {};

  private final boolean[] stale = new boolean[Senses.MOST_SENSES];
  private final float[] raw = new float[Senses.MOST_ENTRIES];
  private final float[] vector = new float[Senses.MOST_ENTRIES];
  private Sense[] senses = NONE;
  private int size;

  /** Reads these senses' newest values. */
  public void read(Sense[] present, long nowNanos) {
    senses = present;
    int at = 0;
    for (int i = 0; i < present.length; i++) {
      stale[i] = present[i].read(raw, at, nowNanos);
      at += present[i].size();
    }
    size = at;
  }

  /** Writes entry i, 0..1. */
  public void scale(int i, float value) {
    vector[i] = value;
  }

  /** Senses. */
  public int senses() {
    return senses.length;
  }

  public Sense sense(int i) {
    return senses[i];
  }

  /** Sense i has been silent for 500 ms. */
  public boolean stale(int i) {
    return stale[i];
  }

  /** Entries of all senses, 0..64. */
  public int size() {
    return size;
  }

  /** Entry i in the sense's own unit. */
  public float raw(int i) {
    return raw[i];
  }

  /** Entry i, 0..1. */
  public float vector(int i) {
    return vector[i];
  }
}
