package org.latentspace.training.data;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/** The rules for tags: what may be one, how many a thing may have, what a pattern finds. */
public final class Tags {
  /** Most tags of a piece, or of one of its loops. */
  public static final int MOST = 64;

  private static final int LONGEST = 200;

  private Tags() {}

  /** Throws IllegalArgumentException that names the first that cannot be a tag. */
  public static List<String> check(Collection<String> tags) {
    for (String tag : tags) {
      boolean clean = tag.chars().noneMatch(Character::isISOControl);
      if (tag.isBlank() || tag.length() > LONGEST || !clean || tag.indexOf('*') >= 0) {
        throw new IllegalArgumentException(
            "tag '"
                + Text.printable(tag, LONGEST)
                + "' must have 1 to "
                + LONGEST
                + " characters, none of them a * or a control character");
      }
    }
    return List.copyOf(tags);
  }

  /** Whether one of the tags is the one asked for, or begins like it where it ends with a *. */
  static boolean have(Set<String> tags, String asked) {
    if (!asked.endsWith("*")) {
      return tags.contains(asked);
    }
    String beginning = asked.substring(0, asked.length() - 1);
    return tags.stream().anyMatch(tag -> tag.startsWith(beginning));
  }
}
