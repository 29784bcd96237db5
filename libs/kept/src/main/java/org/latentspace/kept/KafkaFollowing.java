package org.latentspace.kept;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads a topic of Kafka.
 *
 * <p>The partition is assigned, not subscribed to: no other member of the group takes it away from
 * a handler that needs long, and after a crash nobody waits for a session to end. The group only
 * keeps the position.
 */
final class KafkaFollowing extends Follower {
  private static final Duration TURN = Duration.ofMillis(250);
  private static final Duration GOODBYE = Duration.ofSeconds(1);

  private final KafkaSettings settings;
  private final KafkaTopics topics;
  private final TopicPartition partition;
  // Only wakeup() is called by others than the thread.
  private volatile Consumer<String, byte[]> consumer;
  private volatile long endAtStart = Long.MAX_VALUE;
  private volatile boolean caughtUp;
  private boolean begun;
  private boolean uncommitted;
  // Id of the topic in which the position is; null while it is not known.
  private String topicId;

  KafkaFollowing(
      KafkaSettings settings,
      KafkaTopics topics,
      Topic topic,
      String name,
      KeptLog.Start start,
      KeptLog.Handler handler) {
    super(topic, name, start, handler);
    this.settings = settings;
    this.topics = topics;
    this.partition = new TopicPartition(topic.topicName(), KafkaLog.PARTITION);
  }

  @Override
  public boolean caughtUp() {
    return caughtUp;
  }

  @Override
  String reading() {
    String ofTheBroker = topics.status();
    return ofTheBroker.equals(Trouble.NONE) ? status : ofTheBroker;
  }

  @Override
  void wake() {
    Consumer<String, byte[]> reads = consumer;
    if (reads != null) {
      reads.wakeup();
    }
  }

  @Override
  void follow() throws Trouble {
    try {
      topics.ensure(topic);
      read();
    } catch (WakeupException e) {
      // Closed.
    } catch (KafkaException | IllegalStateException | LinkageError e) {
      // Also a record that is packed in a way for which nothing is installed.
      topics.doubt(topic);
      throw new Trouble(name + " cannot read " + topic.topicName() + ": " + KafkaTopics.reason(e));
    }
  }

  private void read() throws Trouble {
    Map<String, Object> how = settings.consumer(remembers ? KafkaSettings.GROUPS + name : null);
    try (Consumer<String, byte[]> reads =
        new KafkaConsumer<>(how, new StringDeserializer(), new ByteArrayDeserializer())) {
      consumer = reads;
      reads.assign(List.of(partition));
      seek(reads);
      while (!isClosed() && !isAnotherTopic()) {
        ConsumerRecords<String, byte[]> records = reads.poll(TURN);
        boolean whole = hear(records);
        uncommitted |= remembers && !records.isEmpty();
        if (uncommitted) {
          commit(reads);
        }
        // Back from an outage the broker may have lost the topic.
        topics.ensureIfFair(topic);
        if (whole && !caughtUp) {
          caughtUp = reads.position(partition) >= endAtStart;
        }
      }
    } finally {
      consumer = null;
    }
  }

  /** Whether the topic is a new one, which is to be heard from its beginning. */
  private boolean isAnotherTopic() {
    String now = topics.id(topic);
    if (now == null || now.equals(topicId)) {
      return false;
    }
    boolean another = topicId != null;
    topicId = now;
    if (another) {
      position = NumberFile.NONE;
    }
    return another;
  }

  /**
   * Where to begin: after what this follower has heard, in this process or by what the group knows.
   */
  private void seek(Consumer<String, byte[]> reads) {
    if (endAtStart == Long.MAX_VALUE) {
      endAtStart = reads.endOffsets(Set.of(partition)).get(partition);
    }
    long next = reads.beginningOffsets(Set.of(partition)).get(partition);
    if (begun) {
      next = Math.max(next, position + 1);
    } else if (remembers) {
      OffsetAndMetadata kept = reads.committed(Set.of(partition)).get(partition);
      next = kept == null ? next : Math.max(next, kept.offset());
      position = next - 1;
    }
    long end = reads.endOffsets(Set.of(partition)).get(partition);
    if (next > end) {
      // A topic that somebody has deleted begins anew.
      next = 0;
      position = NumberFile.NONE;
    }
    begun = true;
    reads.seek(partition, next);
    status = Trouble.NONE;
  }

  /** Returns false when following was closed before all were heard. */
  private boolean hear(ConsumerRecords<String, byte[]> records) {
    for (ConsumerRecord<String, byte[]> record : records) {
      String key = record.key() == null ? "" : record.key();
      if (!hear(new KeptRecord(topic, key, record.value(), record.offset()))) {
        return false;
      }
    }
    return true;
  }

  /** What cannot be committed now is tried again; until then it would come again. */
  private void commit(Consumer<String, byte[]> reads) {
    Map<TopicPartition, OffsetAndMetadata> here =
        Map.of(partition, new OffsetAndMetadata(position + 1));
    try {
      try {
        reads.commitSync(here, GOODBYE);
      } catch (WakeupException e) {
        // Closed just now: once more, as the wake-up is spent.
        reads.commitSync(here, GOODBYE);
      }
      uncommitted = false;
      status = Trouble.NONE;
    } catch (KafkaException e) {
      status = name + " cannot keep its position: " + KafkaTopics.reason(e);
    }
  }
}
