package org.latentspace.kept;

import java.io.IOException;

/** Reads a topic of {@link DiskLog} on a thread of its own. */
final class DiskFollowing implements KeptLog.Following {
  // Also how long an end may take that comes just before the wait.
  private static final long WAIT_MS = 200;

  private final DiskLog log;
  private final Topic topic;
  private final String follower;
  private final KeptLog.Start start;
  private final Hearing hearing;
  private final Thread thread;
  private volatile DiskTopic records;
  private volatile long position = NumberFile.NONE;
  private volatile long endAtStart = Long.MAX_VALUE;
  private volatile String status = Trouble.NONE;

  DiskFollowing(
      DiskLog log, Topic topic, String follower, KeptLog.Start start, KeptLog.Handler handler) {
    this.log = log;
    this.topic = topic;
    this.follower = follower;
    this.start = start;
    this.hearing = new Hearing(follower, handler);
    thread = new Thread(this::run, "follow-" + topic.topicName() + "-" + follower);
    thread.setDaemon(true);
  }

  void begin() {
    thread.start();
  }

  Topic topic() {
    return topic;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public boolean caughtUp() {
    return position >= endAtStart;
  }

  @Override
  public String status() {
    return status.equals(Trouble.NONE) ? hearing.status() : status;
  }

  @Override
  public long poisoned() {
    return hearing.poisoned();
  }

  @Override
  public void close() {
    hearing.close();
    DiskTopic reads = records;
    if (reads != null) {
      reads.wake();
    }
    log.forget(this);
    if (Thread.currentThread() == thread) {
      return;
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!hearing.isClosed()) {
      try {
        if (start == KeptLog.Start.WHERE_IT_WAS) {
          try (NumberFile file =
              new NumberFile(log.home(topic).resolve("positions").resolve(follower))) {
            follow(file);
          }
        } else {
          follow(null);
        }
      } catch (IOException e) {
        rest(Trouble.of(follower + " cannot read " + topic.topicName(), e));
      } catch (Trouble e) {
        rest(e);
      }
    }
  }

  private void rest(Trouble trouble) {
    status = trouble.getMessage();
    hearing.pause(log.retryMs());
  }

  /**
   * @param file where the position lasts; null if it does not
   */
  private void follow(NumberFile file) throws IOException, Trouble {
    records = log.topic(topic);
    if (file != null) {
      // A log that somebody has deleted begins anew.
      long kept = file.read();
      position = kept > records.last() ? NumberFile.NONE : kept;
    }
    if (endAtStart == Long.MAX_VALUE) {
      endAtStart = records.last();
    }
    status = Trouble.NONE;
    while (!hearing.isClosed()) {
      KeptRecord record = records.after(position, WAIT_MS);
      if (record == null) {
        continue;
      }
      if (!hearing.hear(record)) {
        return;
      }
      position = record.offset();
      if (file != null) {
        file.write(position);
      }
    }
  }
}
