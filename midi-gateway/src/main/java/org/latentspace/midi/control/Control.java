package org.latentspace.midi.control;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A value for something other than the rhythm.
 *
 * @param destination "midi-cc:CHANNEL:NUMBER" (1..16, 0..127) or "osc:/ADDRESS"
 * @param value in the destination's units
 */
public record Control(String destination, float value) {
  /** Controls that a rhythm brings at most. */
  public static final int MOST = 28;

  private static final Pattern MIDI = Pattern.compile("midi-cc:([0-9]{1,2}):([0-9]{1,3})");
  private static final String OSC = "osc:/";
  private static final int HIGHEST = 127;

  /** The OSC address that it goes to; null where it goes elsewhere. */
  public String oscAddress() {
    return destination.startsWith(OSC) ? destination.substring(OSC.length() - 1) : null;
  }

  /** A MIDI control change, 0xbcnnvv; -1 where it goes elsewhere, or to no such place. */
  public int controlChange() {
    Matcher midi = MIDI.matcher(destination);
    if (!midi.matches()) {
      return -1;
    }
    int channel = Integer.parseInt(midi.group(1)) - 1;
    int number = Integer.parseInt(midi.group(2));
    if (channel < 0 || channel > 15 || number > HIGHEST) {
      return -1;
    }
    int sevenBits = Math.round(Math.max(0, Math.min(HIGHEST, value)));
    return 0xb00000 | channel << 16 | number << 8 | sevenBits;
  }

  /** The control changes among these, in their order. */
  public static int[] controlChanges(List<Control> controls) {
    return controls.stream().mapToInt(Control::controlChange).filter(each -> each >= 0).toArray();
  }
}
