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
 * @param excluded left out of selections
 * @param loops marks of single loops, by the bar that they begin with
 */
public record PieceInfo(
    List<Origin> origins, Set<String> tags, boolean excluded, SortedMap<Integer, LoopMark> loops) {
  /** Most tags of a piece, or of one of its loops. */
  public static final int MOST_TAGS = 64;

  private static final int LONGEST_TAG = 200;
  private static final int MOST_ORIGINS = 64;
  private static final int MOST_LOOP_MARKS = 10_000;

  /** Tags of one loop, and whether it is left out of selections. */
  public record LoopMark(Set<String> tags, boolean excluded) {
    static final LoopMark NONE = new LoopMark(Set.of(), false);

    public LoopMark {
      tags = bounded(tags);
    }
  }

  public PieceInfo {
    origins = List.copyOf(origins);
    tags = bounded(tags);
    loops = Collections.unmodifiableSortedMap(new TreeMap<>(loops));
    if (loops.size() > MOST_LOOP_MARKS) {
      throw new IllegalArgumentException(
          "more than " + MOST_LOOP_MARKS + " loops of one piece are marked");
    }
  }

  public static PieceInfo of(Origin origin, Collection<String> tags) {
    return new PieceInfo(List.of(origin), new TreeSet<>(tags), false, new TreeMap<>());
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

  /** Whether one of the tags is the one asked for, or begins like it where it ends with a *. */
  private static boolean have(Set<String> tags, String asked) {
    if (!asked.endsWith("*")) {
      return tags.contains(asked);
    }
    String beginning = asked.substring(0, asked.length() - 1);
    return tags.stream().anyMatch(tag -> tag.startsWith(beginning));
  }

  public Origin first() {
    return origins.get(0);
  }

  boolean excluded(int bar) {
    return excluded || loops.getOrDefault(bar, LoopMark.NONE).excluded();
  }

  boolean has(String tag) {
    return have(tags, tag);
  }

  boolean has(int bar, String tag) {
    return have(tags, tag) || have(loops.getOrDefault(bar, LoopMark.NONE).tags(), tag);
  }

  /** Tags of a loop: the piece's and its own. */
  Set<String> tagsOf(int bar) {
    Set<String> all = new TreeSet<>(tags);
    all.addAll(loops.getOrDefault(bar, LoopMark.NONE).tags());
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
    return new PieceInfo(all, changed(tags, moreTags, List.of()), excluded, loops);
  }

  /** With other tags of the loop that begins with a bar; -1: of the piece. */
  PieceInfo tagged(int bar, Collection<String> add, Collection<String> remove) {
    if (bar < 0) {
      return new PieceInfo(origins, changed(tags, add, remove), excluded, loops);
    }
    LoopMark mark = loops.getOrDefault(bar, LoopMark.NONE);
    return marked(bar, new LoopMark(changed(mark.tags(), add, remove), mark.excluded()));
  }

  /** With the loop that begins with a bar left out of selections or not; -1: the piece. */
  PieceInfo excluded(int bar, boolean out) {
    return bar < 0
        ? new PieceInfo(origins, tags, out, loops)
        : marked(bar, new LoopMark(loops.getOrDefault(bar, LoopMark.NONE).tags(), out));
  }

  private PieceInfo marked(int bar, LoopMark mark) {
    SortedMap<Integer, LoopMark> marks = new TreeMap<>(loops);
    if (mark.equals(LoopMark.NONE)) {
      marks.remove(bar);
    } else {
      marks.put(bar, mark);
    }
    return new PieceInfo(origins, tags, excluded, marks);
  }

  private static Set<String> changed(
      Set<String> tags, Collection<String> add, Collection<String> remove) {
    Set<String> changed = new TreeSet<>(tags);
    changed.addAll(add);
    remove.forEach(changed::remove);
    return changed;
  }

  private static Set<String> bounded(Set<String> tags) {
    if (tags.size() > MOST_TAGS) {
      throw new IllegalArgumentException(
          "a piece or loop has at most " + MOST_TAGS + " tags, not " + tags.size());
    }
    return Collections.unmodifiableSet(new TreeSet<>(tags));
  }
}
