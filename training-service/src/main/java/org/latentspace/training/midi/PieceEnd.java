package org.latentspace.training.midi;

import java.util.List;
import org.latentspace.training.rhythm.Song;

/**
 * Where a piece ends: at its end of track, because bars of rest at its end belong to it, but not
 * farther beyond its last stroke than the longest loop.
 *
 * <p>An end of track that lies less than a quarter of a bar behind a bar line begins no further
 * bar: a note has rung over the line, or a tick was added.
 *
 * @param lastStroke in quarter notes
 * @param endOfTrack in quarter notes, of the track that ends last
 */
record PieceEnd(double lastStroke, double endOfTrack) {
  private static final int LONGEST_LOOP_BARS = 8;

  /** Quarter notes beyond which nothing of the file is of interest. */
  double latest() {
    return Math.max(lastStroke + 1e-6, endOfTrack);
  }

  /** Length of the piece in quarter notes; metres in the order of time, the first at 0. */
  double quarters(List<Song.Metre> metres) {
    Song.Metre struck = metres.get(0);
    for (Song.Metre metre : metres) {
      struck = metre.quarter() <= lastStroke ? metre : struck;
    }
    double farthest = lastStroke + LONGEST_LOOP_BARS * struck.barQuarters();
    if (endOfTrack > farthest) {
      return farthest;
    }
    Song.Metre last = metres.get(metres.size() - 1);
    double over = (latest() - last.quarter()) % last.barQuarters();
    double end = over < last.barQuarters() / 4 ? latest() - over : latest();
    return Math.max(lastStroke + 1e-6, end);
  }
}
