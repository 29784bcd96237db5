package org.latentspace.training.data;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;

/**
 * One time that a piece came in.
 *
 * @param name of the file, or ensemble/rhythm of the record
 * @param performer empty where unknown
 * @param date when it was played, for a file when it was brought in
 */
public record Origin(Source source, String name, String performer, Instant date) {
  /** Where a piece came from. */
  public enum Source {
    MIDI,
    RECORDED,
    BUILT_IN;

    /** As people write it. */
    public String written() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Throws IllegalArgumentException that says what there is. */
    public static Source of(String written) {
      return Arrays.stream(values())
          .filter(each -> each.written().equals(written))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "source '" + written + "' must be midi, recorded or built-in"));
    }
  }

  private static final int LONGEST_NAME = 256;

  public Origin {
    name = Text.printable(name, LONGEST_NAME);
    performer = Text.printable(performer, LONGEST_NAME);
  }

  boolean isLike(Origin other) {
    return source == other.source
        && name.equals(other.name)
        && performer.equals(other.performer)
        && (source == Source.MIDI || date.equals(other.date));
  }
}
