package org.latentspace.training.fit.outlet;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.latentspace.kept.KeptId;
import org.latentspace.kept.KeptOutlet;
import org.latentspace.kept.KeptOutlets;
import org.latentspace.kept.Topic;
import org.latentspace.proto.ModelEvent;
import org.latentspace.training.data.DataConfig;
import org.latentspace.training.fit.Mapping;
import org.latentspace.training.fit.wire.FitWire;
import org.latentspace.training.storage.StoredFile;

/** Publishes fitted mappings in the topic model-versions, and names them. */
@Singleton
public class MappingOutlet {
  private static final Logger LOG = Logger.getLogger(MappingOutlet.class);

  private final KeptOutlet topic;
  private final Path newest;
  private final RandomGenerator chance = new SecureRandom();
  private long lastMillis;

  @Inject
  MappingOutlet(KeptOutlets outlets, DataConfig config) {
    this(
        outlets.open(Topic.MODEL_VERSIONS),
        Path.of(config.dataDir()).toAbsolutePath().resolve("fits").resolve("newest"));
  }

  MappingOutlet(KeptOutlet topic, Path newest) {
    this.topic = topic;
    this.newest = newest;
  }

  /**
   * A name that is never made again. Later ones sort later, also when the clock was set back, or
   * the service was begun anew.
   */
  public synchronized String name(long nowMillis) {
    if (lastMillis == 0) {
      lastMillis = StoredFile.readNumber(newest);
    }
    lastMillis = Math.max(lastMillis + 1, nowMillis);
    return KeptId.make(lastMillis, chance);
  }

  /** Completes when the mapping is on the disk, from where it goes into the log. */
  public CompletionStage<Void> publish(Mapping mapping) {
    byte[] value =
        ModelEvent.newBuilder().setMapping(FitWire.mapping(mapping)).build().toByteArray();
    CompletionStage<Void> kept =
        topic.keep("@" + mapping.performer() + "/" + mapping.version(), value);
    // Beside the answer, not before it.
    kept.thenRunAsync(this::write);
    return kept;
  }

  private synchronized void write() {
    try {
      StoredFile.writeNumber(newest, lastMillis);
    } catch (UncheckedIOException broken) {
      LOG.warn(broken.getMessage());
    }
  }
}
