package org.latentspace.kept;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The log in the broker's official image keeps what every log keeps. Needs a Docker engine that has
 * the image already ({@code docker pull apache/kafka:4.0.0}, or another named by KAFKA_IMAGE);
 * elsewhere it is skipped at once and says why. Without access to a registry set
 * TESTCONTAINERS_RYUK_DISABLED and TESTCONTAINERS_CHECKS_DISABLE to true; an engine before 25 wants
 * -Dapi.version=1.41.
 */
@Timeout(120)
class ContainerKafkaLogTest extends KeptLogContract {
  private static final String IMAGE =
      System.getenv().getOrDefault("KAFKA_IMAGE", "apache/kafka:4.0.0");
  private static KafkaContainer broker;

  @BeforeAll
  static void startBroker() {
    skipUnless(engineAnswers(), "no Docker engine answers");
    skipUnless(DockerClientFactory.instance().isDockerAvailable(), "no Docker engine can be used");
    skipUnless(hasImage(), "the Docker engine does not have the image " + IMAGE);
    DockerImageName image = DockerImageName.parse(IMAGE).asCompatibleSubstituteFor("apache/kafka");
    broker = new KafkaContainer(image);
    broker.start();
  }

  @AfterAll
  static void stopBroker() {
    if (broker != null) {
      broker.stop();
    }
  }

  @Override
  protected KeptLog open() {
    return new KafkaLog(broker.getBootstrapServers(), Map.of());
  }

  @Override
  protected void empty() throws Exception {
    KafkaLogTest.deleteTopics(broker.getBootstrapServers());
  }

  private static void skipUnless(boolean condition, String why) {
    if (!condition) {
      System.out.println("ContainerKafkaLogTest skipped: " + why);
    }
    Assumptions.assumeTrue(condition, "skipped: " + why);
  }

  /**
   * Testcontainers looks in many places and takes its time: a socket that is not there is enough.
   */
  private static boolean engineAnswers() {
    String host = System.getenv().getOrDefault("DOCKER_HOST", "unix:///var/run/docker.sock");
    if (!host.startsWith("unix://")) {
      return true;
    }
    Path socket = Path.of(host.substring("unix://".length()));
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return channel.connect(UnixDomainSocketAddress.of(socket));
    } catch (java.io.IOException e) {
      return false;
    }
  }

  private static boolean hasImage() {
    try {
      DockerClientFactory.lazyClient().inspectImageCmd(IMAGE).exec();
      return true;
    } catch (com.github.dockerjava.api.exception.NotFoundException e) {
      return false;
    }
  }
}
