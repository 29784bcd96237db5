package org.latentspace.audio.sound;

/** What a performer is heard through, as it stands in the configuration. */
public record Input(Kind kind, String detail) {
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

  /** Reads "synthetic", "device", "device:NAME", "network" or, whatever else it is, a path. */
  public static Input parse(String text) {
    String trimmed = text.trim();
    if (trimmed.equals("synthetic")) {
      return new Input(Kind.SYNTHETIC, "");
    }
    if (trimmed.equals("network")) {
      return new Input(Kind.NETWORK, "");
    }
    if (trimmed.equals("device")) {
      return new Input(Kind.DEVICE, "");
    }
    if (trimmed.startsWith("device:")) {
      return new Input(Kind.DEVICE, trimmed.substring("device:".length()).trim());
    }
    // A file may be called anything, with blanks at its end, too.
    return new Input(Kind.FILE, text);
  }

  @Override
  public String toString() {
    switch (kind) {
      case SYNTHETIC:
        return "synthetic";
      case NETWORK:
        return "network";
      case DEVICE:
        return detail.isEmpty() ? "device" : "device:" + detail;
      default:
        return detail;
    }
  }
}
