package org.latentspace.training.data;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.latentspace.training.data.Origin.Source;

/**
 * Which part of the data set. Every field that is not empty (null for times, 0 for tempi) narrows
 * it.
 *
 * @param tags all of these; a trailing * stands for anything
 * @param withoutTags none of these
 * @param sources as {@link Source} writes them; empty: midi and recorded, and the product's own
 *     where pieces names them
 * @param from the first moment
 * @param until the first moment that is too late
 * @param leastBpm quarter notes a minute
 * @param nameContains in any case
 * @param pieces names of pieces, 16 hexadecimal digits
 * @param withExcluded what was excluded comes too
 * @param metres such as 6/8
 */
public record Selection(
    List<String> tags,
    List<String> withoutTags,
    List<String> performers,
    List<Source> sources,
    Instant from,
    Instant until,
    double leastBpm,
    double mostBpm,
    String nameContains,
    List<String> pieces,
    boolean withExcluded,
    List<String> metres) {

  /** Everything that came in and is not excluded. */
  public static final Selection ALL = of(List.of());

  /** The product's own 448 bars. */
  public static final Selection BUILT_IN = of(List.of(Source.BUILT_IN));

  private static Selection of(List<Source> sources) {
    List<String> any = List.of();
    return new Selection(any, any, any, sources, null, null, 0, 0, "", any, false, any);
  }

  public Selection {
    tags = List.copyOf(tags);
    withoutTags = List.copyOf(withoutTags);
    performers = List.copyOf(performers);
    sources = List.copyOf(sources);
    pieces = List.copyOf(pieces);
    metres = List.copyOf(metres);
    nameContains = nameContains.toLowerCase(Locale.ROOT);
    if (!(leastBpm >= 0) || !(mostBpm >= 0) || (mostBpm > 0 && mostBpm < leastBpm)) {
      throw new IllegalArgumentException(
          "tempo " + leastBpm + " to " + mostBpm + " is no range: 0 or more, the least first");
    }
    if (from != null && until != null && until.isBefore(from)) {
      throw new IllegalArgumentException("until " + until + " lies before from " + from);
    }
  }

  /** Whether the piece has loops that may be wanted; tags and tempo are looked at loop by loop. */
  boolean takes(Piece piece) {
    return (pieces.isEmpty() || pieces.contains(piece.id()))
        && (withExcluded || !piece.about().excluded())
        && piece.about().origins().stream().anyMatch(this::takes)
        && (metres.isEmpty()
            || piece.song().metres().stream().anyMatch(m -> metres.contains(m.written())));
  }

  private boolean takes(Origin origin) {
    boolean named = pieces.isEmpty() && origin.source() == Source.BUILT_IN;
    return (sources.isEmpty() ? !named : sources.contains(origin.source()))
        && (performers.isEmpty() || performers.contains(origin.performer()))
        && (from == null || !origin.date().isBefore(from))
        && (until == null || origin.date().isBefore(until))
        && origin.name().toLowerCase(Locale.ROOT).contains(nameContains);
  }

  /** Whether a loop of a piece that is taken is wanted, whether it is excluded left aside. */
  boolean takes(Piece piece, int bar, double bpm) {
    return takesBpm(bpm) && takesTags(tag -> piece.about().has(bar, tag));
  }

  /** Whether the piece, or one of its loops that has marks of its own, is wanted. */
  boolean takesSomeOf(Piece piece) {
    if (!takes(piece) || piece.song().tempi().stream().noneMatch(t -> takesBpm(t.bpm()))) {
      return false;
    }
    PieceInfo about = piece.about();
    return Stream.concat(Stream.of(-1), about.marks().keySet().stream())
        .anyMatch(bar -> takesTags(tag -> about.has(bar, tag)));
  }

  private boolean takesBpm(double bpm) {
    return bpm >= leastBpm && (mostBpm == 0 || bpm <= mostBpm);
  }

  private boolean takesTags(Predicate<String> has) {
    return tags.stream().allMatch(has) && withoutTags.stream().noneMatch(has);
  }
}
