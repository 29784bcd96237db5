package org.latentspace.kept;

import java.util.concurrent.CompletionStage;

/**
 * A log of records that lasts: Kafka topics, or files of this machine when no broker is named. Both
 * behave alike: at least once, in order for one key, replayable.
 */
public interface KeptLog extends AutoCloseable {

  /** Where a follower begins. */
  enum Start {
    /** After the last record that this follower has worked on; a new one at the beginning. */
    WHERE_IT_WAS,
    /** At the beginning, every time: for followers that keep nothing themselves. */
    BEGINNING
  }

  /** Works on records, one at a time, on the follower's own thread. */
  interface Handler {
    /**
     * Returns when the record's effect will last; the same record may come again. Throws
     * IllegalArgumentException for poison, which is logged once with its key, counted and skipped;
     * after any other exception the record comes again, with backoff. (Bytes that are no message
     * are poison, but protobuf's own exception for them is an IOException.)
     */
    void hear(KeptRecord record) throws Exception;
  }

  /** One who reads a topic. */
  interface Following extends AutoCloseable {
    /** Offset of the last record that was worked on; -1 before the first. */
    long position();

    /** True once everything that the log held when following began has been heard. */
    boolean caughtUp();

    /** "ok", or the status. */
    String status();

    /** How many records were poison. */
    long poisoned();

    /** Ends it; the handler is not called any more when this returns. */
    @Override
    void close();
  }

  /**
   * Appends a record. Never blocks for long.
   *
   * @param value null takes the key away
   * @return completes with the record's offset when all replicas have it; fails with the status
   */
  CompletionStage<Long> append(Topic topic, String key, byte[] value);

  /**
   * Tells one topic from another of its name, as there is after somebody has deleted it, or a
   * broker came back with an empty disk. Never blocks.
   *
   * @return another one for another topic; null while it cannot be told
   */
  default String topicId(Topic topic) {
    return null;
  }

  /**
   * Reads a topic, also while the log cannot be reached for now.
   *
   * @param follower its name, [a-z0-9-], such as "training-service"
   */
  Following follow(Topic topic, String follower, Start start, Handler handler);

  /** "ok", or the status: what is missing, and what would mend it. */
  String status();

  @Override
  void close();
}
