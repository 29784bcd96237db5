package org.latentspace.kept;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The log in Kafka, through Apache's own clients.
 *
 * <pre>
 *   append --queue--> kept-kafka --producer--> broker --consumers--> followers, a thread each
 *                                                ^
 *                                  kept-status -+ asks once a second
 * </pre>
 *
 * <p>Everything towards the broker is made when it is needed, again and again if need be: a broker
 * that is away, or whose name nobody can resolve, is trouble. What is kept goes to partition 0 of
 * its topic, and topics are made with one partition: so a record's offset orders all records of a
 * topic. One band's rhythms come a few a minute; one partition takes thousands a second.
 */
public final class KafkaLog extends QueuedLog {
  /** The partition of every topic. */
  static final int PARTITION = 0;

  private static final Duration GOODBYE = Duration.ofSeconds(1);

  private final KafkaSettings settings;
  private final KafkaTopics topics;
  // Of the thread kept-kafka.
  private Producer<String, byte[]> producer;
  private volatile boolean spoiled;

  /**
   * @param bootstrapServers HOST:PORT, separated by commas; need not be there yet
   * @param more settings of Kafka's clients, such as security.protocol
   */
  public KafkaLog(String bootstrapServers, Map<String, String> more) {
    super("kept-kafka");
    settings = new KafkaSettings(bootstrapServers, more);
    topics = new KafkaTopics(settings);
    begin();
  }

  @Override
  String full() {
    return queue.size() + " wait for the broker";
  }

  @Override
  KafkaFollowing follower(Topic topic, String name, Start start, Handler handler) {
    return new KafkaFollowing(settings, topics, topic, name, start, handler);
  }

  @Override
  public String topicId(Topic topic) {
    return topics.id(topic);
  }

  @Override
  public String status() {
    return topics.status();
  }

  @Override
  void letGo() {
    topics.close();
  }

  @Override
  void write() {
    try {
      for (Append append = queue.take(); append.topic() != null; append = queue.take()) {
        send(append);
      }
    } catch (InterruptedException e) {
      // Nobody of ours interrupts: who does wants an end.
    } finally {
      forgetProducer(GOODBYE);
    }
  }

  private void send(Append append) {
    try {
      if (spoiled) {
        forgetProducer(Duration.ZERO);
        spoiled = false;
      }
      topics.ensure(append.topic());
      if (producer == null) {
        producer =
            new KafkaProducer<>(
                settings.producer(), new StringSerializer(), new ByteArraySerializer());
      }
      ProducerRecord<String, byte[]> record =
          new ProducerRecord<>(append.topic().topicName(), PARTITION, append.key(), append.value());
      producer.send(
          record,
          (sent, fault) -> {
            if (fault == null) {
              append.done().complete(sent.offset());
            } else {
              append.done().completeExceptionally(statusOf(append.topic(), fault));
            }
          });
    } catch (Trouble e) {
      failAll(append, e);
    } catch (KafkaException | IllegalStateException e) {
      failAll(append, statusOf(append.topic(), e));
    }
  }

  private Trouble statusOf(Topic topic, Exception fault) {
    topics.doubt(topic);
    if (!(fault instanceof RetriableException)) {
      spoiled = true;
    }
    String status = topics.status();
    return new Trouble(
        status.equals(Trouble.NONE)
            ? "the broker does not take " + topic.topicName() + ": " + KafkaTopics.reason(fault)
            : status);
  }

  /** Whoever waits behind would find the same: they need not wait for it one by one. */
  private void failAll(Append first, Trouble status) {
    List<Append> failed = new ArrayList<>(List.of(first));
    queue.drainTo(failed);
    if (failed.remove(end)) {
      queue.add(end);
    }
    failed.forEach(append -> append.done().completeExceptionally(status));
  }

  private void forgetProducer(Duration patience) {
    if (producer != null) {
      try {
        producer.close(patience);
      } catch (KafkaException e) {
        // What it had not sent has failed, and whoever kept it sends it again.
      }
      producer = null;
    }
  }
}
