package org.latentspace.kept;

import java.io.IOException;

/** Reads a topic of {@link DiskLog}. */
final class DiskFollowing extends Follower {
  // Also how long an end may take that comes just before the wait.
  private static final long WAIT_MS = 200;

  private final DiskLog log;
  private volatile DiskTopic records;
  private volatile long endAtStart = Long.MAX_VALUE;

  DiskFollowing(
      DiskLog log, Topic topic, String name, KeptLog.Start start, KeptLog.Handler handler) {
    super(topic, name, start, handler);
    this.log = log;
  }

  @Override
  public boolean caughtUp() {
    return position >= endAtStart;
  }

  @Override
  void wake() {
    DiskTopic reads = records;
    if (reads != null) {
      reads.wake();
    }
  }

  @Override
  public void close() {
    super.close();
    log.forget(this);
  }

  @Override
  void follow() throws Trouble {
    try (NumberFile file =
        remembers ? new NumberFile(log.home(topic).resolve("positions").resolve(name)) : null) {
      follow(file);
    } catch (IOException e) {
      throw Trouble.of(name + " cannot read " + topic.topicName(), e);
    }
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
    while (!isClosed()) {
      KeptRecord record = records.after(position, WAIT_MS);
      if (record != null && hear(record) && file != null) {
        file.write(position);
      }
    }
  }
}
