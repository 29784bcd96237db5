package org.latentspace.explorer.feature;

/**
 * Another sense than the ten features, whose entries follow them in the vector.
 *
 * @param name 1..64 characters of [A-Za-z0-9_-]
 * @param size entries, 1..256
 * @param stale silent for so long that its values are only held
 */
public record Sense(String name, int size, boolean stale) {

  /**
   * What its entry i, from 0, is called: "name", or "name.1", "name.2", ... where it has several.
   */
  public String entry(int i) {
    return size == 1 ? name : name + "." + (i + 1);
  }
}
