package org.latentspace.training.fit;

import java.util.concurrent.CompletionStage;

/** Names and publishes fitted mappings. */
public interface MappingListener {
  /** A name that sorts after all that were made before, and is never made again. */
  String name(long nowMillis);

  /** Completes when the mapping is on the disk, from where it goes into the log. */
  CompletionStage<Void> published(Mapping mapping);
}
