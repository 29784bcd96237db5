package org.latentspace.kept;

import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Gives the services what they need at a broker that allows nothing by default: to make, read and
 * write the topics, and to keep their positions. They may delete or change none.
 */
public final class KafkaRights {
  private static final String SERVICES = "User:services";

  private KafkaRights() {}

  /**
   * @param args HOST:PORT of the broker, and a file of the client settings of one who may do all
   */
  public static void main(String[] args) throws Exception {
    Properties settings = new Properties();
    try (Reader file = Files.newBufferedReader(Path.of(args[1]))) {
      settings.load(file);
    }
    settings.setProperty(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, args[0]);
    try {
      give(settings);
    } catch (ExecutionException e) {
      System.err.println("the rights at " + args[0] + " are not given: " + e.getCause());
      System.exit(1);
    }
  }

  /** Returns when the broker knows them; what it knew already stays. */
  static void give(Map<?, ?> settings) throws ExecutionException, InterruptedException {
    List<AclBinding> rights = new ArrayList<>();
    for (Topic topic : Topic.values()) {
      ResourcePattern ofTopic =
          new ResourcePattern(ResourceType.TOPIC, topic.topicName(), PatternType.LITERAL);
      for (AclOperation what :
          List.of(
              AclOperation.CREATE, AclOperation.DESCRIBE, AclOperation.READ, AclOperation.WRITE)) {
        rights.add(right(ofTopic, what));
      }
    }
    ResourcePattern groups =
        new ResourcePattern(ResourceType.GROUP, KafkaSettings.GROUPS, PatternType.PREFIXED);
    rights.add(right(groups, AclOperation.READ));
    rights.add(right(groups, AclOperation.DESCRIBE));
    Properties own = new Properties();
    own.putAll(settings);
    try (Admin admin = Admin.create(own)) {
      admin.createAcls(rights).all().get();
    }
  }

  private static AclBinding right(ResourcePattern what, AclOperation operation) {
    return new AclBinding(
        what, new AccessControlEntry(SERVICES, "*", operation, AclPermissionType.ALLOW));
  }
}
