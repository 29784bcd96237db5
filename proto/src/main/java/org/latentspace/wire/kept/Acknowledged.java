package org.latentspace.wire.kept;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * How much of a topic on the disk another log has acknowledged: the newest record's offset, and
 * which topic of that log it was.
 */
final class Acknowledged implements AutoCloseable {
  /** While nothing was ever acknowledged by a topic that could tell its id. */
  static final String NO_TOPIC = "";

  private final NumberFile numberFile;
  private final Path topicFile;
  // Guarded by this.
  private long number;
  private String topicId;

  Acknowledged(Path folder) throws IOException {
    topicFile = Files.createDirectories(folder).resolve("topic-id");
    topicId = Files.exists(topicFile) ? Files.readString(topicFile).strip() : NO_TOPIC;
    numberFile = new NumberFile(folder.resolve("acknowledged"));
    number = numberFile.read();
  }

  synchronized long number() {
    return number;
  }

  /** Of {@link KeptLog#topicId}; {@link #NO_TOPIC} if it is not known. */
  synchronized String topicId() {
    return topicId;
  }

  /** All up to this number have arrived. */
  synchronized void write(long newest) throws IOException {
    number = newest;
    numberFile.write(newest);
  }

  /** What is acknowledged is in this topic. */
  synchronized void topicId(String id) throws IOException {
    Path next = topicFile.resolveSibling("topic-id.next");
    Files.writeString(next, id);
    Files.move(
        next, topicFile, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    topicId = id;
  }

  @Override
  public void close() {
    try {
      numberFile.close();
    } catch (IOException e) {
      // Each number was written when it was known.
    }
  }
}
