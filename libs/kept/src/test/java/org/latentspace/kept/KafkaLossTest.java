package org.latentspace.kept;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.wire.Until.until;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.latentspace.kept.KeptLog.Start;

/** A real broker loses what it had, and gets back what is still here. */
@Timeout(180)
class KafkaLossTest {
  private static final Topic TOPIC = Topic.TRAINING_PAIRS;

  @TempDir private Path folder;
  private final Map<String, String> expected = new TreeMap<>();

  private void keep(KeptOutlet outlet, String key, String value) throws Exception {
    byte[] bytes = value == null ? null : Heard.bytes(value);
    outlet.keep(key, bytes).toCompletableFuture().get(10, TimeUnit.SECONDS);
    if (value == null) {
      expected.remove(key);
    } else {
      expected.put(key, value);
    }
  }

  private void keepPairs(KeptOutlet outlet, int from, int to) throws Exception {
    for (int i = from; i < to; i++) {
      keep(outlet, "pair" + i, "value" + i);
    }
  }

  private Map<String, String> stateOf(KeptLog log) {
    Heard heard = new Heard();
    try (KeptLog.Following reading = log.follow(TOPIC, "reader", Start.BEGINNING, heard)) {
      until("all is read", 30, reading::caughtUp);
    }
    return new TreeMap<>(heard.state());
  }

  @Test
  void aBrokerWithAnEmptyDiskGetsEverythingBackAndFollowersHearIt() throws Exception {
    try (KafkaBroker broker = new KafkaBroker(folder.resolve("broker")).start();
        KeptLog log = new KafkaLog(broker.address(), Map.of());
        KeptOutlet outlet = new KeptOutlet(folder, TOPIC, log, 16 << 20)) {
      Heard heard = new Heard();
      log.follow(TOPIC, "trainer", Start.WHERE_IT_WAS, heard);
      keepPairs(outlet, 0, 8);
      keep(outlet, "pair3", null);
      until("all is there", 30, () -> new TreeMap<>(heard.state()).equals(expected));
      until("all is acknowledged", 30, () -> outlet.waiting() == 0);
      broker.kill();
      broker.wipe();
      broker.start();
      // More than there were, so that the follower's old position is no sign of anything.
      keepPairs(outlet, 8, 30);
      until("it is said", 60, () -> outlet.sentAgain().startsWith("sent again: "));
      until("all is acknowledged", 30, () -> outlet.waiting() == 0);
      assertEquals(expected, stateOf(log));
      until("the follower has it", 30, () -> new TreeMap<>(heard.state()).equals(expected));
      until("the trouble is over", 30, () -> outlet.status().equals("ok"));
      int before = heard.count();
      Heard again = new Heard();
      log.follow(TOPIC, "second", Start.BEGINNING, again);
      until("a new follower hears all", 30, () -> again.state().equals(heard.state()));
      assertTrue(before >= 8 + 1 + 22, before + " heard");
    }
  }

  @Test
  void aTopicThatSomebodyDeletesComesBackAlsoWhileNothingIsKept() throws Exception {
    try (KafkaBroker broker = new KafkaBroker(folder.resolve("broker")).start();
        KeptLog log = new KafkaLog(broker.address(), Map.of());
        KeptOutlet outlet = new KeptOutlet(folder, TOPIC, log, 16 << 20)) {
      keepPairs(outlet, 0, 8);
      outlet.store(() -> outlet.keep("pair8", Heard.bytes("of the store")).thenApply(done -> 1));
      until("all is acknowledged", 30, () -> outlet.waiting() == 0);
      until("the topic's id is known", 30, () -> log.topicId(TOPIC) != null);
      String id = log.topicId(TOPIC);
      CompletableFuture.runAsync(() -> deleteTopics(broker)).get(30, TimeUnit.SECONDS);
      until("it is said", 60, () -> outlet.sentAgain().startsWith("sent again: 9 values"));
      until("all is acknowledged", 30, () -> outlet.waiting() == 0);
      assertTrue(!id.equals(log.topicId(TOPIC)), id);
      expected.put("pair8", "of the store");
      assertEquals(expected, stateOf(log));
    }
  }

  /** Who looks whether they are gone may find that they are back already. */
  private static void deleteTopics(KafkaBroker broker) {
    try (var admin =
        org.apache.kafka.clients.admin.Admin.create(
            Map.of("bootstrap.servers", broker.address()))) {
      admin.deleteTopics(java.util.Set.of(TOPIC.topicName())).all().get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aBrokerThatIsNamedLaterGetsWhatTheDiskHadUntilThen() throws Exception {
    try (KeptLog log = new DiskLog(folder.resolve("log"));
        KeptOutlet outlet = new KeptOutlet(folder, TOPIC, log, 16 << 20)) {
      keepPairs(outlet, 0, 8);
      until("all is acknowledged", 30, () -> outlet.waiting() == 0);
    }
    try (KafkaBroker broker = new KafkaBroker(folder.resolve("broker")).start();
        KeptLog log = new KafkaLog(broker.address(), Map.of());
        KeptOutlet outlet = new KeptOutlet(folder, TOPIC, log, 16 << 20)) {
      until("all is acknowledged", 60, () -> outlet.acknowledged() == 8);
      assertEquals(0, outlet.waiting());
      assertEquals(expected, stateOf(log));
    }
  }
}
