package org.latentspace.feature.dsp;

import org.latentspace.feature.senses.SenseValues;

/** What was heard in one analysis window: the vector that is fed and drawn, and its raw values. */
public final class FrameFeatures {
  /** Places in the vector and among the raw values, as {@link Scaling#NAMES} has them. */
  static final int AMBITUS = 0;

  static final int DENSITY = 1;
  static final int RMS = 2;
  static final int CENTROID = 3;
  static final int SPREAD = 4;

  final double[] vector = new double[Scaling.SIZE];
  final double[] raw = new double[Scaling.SIZE];
  long frame;
  double centreSeconds;
  double pitchMidi;
  double pitchConfidence;
  double levelDbfs;
  boolean onset;
  boolean silent;
  boolean last;
  Scaling scaling;
  private final SenseValues felt = new SenseValues();
  private Range news;

  FrameFeatures(Scaling scaling) {
    this.scaling = scaling;
  }

  /** Entry i of the vector, 0..1: ambitus, density, rms, centroid, ..., crest. */
  public double vector(int i) {
    return vector[i];
  }

  /**
   * Entry i as measured: semitones, onsets/s, linear, Hz, Hz, -, -, Hz, dB, dB; neither gated nor
   * smoothed.
   */
  public double raw(int i) {
    return raw[i];
  }

  /** Counts the extractor's frames from 1. */
  public long frame() {
    return frame;
  }

  /** Seconds of sound from the first sample to the centre of the window. */
  public double centreSeconds() {
    return centreSeconds;
  }

  /** MIDI note number with fraction; 0 = no pitch. */
  public double pitchMidi() {
    return pitchMidi;
  }

  /** 0..1. */
  public double pitchConfidence() {
    return pitchConfidence;
  }

  /** Of the newest hop; a full-scale square has 0, digital silence -120. */
  public double levelDbfs() {
    return levelDbfs;
  }

  /** A note or hit began. */
  public boolean onset() {
    return onset;
  }

  /** The silence gate is closed: the spectral entries of the vector stand still. */
  public boolean silent() {
    return silent;
  }

  /** Nothing follows. */
  public boolean last() {
    return last;
  }

  /** Which scaling made the vector: "lse" or the name of a performer's auto-range. */
  public String scaling() {
    return scaling.name();
  }

  /** The other senses, whose entries follow the ten. */
  public SenseValues felt() {
    return felt;
  }

  /** The scaling of all entries, where it is to be told with this frame; else null. */
  public Range news() {
    return news;
  }

  /** The scaling of all entries is to be told with this frame; null: it is not. */
  public void tell(Range range) {
    news = range;
  }
}
