package org.latentspace.kept;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The log of this machine: files, for writers and followers of one process. Where brokers are
 * named, a {@link Forwarder} follows it.
 *
 * <pre>
 *   append --queue--> kept-disk (one force for all that wait) --> TOPIC/records
 *                                                                    | wakes
 *                          TOPIC/positions/FOLLOWER <--after each-- followers, a thread each
 * </pre>
 *
 * <p>A topic belongs to one process at a time. Another one that wants it is told so by the status,
 * and tries again.
 */
public final class DiskLog extends QueuedLog {
  private static final long MOST_WAITING_BYTES = 16L << 20;
  private static final long RETRY_MS = 1000;

  private final Path folder;
  private final AtomicLong queuedBytes = new AtomicLong();
  private final Map<Topic, DiskTopic> topics = new EnumMap<>(Topic.class);
  private final Map<Topic, String> trouble = new ConcurrentHashMap<>();

  /**
   * @param folder need not exist
   */
  public DiskLog(Path folder) {
    super("kept-disk");
    this.folder = folder;
    begin();
  }

  @Override
  boolean enqueue(Append append) {
    boolean room = queuedBytes.addAndGet(append.bytes()) <= MOST_WAITING_BYTES;
    if (!room || !super.enqueue(append)) {
      queuedBytes.addAndGet(-append.bytes());
      return false;
    }
    return true;
  }

  @Override
  String full() {
    return "the disk under " + folder + " is too slow: " + queue.size() + " wait";
  }

  @Override
  DiskFollowing follower(Topic topic, String name, Start start, Handler handler) {
    return new DiskFollowing(this, topic, name, start, handler);
  }

  @Override
  public String topicId(Topic topic) {
    try {
      return isClosed() ? null : topic(topic).id();
    } catch (Trouble gone) {
      return null;
    }
  }

  @Override
  public String status() {
    return trouble.values().stream().sorted().findFirst().orElse(Trouble.NONE);
  }

  /** "ok", or what is wrong with this topic's files. */
  String status(Topic topic) {
    return trouble.getOrDefault(topic, Trouble.NONE);
  }

  /** Ends that were torn off the topic's file, and damaged records; 0 while it is not open. */
  int torn(Topic topic) {
    synchronized (topics) {
      DiskTopic open = topics.get(topic);
      return open == null ? 0 : open.torn();
    }
  }

  @Override
  void letGo() {
    synchronized (topics) {
      for (DiskTopic topic : topics.values()) {
        try {
          topic.close();
        } catch (IOException e) {
          // Everything was forced to the disk when it was appended.
        }
      }
      topics.clear();
    }
  }

  /** Opens the topic's file; what stands against it is trouble, and is tried again. */
  void open(Topic topic) {
    try {
      topic(topic);
    } catch (Trouble gone) {
      // Noted by topic().
    }
  }

  /** Opens the topic's file unless it is open. */
  DiskTopic topic(Topic topic) throws Trouble {
    synchronized (topics) {
      DiskTopic open = topics.get(topic);
      if (open == null) {
        try {
          open = new DiskTopic(home(topic), topic);
        } catch (IOException e) {
          throw status(topic, e);
        }
        topics.put(topic, open);
        trouble.remove(topic);
      }
      return open;
    }
  }

  /** The folder of the topic's files. */
  Path home(Topic topic) {
    return folder.resolve(topic.topicName());
  }

  void forget(DiskFollowing following) {
    followings.remove(following);
  }

  private Trouble status(Topic topic, IOException fault) {
    Trouble status = Trouble.of(topic.topicName() + " cannot be kept on disk", fault);
    trouble.put(topic, status.getMessage());
    return status;
  }

  @Override
  void write() {
    List<Append> batch = new ArrayList<>();
    boolean more = true;
    while (more) {
      batch.clear();
      try {
        Append first = queue.poll(RETRY_MS, TimeUnit.MILLISECONDS);
        if (first == null) {
          trouble.keySet().forEach(this::open);
          continue;
        }
        batch.add(first);
      } catch (InterruptedException e) {
        return;
      }
      queue.drainTo(batch);
      more = !batch.remove(end);
      for (Topic topic : Topic.values()) {
        List<Append> mine = batch.stream().filter(append -> append.topic() == topic).toList();
        if (!mine.isEmpty()) {
          write(topic, mine);
        }
      }
    }
  }

  private void write(Topic topic, List<Append> batch) {
    batch.forEach(append -> queuedBytes.addAndGet(-append.bytes()));
    try {
      DiskTopic file = topic(topic);
      long[] offsets = file.append(batch);
      trouble.remove(topic);
      for (int i = 0; i < offsets.length; i++) {
        batch.get(i).done().complete(offsets[i]);
      }
      file.compactIfWorthIt(() -> heardByAll(topic));
    } catch (IOException e) {
      Trouble status = status(topic, e);
      batch.forEach(append -> append.done().completeExceptionally(status));
    } catch (Trouble status) {
      batch.forEach(append -> append.done().completeExceptionally(status));
    }
  }

  /** The offset that every follower has passed, also those that are away. */
  private long heardByAll(Topic topic) {
    long heard = Long.MAX_VALUE;
    for (Follower following : followings) {
      if (following.topic == topic) {
        heard = Math.min(heard, following.position());
      }
    }
    Path positions = home(topic).resolve("positions");
    if (!Files.isDirectory(positions)) {
      return heard == Long.MAX_VALUE ? NumberFile.NONE : heard;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(positions)) {
      for (Path file : files) {
        try (NumberFile position = new NumberFile(file)) {
          heard = Math.min(heard, position.read());
        }
      }
    } catch (IOException e) {
      return NumberFile.NONE;
    }
    return heard == Long.MAX_VALUE ? NumberFile.NONE : heard;
  }
}
