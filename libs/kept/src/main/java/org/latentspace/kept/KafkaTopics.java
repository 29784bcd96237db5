package org.latentspace.kept;

import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks the broker once a second whether it and the topics are there, and makes the topics. */
final class KafkaTopics implements AutoCloseable {
  private static final int PATIENCE_MS = 2000;
  private static final int CREATE_MS = 5000;
  private static final long ASK_EVERY_MS = 1000;

  private final KafkaSettings settings;
  private final Thread thread;
  // Topics that somebody here needs, and the ids of those that are there; guarded by known.
  private final Set<Topic> needed = EnumSet.noneOf(Topic.class);
  private final Map<Topic, String> known = new EnumMap<>(Topic.class);
  private final Object lock = new Object();
  private Admin admin;
  private boolean closed;
  private volatile String status;
  private volatile long goneSinceNanos = System.nanoTime();

  KafkaTopics(KafkaSettings settings) {
    this.settings = settings;
    this.status = "no broker has answered yet at " + settings.bootstrapServers();
    thread = new Thread(this::run, "kept-status");
    thread.setDaemon(true);
    thread.start();
  }

  /** "ok", or which address does not answer, since when and why. */
  String status() {
    String now = status;
    if (now.equals(Trouble.NONE)) {
      return now;
    }
    long seconds = (System.nanoTime() - goneSinceNanos) / 1_000_000_000;
    return now + " (kept.bootstrap-servers), for " + seconds + " s";
  }

  /** The topic's id; null while it is not known. */
  String id(Topic topic) {
    synchronized (known) {
      needed.add(topic);
      return known.get(topic);
    }
  }

  /** Makes the topic unless it is there. */
  void ensure(Topic topic) throws Trouble {
    synchronized (known) {
      needed.add(topic);
      if (known.containsKey(topic)) {
        return;
      }
    }
    if (!status.equals(Trouble.NONE)) {
      // Whoever waits here would wait for nothing.
      ask();
    }
    if (!status.equals(Trouble.NONE)) {
      throw new Trouble(status());
    }
    try {
      create(topic);
    } catch (KafkaException e) {
      throw new Trouble("topic " + topic.topicName() + " cannot be made: " + reason(e));
    }
    try {
      // Before the first record is sent: what it is sent to is known.
      lookFor(List.of(topic));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (known) {
      // Who may not ask for its id does without.
      known.putIfAbsent(topic, null);
    }
  }

  /** The same, but only while the broker answers. */
  void ensureIfFair(Topic topic) throws Trouble {
    if (status.equals(Trouble.NONE)) {
      ensure(topic);
    }
  }

  /** The broker said something that does not fit: look again whether the topic is there. */
  void doubt(Topic topic) {
    synchronized (known) {
      known.remove(topic);
    }
  }

  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      lock.notifyAll();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (lock) {
      if (admin != null) {
        admin.close(Duration.ZERO);
      }
    }
  }

  /** A fault's own words, without what it is wrapped in. */
  static String reason(Throwable fault) {
    Throwable inmost = fault;
    while (inmost.getCause() != null
        && (inmost instanceof ExecutionException || inmost instanceof KafkaException)) {
      inmost = inmost.getCause();
    }
    return inmost.getMessage() == null ? inmost.toString() : inmost.getMessage();
  }

  private void run() {
    while (true) {
      ask();
      synchronized (lock) {
        if (!closed) {
          try {
            lock.wait(ASK_EVERY_MS);
          } catch (InterruptedException e) {
            return;
          }
        }
        if (closed) {
          return;
        }
      }
    }
  }

  private void ask() {
    try {
      admin()
          .describeCluster(new DescribeClusterOptions().timeoutMs(PATIENCE_MS))
          .nodes()
          .get(PATIENCE_MS + PATIENCE_MS / 2, TimeUnit.MILLISECONDS);
      if (!status.equals(Trouble.NONE)) {
        synchronized (known) {
          // It may have come back without what it had.
          known.clear();
        }
        status = Trouble.NONE;
      }
      List<Topic> all;
      synchronized (known) {
        all = List.copyOf(needed);
      }
      lookFor(all);
    } catch (ExecutionException e) {
      gone(e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException ? null : e);
    } catch (KafkaException e) {
      gone(e);
    } catch (TimeoutException e) {
      gone(null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Finds out which topics are there now, as somebody may have deleted one, and makes the rest. */
  private void lookFor(List<Topic> all) throws InterruptedException {
    if (all.isEmpty()) {
      return;
    }
    Map<String, KafkaFuture<TopicDescription>> answers =
        admin()
            .describeTopics(
                all.stream().map(Topic::topicName).toList(),
                new DescribeTopicsOptions().timeoutMs(PATIENCE_MS))
            .topicNameValues();
    for (Topic topic : all) {
      try {
        Uuid id = answers.get(topic.topicName()).get(PATIENCE_MS, TimeUnit.MILLISECONDS).topicId();
        synchronized (known) {
          known.put(topic, id.toString());
        }
      } catch (ExecutionException e) {
        if (e.getCause() instanceof UnknownTopicOrPartitionException) {
          doubt(topic);
          make(topic);
        }
      } catch (TimeoutException later) {
        // With the next look.
      }
    }
  }

  private void make(Topic topic) {
    try {
      create(topic);
    } catch (Trouble | KafkaException e) {
      // Who needs it now is told when he makes it himself.
    }
  }

  private void gone(Exception why) {
    if (status.equals(Trouble.NONE)) {
      goneSinceNanos = System.nanoTime();
    }
    status =
        "no broker answers at "
            + settings.bootstrapServers()
            + (why == null ? "" : ": " + reason(why));
  }

  private Admin admin() {
    synchronized (lock) {
      if (admin == null) {
        admin = Admin.create(settings.admin());
      }
      return admin;
    }
  }

  private void create(Topic topic) throws Trouble {
    NewTopic made = new NewTopic(topic.topicName(), Optional.of(1), Optional.empty());
    Map<String, String> configs =
        new HashMap<>(
            topic.compacted()
                ? Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)
                : Map.of(
                    TopicConfig.CLEANUP_POLICY_CONFIG,
                    TopicConfig.CLEANUP_POLICY_DELETE,
                    TopicConfig.RETENTION_MS_CONFIG,
                    "-1",
                    TopicConfig.RETENTION_BYTES_CONFIG,
                    "-1"));
    configs.put(
        TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(KafkaSettings.MOST_MESSAGE_BYTES));
    made.configs(configs);
    try {
      admin()
          .createTopics(List.of(made), new CreateTopicsOptions().timeoutMs(CREATE_MS))
          .all()
          .get(CREATE_MS + PATIENCE_MS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      // Who may not make topics finds those that the operator has made.
      if (!(e.getCause() instanceof TopicExistsException)
          && !(e.getCause() instanceof AuthorizationException)) {
        throw new Trouble("topic " + topic.topicName() + " cannot be made: " + reason(e));
      }
    } catch (TimeoutException e) {
      throw new Trouble("topic " + topic.topicName() + " cannot be made: no answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Trouble("the log is closed");
    }
  }
}
