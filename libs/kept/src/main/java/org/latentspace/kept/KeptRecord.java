package org.latentspace.kept;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
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

  /** The value as such a message; IllegalArgumentException, which is poison, where it is none. */
  public <M extends Message> M message(Parser<M> kind) {
    try {
      return kind.parseFrom(value);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("is no such message: " + e.getMessage(), e);
    }
  }
}
