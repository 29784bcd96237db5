package org.latentspace.midi.time;

import java.util.List;
import org.latentspace.midi.rhythm.Pattern;
import org.latentspace.midi.robot.DropReason;

/**
 * What an ensemble will do in a bar that has not begun, unless another rhythm, tempo or setting
 * comes.
 *
 * @param bar counts from 0
 * @param lineNanos when it will begin, of {@link System#nanoTime}
 * @param bpm quarter notes a minute
 * @param pattern that begins the bar
 * @param strokes that lie between its bar line and the next, in the order of the song
 */
public record NextBar(
    String ensemble,
    long bar,
    long lineNanos,
    double bpm,
    Pattern pattern,
    List<PlannedStroke> strokes) {
  /**
   * A stroke of a robot.
   *
   * @param noteOn a MIDI note-on, 0x9cnnvv
   * @param grain from the bar line, shuffle included
   * @param nanos from when the bar begins
   * @param dropped why it will not be struck; null: it will
   */
  public record PlannedStroke(
      String robot, String voice, int noteOn, long grain, long nanos, DropReason dropped) {}
}
