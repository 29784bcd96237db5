package org.latentspace.training.data.inlet;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.latentspace.kept.KeptLog;
import org.latentspace.kept.KeptRecord;
import org.latentspace.kept.Topic;

/** A log in memory whose followers hear in the caller's thread. */
final class FakeLog implements KeptLog {
  private final List<KeptRecord> records = new ArrayList<>();
  private final List<Follower> followers = new ArrayList<>();

  @Override
  public CompletionStage<Long> append(Topic topic, String key, byte[] value) {
    KeptRecord record = new KeptRecord(topic, key, value, records.size());
    records.add(record);
    List.copyOf(followers).forEach(follower -> follower.hear(record));
    return CompletableFuture.completedFuture(record.offset());
  }

  @Override
  public Following follow(Topic topic, String name, Start start, Handler handler) {
    Follower follower = new Follower(topic, handler);
    records.forEach(follower::hear);
    followers.add(follower);
    return follower;
  }

  long poisoned() {
    return followers.stream().mapToLong(Following::poisoned).sum();
  }

  @Override
  public String status() {
    return "ok";
  }

  @Override
  public void close() {}

  private final class Follower implements Following {
    private final Topic topic;
    private final Handler handler;
    private long position = -1;
    private long poisoned;

    Follower(Topic topic, Handler handler) {
      this.topic = topic;
      this.handler = handler;
    }

    void hear(KeptRecord record) {
      if (record.topic() != topic) {
        return;
      }
      try {
        handler.hear(record);
      } catch (IllegalArgumentException poison) {
        poisoned++;
      } catch (Exception failed) {
        throw new AssertionError(failed);
      }
      position = record.offset();
    }

    @Override
    public long position() {
      return position;
    }

    @Override
    public boolean caughtUp() {
      return true;
    }

    @Override
    public String status() {
      return "ok";
    }

    @Override
    public long poisoned() {
      return poisoned;
    }

    @Override
    public void close() {
      followers.remove(this);
    }
  }
}
