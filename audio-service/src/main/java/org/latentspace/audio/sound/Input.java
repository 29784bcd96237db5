package org.latentspace.audio.sound;

import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a performer is heard through, as it stands in the configuration.
 *
 * @param channel of a device or recording: the only one to be heard, from 1; 0 = the mean of all
 */
public record Input(Kind kind, String detail, int channel) {
  private static final Pattern CHANNEL = Pattern.compile("(.+)#([1-9][0-9]{0,2})");

  /** State of a source: ok, or not, with a text for people that says what is missing. */
  public record Status(boolean ok, String text) {
    public static final Status OK = new Status(true, "ok");
    public static final Status ENDED = new Status(true, "ended");

    /** Something is missing, and {@code text} says what. */
    public static Status bad(String text) {
      return new Status(false, text);
    }
  }

  /** Where sound can come from. */
  public enum Kind {
    /** The built-in performer. */
    SYNTHETIC,
    /** A sound card; the detail is a part of its name, empty = the default one. */
    DEVICE,
    /** A client that pushes blocks. */
    NETWORK,
    /** A recording; the detail is its path. */
    FILE
  }

  /**
   * Reads "synthetic", "device", "device:NAME", "network" or, whatever else it is, a path; a device
   * or path may end with "#" and a channel.
   *
   * @param isFile whether there is a file of this name: a "#" in it is then no channel's
   */
  public static Input parse(String text, Predicate<String> isFile) {
    Matcher chosen = CHANNEL.matcher(text);
    // A file may be called anything, with blanks at its end, too.
    String source = text;
    int channel = 0;
    if (chosen.matches() && !isFile.test(text)) {
      source = chosen.group(1);
      channel = Integer.parseInt(chosen.group(2));
    }
    String trimmed = source.trim();
    if (channel == 0 && (trimmed.equals("synthetic") || trimmed.equals("network"))) {
      Kind kind = trimmed.equals("network") ? Kind.NETWORK : Kind.SYNTHETIC;
      return new Input(kind, "", 0);
    }
    if (trimmed.equals("device")) {
      return new Input(Kind.DEVICE, "", channel);
    }
    if (trimmed.startsWith("device:")) {
      return new Input(Kind.DEVICE, trimmed.substring("device:".length()).trim(), channel);
    }
    return new Input(Kind.FILE, source, channel);
  }

  /** The same where no file has a "#" in its name. */
  public static Input parse(String text) {
    return parse(text, path -> false);
  }

  @Override
  public String toString() {
    return name() + (channel == 0 ? "" : "#" + channel);
  }

  private String name() {
    return switch (kind) {
      case SYNTHETIC -> "synthetic";
      case NETWORK -> "network";
      case DEVICE -> detail.isEmpty() ? "device" : "device:" + detail;
      case FILE -> detail;
    };
  }
}
