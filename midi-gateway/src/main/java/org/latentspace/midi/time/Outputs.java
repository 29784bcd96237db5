package org.latentspace.midi.time;

import java.util.List;
import org.latentspace.midi.robot.Robot;

/**
 * Where strokes leave the gateway. What strikes is called on the timing thread; all but {@link
 * #finish} never block and never throw.
 */
public interface Outputs {
  /**
   * A performance begins at grain 0.
   *
   * @param offline in the sound's own time: nothing may be dropped, and devices stay silent
   */
  default void begin(boolean offline) {}

  /**
   * Strike.
   *
   * @param dueNanos when it leaves, of {@link System#nanoTime}, or of the sound offline
   * @param grain place in the song at which it is heard
   * @param noteOn a MIDI note-on, 0x9cnnvv
   * @param robot whom it is for: through which ports, for how long
   */
  void strike(long dueNanos, long grain, int noteOn, Robot robot);

  /**
   * Turn a controller, at once.
   *
   * @param grain place in the song
   * @param message a MIDI control change, 0xbcnnvv
   */
  default void control(long grain, int message) {}

  /**
   * A message of the song's clock, now.
   *
   * @param dueNanos when it was to leave, of {@link System#nanoTime}
   * @param ports a bit for each port that gets it
   * @param message 0xSSDDDD
   */
  default void clock(long dueNanos, long ports, int message) {}

  /** The tempo from here on, in quarter notes a minute. */
  default void tempo(long grain, double bpm) {}

  /** The bars from here on. */
  default void meter(long grain, int beatsPerBar, int beatUnit) {}

  /**
   * Strokes may come in another order than they are heard, by so much at most.
   *
   * @param nanos 0 = in the order of the song
   */
  default void ahead(long nanos) {}

  /** When the next stroke is likely to come, so that a port can be awake; NEVER = not known. */
  default void expect(long dueNanos) {}

  /** All notes off, everywhere, at once. */
  default void quiet() {}

  /** The performance is over: what is kept is closed when this returns. */
  default void finish(long grain) {}

  /** State of every port. */
  default List<PortState> states() {
    return List.of();
  }

  /** Strokes that a port could not take, over all ports. */
  default long dropped() {
    return 0;
  }

  /** "ok", or the status of the ports that are not ok. */
  default String status() {
    return "ok";
  }

  /**
   * State of one output port.
   *
   * @param address as configured
   * @param strokes struck since the start
   * @param dropped strokes that it could not take
   * @param status "ok", or what is missing
   * @param hung notes that sounded on for long, because their device took no note-off
   * @param atOnce strokes that were due together at most, as a DIN cable would have them wait
   * @param smearNanos how long the last of them would wait
   */
  record PortState(
      String address,
      long strokes,
      long dropped,
      String status,
      long hung,
      int atOnce,
      long smearNanos) {}
}
