package org.latentspace.training.versions.wire;

import com.google.protobuf.Timestamp;
import org.latentspace.proto.Activation;
import org.latentspace.proto.ModelVersion;
import org.latentspace.training.versions.Version;

/** Says in the words of the contract which versions there are, and which plays. */
public final class VersionWire {
  private VersionWire() {}

  public static ModelVersion version(Version version) {
    return ModelVersion.newBuilder()
        .setModel(version.model())
        .setVersion(version.name())
        .setSha256(version.sha256())
        .setBytes(version.bytes())
        .setCreatedAt(time(version.createdMillis()))
        .setJob(version.job())
        .setContinuedFrom(version.continuedFrom())
        .setScoreCardJson(version.scoreCard())
        .putAllProvenance(version.provenance())
        .build();
  }

  public static Activation activation(
      org.latentspace.training.versions.ModelActivation activation) {
    return Activation.newBuilder()
        .setModel(activation.model())
        .setVersion(activation.version())
        .setPrevious(activation.previous())
        .setActivatedAt(time(activation.activatedMillis()))
        .setReason(activation.reason())
        .setSha256(activation.sha256())
        .setBytes(activation.bytes())
        .build();
  }

  private static Timestamp time(long millis) {
    return Timestamp.newBuilder()
        .setSeconds(Math.floorDiv(millis, 1000))
        .setNanos((int) Math.floorMod(millis, 1000L) * 1_000_000)
        .build();
  }
}
