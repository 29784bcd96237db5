package org.latentspace.audio.sound;

/** What the built-in performer does next; filled in place, so that playing allocates nothing. */
final class Note {
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
