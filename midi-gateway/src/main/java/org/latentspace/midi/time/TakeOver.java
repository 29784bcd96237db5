package org.latentspace.midi.time;

/** At which line of the song a new rhythm takes over from the old one. */
public enum TakeOver {
  CELL,
  BEAT,
  BAR
}
