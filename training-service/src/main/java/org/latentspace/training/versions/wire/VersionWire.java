package org.latentspace.training.versions.wire;

import com.google.protobuf.util.Timestamps;
import org.latentspace.proto.Activation;
import org.latentspace.proto.ModelEvent;
import org.latentspace.proto.ModelVersion;
import org.latentspace.training.versions.Version;
import org.latentspace.training.versions.Versions;

/** Says in the words of the contract which versions there are, and which plays. */
public final class VersionWire {
  private VersionWire() {}

  public static ModelVersion version(Version version) {
    return ModelVersion.newBuilder()
        .setModel(version.model())
        .setVersion(version.name())
        .setSha256(version.sha256())
        .setBytes(version.bytes())
        .setCreatedAt(Timestamps.fromMillis(version.createdMillis()))
        .setJob(version.job())
        .setContinuedFrom(version.continuedFrom())
        .setScoreCardJson(version.scoreCard())
        .putAllProvenance(version.provenance())
        .build();
  }

  public static Activation activation(Versions.Activation activation) {
    return Activation.newBuilder()
        .setModel(activation.model())
        .setVersion(activation.version())
        .setPrevious(activation.previous())
        .setActivatedAt(Timestamps.fromMillis(activation.activatedMillis()))
        .setReason(activation.reason())
        .setSha256(activation.sha256())
        .setBytes(activation.bytes())
        .build();
  }

  /** A version as the topic model-versions keeps it. */
  public static byte[] event(Version version) {
    return ModelEvent.newBuilder().setPublished(version(version)).build().toByteArray();
  }

  public static byte[] event(Versions.Activation activation) {
    return ModelEvent.newBuilder().setActivated(activation(activation)).build().toByteArray();
  }
}
