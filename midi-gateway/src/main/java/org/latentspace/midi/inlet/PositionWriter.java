package org.latentspace.midi.inlet;

import org.latentspace.midi.time.SongPosition;

/** Writes where the music is. */
final class PositionWriter {
  private PositionWriter() {}

  /**
   * @param nowNanos in the time that the song runs by
   */
  static org.latentspace.proto.SongPosition wire(
      SongPosition position, boolean stopped, long nowNanos) {
    return org.latentspace.proto.SongPosition.newBuilder()
        .setBar(position.bar())
        .setBeat(position.beat(nowNanos))
        .setBpm(position.bpm())
        .setPlaying(position.playing())
        .setStopped(stopped)
        .build();
  }
}
