package org.latentspace.midi.time;

import java.util.List;
import org.latentspace.midi.time.Performance.EchoListener;
import org.latentspace.performer.Origin;

/** A song in the sound's own time. Timing thread only. */
final class OfflineRun {
  private final Song song;

  OfflineRun(Song song) {
    this.song = song;
  }

  /**
   * Plays to the message's sound time, then hands the patterns over.
   *
   * @param last plays to the end of the bar as well; then the end is the listener
   */
  void play(List<Performance.Lead> leads, Origin origin, boolean last, EchoListener listener) {
    long soundNanos = origin.soundNanos();
    if (song.hasBegun() && !song.isOffline()) {
      // A live song without a leader.
      song.end(System.nanoTime());
    }
    song.advance(soundNanos);
    for (Performance.Lead lead : leads) {
      song.handOver(lead.ensemble(), lead.pattern(), true, soundNanos);
    }
    if (last) {
      song.finishAtBarLine();
      song.runOut();
    } else {
      listener.echo(origin, false);
    }
  }
}
