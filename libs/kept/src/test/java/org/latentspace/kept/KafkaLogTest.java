package org.latentspace.kept;

import static org.latentspace.wire.Until.until;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The log in a real broker keeps what every log keeps. */
class KafkaLogTest extends KeptLogContract {
  @TempDir private static Path brokersFolder;
  private static KafkaBroker broker;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = new KafkaBroker(brokersFolder).start();
  }

  @AfterAll
  static void stopBroker() throws Exception {
    broker.close();
  }

  @Override
  protected KeptLog open() {
    return new KafkaLog(broker.address(), Map.of());
  }

  @Override
  protected void empty() throws Exception {
    deleteTopics(broker.address());
  }

  /** Deletes every topic of ours, and with them the groups' positions. */
  static void deleteTopics(String address) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
      Set<String> there = admin.listTopics().names().get(10, TimeUnit.SECONDS);
      admin.deleteTopics(there).all().get(10, TimeUnit.SECONDS);
      until("the topics are gone", 10, () -> names(admin).isEmpty());
    }
  }

  private static Set<String> names(Admin admin) {
    try {
      return admin.listTopics().names().get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      return Set.of("?");
    }
  }
}
