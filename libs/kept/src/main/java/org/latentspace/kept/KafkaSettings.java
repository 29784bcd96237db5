package org.latentspace.kept;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** What Kafka's clients are told; what the operator sets under kept.kafka wins. */
final class KafkaSettings {
  /** A value has at most 1 MB, its key and Kafka's own bytes come on top. */
  static final int MOST_MESSAGE_BYTES = 2 << 20;

  /** How the groups' names begin. */
  static final String GROUPS = "latent-space-explorer.";

  private static final int REQUEST_MS = 10_000;

  private final String bootstrapServers;
  private final Map<String, String> more;

  KafkaSettings(String bootstrapServers, Map<String, String> more) {
    this.bootstrapServers = bootstrapServers;
    this.more = Map.copyOf(more);
  }

  /** As the operator wrote them. */
  String bootstrapServers() {
    return bootstrapServers;
  }

  Map<String, Object> admin() {
    Map<String, Object> settings = common();
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, REQUEST_MS);
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MS / 2);
    settings.putAll(more);
    return settings;
  }

  /**
   * All replicas, and Kafka itself leaves out what it has already: as long as this process and its
   * producer live, nothing is doubled.
   */
  Map<String, Object> producer() {
    Map<String, Object> settings = common();
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 3000);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MS);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 120_000);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MOST_MESSAGE_BYTES);
    settings.putAll(more);
    return settings;
  }

  /**
   * @param group whose offsets are committed; null for who begins at the beginning every time
   */
  Map<String, Object> consumer(String group) {
    Map<String, Object> settings = common();
    if (group != null) {
      settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    }
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5000);
    settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5000);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 100);
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, MOST_MESSAGE_BYTES);
    settings.putAll(more);
    return settings;
  }

  private Map<String, Object> common() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG, 50);
    settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1000);
    settings.put(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, 3000);
    // This project's metrics page shows what counts; Kafka's own beans would be one more place.
    settings.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, List.of());
    settings.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
    return settings;
  }
}
