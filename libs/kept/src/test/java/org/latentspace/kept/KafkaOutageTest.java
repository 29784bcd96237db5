package org.latentspace.kept;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.wire.Until.until;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.latentspace.kept.KeptLog.Following;
import org.latentspace.kept.KeptLog.Start;

/** A real broker comes late, stops, dies and freezes: nothing is lost, and nobody is held up. */
@Timeout(180)
class KafkaOutageTest {
  private static final Topic TOPIC = Topic.TRAINING_PAIRS;
  private static final int KEYS = 5;

  @TempDir private static Path brokersFolder;
  private static KafkaBroker broker;

  @TempDir private Path folder;
  private int kept;
  private long longestOfferNanos;

  /** What is done to the broker. */
  private interface Deed {
    void now() throws Exception;
  }

  @BeforeAll
  static void startBroker() throws Exception {
    broker = new KafkaBroker(brokersFolder).start();
  }

  @BeforeEach
  void haveABroker() throws Exception {
    if (!broker.isRunning()) {
      broker.start();
    }
  }

  @AfterAll
  static void stopBroker() throws Exception {
    broker.close();
  }

  @Test
  void aBrokerThatComesLateGetsEverythingInOrder() throws Exception {
    try (KafkaBroker late = new KafkaBroker(folder.resolve("late"));
        KeptLog log = new KafkaLog(late.address(), Map.of());
        KeptOutlet outlet = new KeptOutlet(folder, TOPIC, log, 16 << 20)) {
      Heard heard = new Heard();
      Following following = log.follow(TOPIC, "reader", Start.WHERE_IT_WAS, heard);
      keep(outlet, 200);
      outlet.keep("end", null).toCompletableFuture().get(10, TimeUnit.SECONDS);
      until("it says what is wrong", 10, () -> outlet.status().contains("201 of"));
      assertTrue(
          outlet.status().contains("no broker") && outlet.status().contains(late.address()),
          outlet.status());
      assertTrue(following.status().contains(late.address()), following.status());
      late.start();
      heard.await(201);
      List<String> lines = heard.lines();
      assertEquals(201, lines.size());
      assertEquals(expected(200), lines.subList(0, 200));
      until("the trouble is over", 20, () -> outlet.status().equals("ok"));
      until("the trouble is over", 20, () -> following.status().equals("ok"));
      assertTrue(longestOfferNanos < 50_000_000, longestOfferNanos + " ns");
    }
  }

  @Test
  void aNameThatNobodyCanResolveIsStatus() throws Exception {
    try (KeptLog log = new KafkaLog("no-such-host.invalid:9092", Map.of());
        KeptOutlet outlet = new KeptOutlet(folder, TOPIC, log, 16 << 20)) {
      Following following = log.follow(TOPIC, "reader", Start.BEGINNING, new Heard());
      outlet.keep("a", Heard.bytes("1")).toCompletableFuture().get(10, TimeUnit.SECONDS);
      until("it says what is wrong", 20, () -> log.status().contains("no broker answers"));
      assertTrue(log.status().contains("no-such-host.invalid:9092"), log.status());
      until(
          "it says what is wrong",
          20,
          () -> outlet.status().contains("1 of training-pairs wait on disk"));
      assertTrue(following.status().contains("no-such-host.invalid"), following.status());
    }
  }

  @Test
  void nothingIsLostAndNothingDoubledWhenTheBrokerIsStoppedAndStarted() throws Exception {
    int doubles = outage("stopped", Map.of(), broker::stop, broker::start);
    assertEquals(0, doubles, "doubled by a broker that ended in order");
  }

  @Test
  void nothingIsLostWhenTheBrokerIsKilledAndStarted() throws Exception {
    outage("killed", Map.of(), broker::kill, broker::start);
  }

  @Test
  void nothingIsLostWhenTheBrokerIsFrozenAndThawed() throws Exception {
    outage("frozen", Map.of(), broker::freeze, broker::thaw);
  }

  @Test
  void nothingIsLostWhenItIsFrozenForLongerThanAnyPatience() throws Exception {
    Map<String, String> impatient =
        Map.of("request.timeout.ms", "700", "delivery.timeout.ms", "1000");
    outage("frozen for long", impatient, broker::freeze, broker::thaw);
  }

