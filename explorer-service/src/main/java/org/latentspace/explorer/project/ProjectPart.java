package org.latentspace.explorer.project;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One part of what a performer taught and set, such as the pairs or the presets: it can be written
 * into a project and read back.
 */
public interface ProjectPart {

  /** Its key in the project's JSON. */
  String name();

  /** What this performer has; null for nothing. */
  JsonNode export(String performer);

  /**
   * Says whether it could be imported.
   *
   * @param part as exported; null: nothing was
   * @throws IllegalArgumentException with one line that names the value and what would be right
   */
  void check(String performer, JsonNode part);

  /**
   * Puts it in the place of everything that the performer has of this; returns when the disk has
   * it.
   *
   * @param part as exported and found right by {@link #check}; null: nothing
   * @throws IllegalStateException when the disk does not take it; what was there stays
   */
  void replace(String performer, JsonNode part);
}
