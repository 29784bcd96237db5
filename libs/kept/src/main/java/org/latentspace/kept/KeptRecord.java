package org.latentspace.kept;

import java.util.Objects;

/**
 * One record of a topic.
 *
 * @param key at most 256 characters, of the form that {@link Topic} states
 * @param value a message's bytes, at most 1 MB; null takes the key away
 * @param offset where it stands in the log, counted from 0; of records of one key the later one has
 *     the larger offset
 */
public record KeptRecord(Topic topic, String key, byte[] value, long offset) {
  public KeptRecord {
    Objects.requireNonNull(topic);
    Objects.requireNonNull(key);
  }
}