  /** Keeps values before, while and after the broker is away; returns how many came twice. */
  private int outage(String name, Map<String, String> settings, Deed leave, Deed comeBack)
      throws Exception {
    KafkaLogTest.deleteTopics(broker.address());
    Heard heard = new Heard();
    try (KeptLog log = new KafkaLog(broker.address(), settings);
        KeptOutlet outlet = new KeptOutlet(folder, TOPIC, log, 16 << 20)) {
      Following following = log.follow(TOPIC, "reader", Start.WHERE_IT_WAS, heard);
      keep(outlet, 100);
      heard.await(50);
      Thread away = new Thread(() -> doNow(leave));
      away.start();
      while (away.isAlive()) {
        keep(outlet, 5);
      }
      // Longer than the broker is given to answer, so that it counts as away.
      for (int i = 0; i < 200; i++) {
        keep(outlet, 5);
      }
      assertTrue(outlet.waiting() > 100, "waiting: " + outlet.waiting());
      until("it says what is wrong", 10, () -> !outlet.status().equals("ok"));
      Thread back = new Thread(() -> doNow(comeBack));
      back.start();
      while (back.isAlive()) {
        keep(outlet, 5);
      }
      keep(outlet, 100);
      until("nothing waits", 60, () -> outlet.waiting() == 0);
      until("all is heard", 30, () -> heard.state().equals(expectedState()));
      until("the trouble is over", 20, () -> following.status().equals("ok"));
      assertEquals(0, outlet.refused());
      System.out.printf(
          "%s: %d kept, %d heard, %d resent, longest offer %.1f ms%n",
          name, kept, heard.count(), outlet.resent(), longestOfferNanos / 1e6);
    }
    assertEquals(new HashSet<>(expected(kept)), new HashSet<>(heard.lines()));
    assertEquals(kept, new HashSet<>(heard.lines()).size());
    if (heard.count() == kept) {
      assertEquals(expected(kept), heard.lines());
    }
    return heard.count() - kept;
  }

  @Test
  void aFollowersPositionSurvivesTheBrokersDeath() throws Exception {
    KafkaLogTest.deleteTopics(broker.address());
    try (KeptLog log = new KafkaLog(broker.address(), Map.of());
        KeptOutlet outlet = new KeptOutlet(folder, TOPIC, log, 16 << 20)) {
      Heard first = new Heard();
      try (Following following = log.follow(TOPIC, "keeper", Start.WHERE_IT_WAS, first)) {
        keep(outlet, 20);
        first.await(20);
        assertEquals(19, following.position());
      }
      broker.kill();
      Heard second = new Heard();
      log.follow(TOPIC, "keeper", Start.WHERE_IT_WAS, second);
      keep(outlet, 10);
      broker.start();
      second.await(10);
      assertEquals(expected(30).subList(20, 30), second.lines());
      Heard all = new Heard();
      log.follow(TOPIC, "player", Start.BEGINNING, all);
      all.await(30);
      assertEquals(expected(30), all.lines());
    }
  }

  @Test
  void whatAProcessHasKeptArrivesAfterItWasKilledBetweenTheDiskAndTheBroker() throws Exception {
    KafkaLogTest.deleteTopics(broker.address());
    broker.kill();
    List<Integer> said = KeepingProcess.keepAndKill(300, folder.toString(), broker.address());
    assertEquals(300, said.size());
    broker.start();
    try (KeptLog log = new KafkaLog(broker.address(), Map.of());
        KeptOutlet outlet = new KeptOutlet(folder, TOPIC, log, 64 << 20)) {
      Heard heard = new Heard();
      log.follow(TOPIC, "reader", Start.BEGINNING, heard);
      long waiting = outlet.waiting();
      assertTrue(waiting >= 300, "waiting: " + waiting);
      heard.await((int) waiting);
      assertEquals(expected((int) waiting), heard.lines());
    }
  }

  @Test
  void whatAProcessHasKeptIsThereAfterItWasKilledWhileItSent() throws Exception {
    KafkaLogTest.deleteTopics(broker.address());
    List<Integer> said = KeepingProcess.keepAndKill(1500, folder.toString(), broker.address());
    assertEquals(1500, said.size());
    try (KeptLog log = new KafkaLog(broker.address(), Map.of());
        KeptOutlet outlet = new KeptOutlet(folder, TOPIC, log, 64 << 20)) {
      until("nothing waits", 60, () -> outlet.waiting() == 0);
      Heard heard = new Heard();
      Following following = log.follow(TOPIC, "reader", Start.BEGINNING, heard);
      until("it has caught up", 30, following::caughtUp);
      List<String> distinct = new ArrayList<>(new java.util.LinkedHashSet<>(heard.lines()));
      assertTrue(distinct.size() >= 1500, distinct.size() + " arrived");
      assertEquals(expected(distinct.size()), distinct);
      System.out.printf(
          "killed while sending: %d arrived, %d of them twice%n",
          distinct.size(), heard.count() - distinct.size());
    }
  }

  private void keep(KeptOutlet outlet, int count) {
    for (int i = 0; i < count; i++) {
      byte[] value = Heard.bytes("v" + kept);
      long begin = System.nanoTime();
      assertTrue(outlet.offer("k" + kept % KEYS, value), outlet.status());
      longestOfferNanos = Math.max(longestOfferNanos, System.nanoTime() - begin);
      kept++;
    }
    LockSupport.parkNanos(20_000_000);
  }

  private static List<String> expected(int count) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lines.add("k" + i % KEYS + "=v" + i);
    }
    return lines;
  }

  private Map<String, String> expectedState() {
    Map<String, String> state = new java.util.HashMap<>();
    for (int i = 0; i < kept; i++) {
      state.put("k" + i % KEYS, "v" + i);
    }
    return state;
  }

  private static void doNow(Deed deed) {
    try {
      deed.now();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
