package org.latentspace.explorer.place;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.latentspace.performer.Name;

/**
 * Where a further output of a mapping goes: something other than the rhythm.
 *
 * @param name 1..64 characters of [A-Za-z0-9_-]; none of x, y, noise, z-ramp, z3, ...
 * @param destination "midi-cc:CHANNEL:NUMBER" or "osc:/ADDRESS"; empty: nowhere yet
 * @param min what the output 0 becomes there
 * @param max what the output 1 becomes there; may be below min
 */
public record Route(String name, String destination, float min, float max) {
  /** Routes that a performer has at most. */
  public static final int MOST = 28;

  private static final Pattern TAKEN = Pattern.compile("x|y|noise|z-ramp|z[0-9]+");
  private static final Pattern MIDI = Pattern.compile("midi-cc:([0-9]{1,2}):([0-9]{1,3})");
  private static final Pattern OSC = Pattern.compile("osc:/[!-~&&[^#*,?\\[\\]{}]]{1,120}");
  private static final int MOST_MIDI = 127;

  /** Throws IllegalArgumentException that names what is wrong and what would be right. */
  public Route {
    require(Name.isValid(name), "name=" + name, Name.RULE);
    require(!TAKEN.matcher(name).matches(), "name=" + name, "other than x, y, noise, z-ramp, z3");
    boolean osc = OSC.matcher(destination).matches();
    require(
        destination.isEmpty() || osc || isMidi(destination),
        "destination=" + destination,
        "midi-cc:1..16:0..127 or osc:/ADDRESS");
    float least = osc ? -Float.MAX_VALUE : 0;
    float most = osc ? Float.MAX_VALUE : MOST_MIDI;
    String range = osc ? "finite" : "0..127";
    require(min >= least && min <= most, "min=" + min, range);
    require(max >= least && max <= most, "max=" + max, range);
  }

  /** Throws IllegalArgumentException for too many, or a name that is there twice. */
  public static List<Route> checked(List<Route> routes) {
    require(routes.size() <= MOST, "routes=" + routes.size(), "at most " + MOST);
    Set<String> names = new HashSet<>();
    for (Route route : routes) {
      require(names.add(route.name), "name=" + route.name + " twice", "there once");
    }
    return List.copyOf(routes);
  }

  /** What an output 0..1 becomes at the destination. */
  public float value(float output) {
    return (float) (min + (double) output * ((double) max - min));
  }

  private static boolean isMidi(String destination) {
    Matcher midi = MIDI.matcher(destination);
    if (!midi.matches()) {
      return false;
    }
    int channel = Integer.parseInt(midi.group(1));
    return channel >= 1 && channel <= 16 && Integer.parseInt(midi.group(2)) <= MOST_MIDI;
  }

  private static void require(boolean right, String wrong, String would) {
    if (!right) {
      throw new IllegalArgumentException("routes: " + wrong + ", must be " + would);
    }
  }
}
