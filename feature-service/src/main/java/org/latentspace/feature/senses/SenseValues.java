package org.latentspace.feature.senses;

import java.util.List;

/** The other senses in one frame: their entries follow the ten. Filled anew frame after frame. */
public final class SenseValues {
  private static final Sense[] NONE = {};

  private final boolean[] stale = new boolean[Senses.MOST_SENSES];
  private final float[] raw = new float[Senses.MOST_ENTRIES];
  private final float[] vector = new float[Senses.MOST_ENTRIES];
  private Sense[] senses = NONE;
  private List<Senses.Refused> refused = List.of();
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

  /** Says which senses are refused at the moment. */
  public void refused(List<Senses.Refused> now) {
    refused = now;
  }

  /** Senses that are refused at the moment, in the vector or not. */
  public List<Senses.Refused> refused() {
    return refused;
  }

  /** Sense i has been silent for so long that its values are only held. */
  public boolean stale(int i) {
    return stale[i];
  }

  /** Entries of all senses, 0..256. */
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
