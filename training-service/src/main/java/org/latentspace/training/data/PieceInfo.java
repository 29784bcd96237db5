package org.latentspace.training.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is known of a piece besides its strokes; this can change, the strokes cannot.
 *
 * @param origins how it came in: the first time, then the latest times; at least one
 * @param marks those of the piece at -1, those of a loop at the bar that it begins with; none that
 *     say nothing
 */
public record PieceInfo(List<Origin> origins, SortedMap<Integer, Mark> marks) {
  /** Most tags of a piece, or of one of its loops. */
  public static final int MOST_TAGS = 64;

  private static final int WHOLE = -1;
  private static final int LONGEST_TAG = 200;
  private static final int MOST_ORIGINS = 64;
  private static final int MOST_LOOP_MARKS = 10_000;

  /** Tags of a piece or of one loop, and whether it is left out of selections. */
  public record Mark(Set<String> tags, boolean excluded) {
    static final Mark NONE = new Mark(Set.of(), false);

    public Mark {
      if (tags.size() > MOST_TAGS) {
        throw new IllegalArgumentException(
            "a piece or loop has at most " + MOST_TAGS + " tags, not " + tags.size());
      }
      tags = Collections.unmodifiableSet(new TreeSet<>(tags));
    }

    /** Whether one of the tags is the one asked for, or begins like it where it ends with a *. */
    private boolean has(String asked) {
      if (!asked.endsWith("*")) {
        return tags.contains(asked);
      }
      String beginning = asked.substring(0, asked.length() - 1);
      return tags.stream().anyMatch(tag -> tag.startsWith(beginning));
    }
  }

  public PieceInfo {
    origins = List.copyOf(origins);
    marks = Collections.unmodifiableSortedMap(new TreeMap<>(marks));
    if (marks.tailMap(0).size() > MOST_LOOP_MARKS) {
      throw new IllegalArgumentException(
          "more than " + MOST_LOOP_MARKS + " loops of one piece are marked");
    }
  }

  public static PieceInfo of(Origin origin, Collection<String> tags) {
    return new PieceInfo(List.of(origin), new TreeMap<>()).tagged(WHOLE, tags, List.of());
  }

  /** Throws IllegalArgumentException that names the first that cannot be a tag. */
  public static List<String> checkTags(Collection<String> tags) {
    for (String tag : tags) {
      boolean clean = tag.chars().noneMatch(c -> Character.isISOControl(c) || c == '*');
      if (tag.isBlank() || tag.length() > LONGEST_TAG || !clean) {
        throw new IllegalArgumentException(
            "tag '"
                + Text.printable(tag, LONGEST_TAG)
                + "' must have 1 to "
                + LONGEST_TAG
                + " characters, none of them a * or a control character");
      }
    }
    return List.copyOf(tags);
  }

  public Origin first() {
    return origins.get(0);
  }

  private Mark mark(int bar) {
    return marks.getOrDefault(bar, Mark.NONE);
  }

  /** Those of the whole piece. */
  public Set<String> tags() {
    return mark(WHOLE).tags();
  }

  /** Whether the whole piece is left out of selections. */
  public boolean excluded() {
    return mark(WHOLE).excluded();
  }

  boolean excluded(int bar) {
    return excluded() || mark(bar).excluded();
  }

  /** Whether the piece has the tag, or its loop that begins with the bar. */
  boolean has(int bar, String tag) {
    return mark(WHOLE).has(tag) || mark(bar).has(tag);
  }

  /** Tags of a loop: the piece's and its own. */
  Set<String> tagsOf(int bar) {
    Set<String> all = new TreeSet<>(tags());
    all.addAll(mark(bar).tags());
    return all;
  }

  /** The same piece came in once more. */
  PieceInfo and(Origin origin, Collection<String> moreTags) {
    List<Origin> all = new ArrayList<>(origins);
    if (origins.stream().noneMatch(origin::isLike)) {
      all.add(origin);
      if (all.size() > MOST_ORIGINS) {
        all.remove(1);
      }
    }
    return new PieceInfo(all, marks).tagged(WHOLE, moreTags, List.of());
  }

  /** With other tags of the loop that begins with a bar; -1: of the piece. */
  PieceInfo tagged(int bar, Collection<String> add, Collection<String> remove) {
    Set<String> changed = new TreeSet<>(mark(bar).tags());
    changed.addAll(add);
    remove.forEach(changed::remove);
    return marked(bar, new Mark(changed, mark(bar).excluded()));
  }

  /** With the loop that begins with a bar left out of selections or not; -1: the piece. */
  PieceInfo excluded(int bar, boolean out) {
    return marked(bar, new Mark(mark(bar).tags(), out));
  }

  /** Of so many bars those that were not known when they came in. */
  long newBars(int bars) {
    return bars
        - marks.tailMap(0).values().stream()
            .filter(mark -> mark.tags().contains(Arrival.KNOWN_BAR))
            .count();
  }

  private PieceInfo marked(int bar, Mark mark) {
    SortedMap<Integer, Mark> changed = new TreeMap<>(marks);
    changed.put(bar, mark);
    changed.values().removeIf(Mark.NONE::equals);
    return new PieceInfo(origins, changed);
  }
}
