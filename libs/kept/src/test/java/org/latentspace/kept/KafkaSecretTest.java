package org.latentspace.kept;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.wire.Until.until;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.AuthorizationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.latentspace.kept.KeptLog.Start;

/** The passwords and rights of Compose's broker, at a real one. */
@Timeout(180)
class KafkaSecretTest {
  private static final Topic TOPIC = Topic.TRAINING_PAIRS;
  private static final Path SCRIPT = Path.of("..", "..", "deploy", "kafka-secret");
  private static final String PREFIX = "kept.kafka.";

  @TempDir private Path folder;

  private int run(String password) throws Exception {
    ProcessBuilder script =
        new ProcessBuilder(
            "bash", SCRIPT.toString(), client().toString(), folder.resolve("secret").toString());
    script.environment().put("KAFKA_PASSWORD", password);
    Process process = script.inheritIO().start();
    assertTrue(process.waitFor(20, TimeUnit.SECONDS));
    return process.exitValue();
  }

  private Path client() {
    return folder.resolve("client");
  }

  private Map<String, String> properties(Path file) throws Exception {
    Properties read = new Properties();
    try (var in = Files.newBufferedReader(file)) {
      read.load(in);
    }
    Map<String, String> settings = new HashMap<>();
    read.forEach(
        (key, value) ->
            settings.put(key.toString().replace(PREFIX, "").replace("\"", ""), value.toString()));
    return settings;
  }

  private KafkaBroker broker() throws Exception {
    List<String> secret = Files.readAllLines(folder.resolve("secret/config/server.properties"));
    return new KafkaBroker(folder.resolve("broker"), secret, admin());
  }

  private Map<String, String> admin() throws Exception {
    return properties(folder.resolve("secret/admin.properties"));
  }

  @Test
  void thePasswordIsMadeOnceOrToldAndABadOneRefused() throws Exception {
    assertEquals(0, run(""));
    String made = Files.readString(client().resolve("client.properties"));
    assertEquals(0, run(""));
    assertEquals(made, Files.readString(client().resolve("client.properties")));
    assertEquals(2, run("short"));
    assertEquals(2, run("a\"; user_broker=\"aaaaaaaaaaaaaaaa"));
    assertEquals(made, Files.readString(client().resolve("client.properties")));
    assertEquals(0, run("of-another-host-1234"));
    String told = Files.readString(client().resolve("client.properties"));
    assertTrue(told.contains("password=\"of-another-host-1234\""), told);
    assertTrue(!told.contains(Files.readString(folder.resolve("secret/password")).strip()));
  }

  @Test
  void aStrangerMayNothingAndTheServicesWhatTheyNeedAndNoMore() throws Exception {
    assertEquals(0, run(""));
    Map<String, String> services = properties(client().resolve("client.properties"));
    try (KafkaBroker broker = broker().start()) {
      try (KeptLog stranger = new KafkaLog(broker.address(), Map.of())) {
        until("without a password", 30, () -> stranger.status().startsWith("no broker answers"));
      }
      Map<String, String> wrong = new HashMap<>(services);
      wrong.replaceAll((key, value) -> value.replaceAll("password=\"..", "password=\"##"));
      try (KeptLog stranger = new KafkaLog(broker.address(), wrong)) {
        until("the wrong one", 30, () -> stranger.status().contains("Authentication failed"));
      }
      try (KeptLog log = new KafkaLog(broker.address(), services);
          KeptOutlet outlet = new KeptOutlet(folder, TOPIC, log, 16 << 20)) {
        outlet.keep("before", Heard.bytes("it may")).toCompletableFuture().get(9, TimeUnit.SECONDS);
        until("it may not yet", 30, () -> outlet.status().contains("uthoriz"));
        Map<String, Object> all = new HashMap<>(admin());
        all.put("bootstrap.servers", broker.address());
        KafkaRights.give(all);
        Heard heard = new Heard();
        log.follow(TOPIC, "reader", Start.WHERE_IT_WAS, heard);
        heard.await(1);
        until("all is acknowledged", 30, () -> outlet.waiting() == 0);
        assertEquals(List.of("before=it may"), heard.lines());
        until("it knows the topic", 30, () -> log.topicId(TOPIC) != null);
      }
      refusesTheRest(broker, services);
    }
  }

  private static void refusesTheRest(KafkaBroker broker, Map<String, String> services) {
    Map<String, Object> how = new HashMap<>(services);
    how.put("bootstrap.servers", broker.address());
    try (Admin admin = Admin.create(how)) {
      NewTopic other = new NewTopic("other", Optional.of(1), Optional.empty());
      for (var deed :
          List.of(
              admin.deleteTopics(Set.of(TOPIC.topicName())).all(),
              admin.createTopics(Set.of(other)).all(),
              admin.deleteConsumerGroups(Set.of(KafkaSettings.GROUPS + "reader")).all())) {
        ExecutionException no =
            assertThrows(ExecutionException.class, () -> deed.get(30, TimeUnit.SECONDS));
        assertInstanceOf(AuthorizationException.class, no.getCause());
      }
    }
  }
}
