package org.latentspace.explorer.inlet;

import com.google.protobuf.InvalidProtocolBufferException;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.concurrent.CompletionException;
import org.latentspace.explorer.MappingFlow;
import org.latentspace.explorer.mapping.TaughtMapping.Fitted;
import org.latentspace.explorer.teaching.Refusal;
import org.latentspace.explorer.wire.MappingWire;
import org.latentspace.kept.KeptLog;
import org.latentspace.kept.KeptRecord;
import org.latentspace.kept.Topic;
import org.latentspace.model.ModelFault;
import org.latentspace.proto.ModelEvent;

/** Follows the topic model-versions: mappings that were fitted while nobody listened here. */
@ApplicationScoped
public class VersionInlet {
  private static final String FOLLOWER = "explorer-service";

  @Inject MappingFlow mappings;
  @Inject KeptLog log;

  private KeptLog.Following following;

  /** After the mappings were opened. */
  public void begin() {
    following = log.follow(Topic.MODEL_VERSIONS, FOLLOWER, KeptLog.Start.BEGINNING, this::hear);
  }

  /**
   * Takes a performer's mapping; other events are for others. Throws IllegalArgumentException,
   * which the log counts and skips, for a bad one.
   */
  void hear(KeptRecord record) {
    if (!record.key().startsWith("@") || record.value() == null) {
      return;
    }
    Fitted fitted = fitted(record.value());
    String key = "@" + fitted.performer() + "/" + fitted.version();
    if (!key.equals(record.key())) {
      throw new IllegalArgumentException("holds " + key);
    }
    try {
      mappings.take(fitted).toCompletableFuture().join();
    } catch (CompletionException e) {
      boolean full =
          e.getCause() instanceof Refusal refusal && refusal.kind() == Refusal.Kind.NO_ROOM;
      throw full ? new IllegalArgumentException(e.getCause().getMessage(), e) : e;
    }
  }

  private static Fitted fitted(byte[] value) {
    try {
      ModelEvent event = ModelEvent.parseFrom(value);
      if (!event.hasMapping()) {
        throw new IllegalArgumentException("holds no mapping");
      }
      return MappingWire.fitted(event.getMapping());
    } catch (InvalidProtocolBufferException | ModelFault e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  void close(@Observes ShutdownEvent end) {
    if (following != null) {
      following.close();
    }
  }
}
