package org.latentspace.installation;

import org.latentspace.installation.Action.Target;

/**
 * A pad, pedal, knob or OSC address, and what it does.
 *
 * @param midiIn part of its MIDI input's name; empty: it is an OSC address
 * @param key of the MIDI input; null: it is an OSC address
 * @param osc address such as "/room/panic"; empty: it is a key of a MIDI input
 * @param target what it is done to
 * @param name of the performer, ensemble or robot; empty for the song, and for the first ensemble
 * @param to what it is set to each time: a number, "true" or "false", a choice, a name; empty: what
 *     comes in
 * @param low what nothing becomes, of a number
 * @param high what all becomes; low may be above
 * @param scaled whether a range was given: then OSC brings 0..1
 * @param meanMs of ADD: 0..10000 of sound over which the playing is taken
 * @param lamp that shows it, on the same device; null: none
 */
public record ControlPart(
    String midiIn,
    MidiKey key,
    String osc,
    Action action,
    Target target,
    String name,
    String to,
    double low,
    double high,
    boolean scaled,
    int meanMs,
    MidiKey lamp) {

  /** Where it comes from, as messages say it. */
  public String source() {
    return key == null ? osc : key + " of " + midiIn;
  }

  /**
   * The number that a key's travel becomes.
   *
   * @param travel 0..1
   */
  public double number(double travel) {
    return low + (high - low) * travel;
  }

  /** The travel 0..1 that gives a number; what lies outside of the range is clipped. */
  public double travel(double number) {
    double travel = high == low ? 0 : (number - low) / (high - low);
    return Math.max(0, Math.min(1, travel));
  }
}
