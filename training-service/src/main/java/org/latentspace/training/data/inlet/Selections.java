package org.latentspace.training.data.inlet;

import com.google.protobuf.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.latentspace.training.data.Origin.Source;

/** Reads which part of the data set a caller asks for. */
public final class Selections {
  private static final int MOST = 1000;
  private static final int LONGEST = 256;

  private Selections() {}

  /** Throws IllegalArgumentException that names the field that is wrong. */
  public static org.latentspace.training.data.Selection read(org.latentspace.proto.Selection wire) {
    return new org.latentspace.training.data.Selection(
        checked("tags", wire.getTagsList()),
        checked("without_tags", wire.getWithoutTagsList()),
        checked("performers", wire.getPerformersList()),
        checked("sources", wire.getSourcesList()).stream().map(Source::of).toList(),
        wire.hasFrom() ? instant("from", wire.getFrom()) : null,
        wire.hasUntil() ? instant("until", wire.getUntil()) : null,
        wire.getLeastBpm(),
        wire.getMostBpm(),
        checked("name_contains", List.of(wire.getNameContains())).get(0),
        checked("pieces", wire.getPiecesList()),
        wire.getWithExcluded(),
        checked("metres", wire.getMetresList()));
  }

  /** Throws IllegalArgumentException for a time that cannot be. */
  static Instant instant(String field, Timestamp time) {
    try {
      return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    } catch (DateTimeException | ArithmeticException impossible) {
      throw new IllegalArgumentException(field + " is no time: " + impossible.getMessage());
    }
  }

  private static List<String> checked(String field, List<String> values) {
    if (values.size() > MOST || values.stream().anyMatch(v -> v.length() > LONGEST)) {
      throw new IllegalArgumentException(
          field + " has at most " + MOST + " entries of at most " + LONGEST + " characters");
    }
    return values;
  }
}
