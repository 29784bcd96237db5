package org.latentspace.training.versions.outlet;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.latentspace.proto.ModelEvent;
import org.latentspace.training.versions.ModelActivation;
import org.latentspace.training.versions.Version;
import org.latentspace.training.versions.VersionListener;
import org.latentspace.training.versions.wire.VersionWire;
import org.latentspace.wire.kept.KeptOutlet;
import org.latentspace.wire.kept.KeptOutlets;
import org.latentspace.wire.kept.Topic;

/** Publishes versions, and which of them plays, in the topic model-versions. */
@Singleton
public class VersionOutlet implements VersionListener {
  private final KeptOutlet topic;

  @Inject
  VersionOutlet(KeptOutlets outlets) {
    topic = outlets.open(Topic.MODEL_VERSIONS);
  }

  @Override
  public CompletionStage<Void> published(Version version) {
    return topic.keep(
        version.key(),
        ModelEvent.newBuilder().setPublished(VersionWire.version(version)).build().toByteArray());
  }

  @Override
  public CompletionStage<Void> deleted(String model, String version) {
    return topic.keep(model + "/" + version, null);
  }

  @Override
  public CompletionStage<Void> activated(ModelActivation activation) {
    return topic.keep(
        activation.model() + "/active",
        ModelEvent.newBuilder()
            .setActivated(VersionWire.activation(activation))
            .build()
            .toByteArray());
  }

  @Override
  public void whenLost(Supplier<CompletionStage<Integer>> tellAll) {
    topic.store(tellAll::get);
  }
}
