package org.latentspace.vae.inlet;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.latentspace.kept.KeptLog;
import org.latentspace.kept.KeptRecord;
import org.latentspace.kept.Topic;
import org.latentspace.proto.Activation;
import org.latentspace.proto.ModelEvent;
import org.latentspace.vae.versions.ModelActivation;
import org.latentspace.vae.versions.VersionFollower;
import org.latentspace.vae.versions.VersionThread;

/** Follows the topic model-versions: which version is to play. */
@ApplicationScoped
public class VersionInlet {
  private static final String FOLLOWER = "vae-service";

  @Inject VersionFollower versions;
  @Inject VersionThread thread;
  @Inject KeptLog log;

  private KeptLog.Following following;

  /** Reads the topic from its beginning, and goes on. */
  public void open() {
    following = log.follow(Topic.MODEL_VERSIONS, FOLLOWER, KeptLog.Start.BEGINNING, this::follow);
    versions.readWhen(following::caughtUp);
  }

  /** Throws IllegalArgumentException, which the log counts and skips, for what is no event. */
  void follow(KeptRecord record) {
    if (record.value() == null) {
      return;
    }
    ModelActivation activated = activated(record.value());
    if (activated != null) {
      versions.follow(activated, System.nanoTime());
      thread.wake();
    }
  }

  /** The activation that a record says, or null for another event. */
  static ModelActivation activated(byte[] value) {
    ModelEvent event;
    try {
      event = ModelEvent.parseFrom(value);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("is no ModelEvent: " + e.getMessage(), e);
    }
    if (!event.hasActivated()) {
      return null;
    }
    Activation said = event.getActivated();
    return new ModelActivation(
        said.getModel(),
        said.getVersion(),
        said.getSha256(),
        said.getBytes(),
        nanos(said.getActivatedAt()));
  }

  private static long nanos(Timestamp time) {
    long seconds = Math.max(0, Math.min(time.getSeconds(), Long.MAX_VALUE / 2_000_000_000L));
    return seconds * 1_000_000_000L + time.getNanos();
  }

  /** "ok", or the status of the log. */
  public String status() {
    return following == null ? "not followed" : following.status();
  }

  /** Reads no more. */
  public void close() {
    if (following != null) {
      following.close();
    }
  }
}
