package org.latentspace.training.rhythm;

import java.util.List;

/**
 * A piece of drumming: its name, its strokes in the order of time, its tempo and its metres.
 *
 * @param bpm quarter notes a minute where the piece starts
 * @param metres in the order of time, the first one at quarter 0
 * @param quarters length of the piece in quarter notes
 */
public record Song(String name, double bpm, double quarters, List<Metre> metres, List<Note> notes) {

  /** A time signature and the place, in quarter notes, from which it holds. */
  public record Metre(double quarter, int beats, int unit) {

    /** Length of one bar in quarter notes. */
    public double barQuarters() {
      return beats * 4.0 / unit;
    }
  }

  public Song {
    metres = List.copyOf(metres);
    notes = List.copyOf(notes);
  }
}
