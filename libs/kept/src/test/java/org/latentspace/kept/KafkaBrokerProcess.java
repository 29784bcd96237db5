package org.latentspace.kept;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.Kafka;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;

/** The main class of {@link KafkaBroker}'s child process: formats its folder, then is a broker. */
public final class KafkaBrokerProcess {
  private KafkaBrokerProcess() {}

  /**
   * @param args the file of the broker's settings
   */
  public static void main(String[] args) throws Exception {
    Properties settings = new Properties();
    try (var in = Files.newInputStream(Path.of(args[0]))) {
      settings.load(in);
    }
    String data = settings.getProperty("log.dirs");
    if (!Files.exists(Path.of(data, "meta.properties"))) {
      Formatter formatter = new Formatter();
      formatter.setClusterId(Uuid.randomUuid().toString());
      formatter.setNodeId(Integer.parseInt(settings.getProperty("node.id")));
      formatter.setControllerListenerName(settings.getProperty("controller.listener.names"));
      formatter.setMetadataLogDirectory(data);
      formatter.addDirectory(data);
      formatter.run();
    }
    endWithTheParent();
    Kafka.main(args);
  }

  private static void endWithTheParent() {
    Thread watch =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {
                  // Nobody writes; the end of the file is the end of the parent.
                }
              } catch (java.io.IOException e) {
                // The same.
              }
              Runtime.getRuntime().halt(1);
            },
            "parent");
    watch.setDaemon(true);
    watch.start();
  }
}
