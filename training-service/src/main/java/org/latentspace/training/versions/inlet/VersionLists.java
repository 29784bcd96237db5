package org.latentspace.training.versions.inlet;

import org.latentspace.proto.ListVersionsReply;
import org.latentspace.proto.ModelVersion;
import org.latentspace.training.data.Page;
import org.latentspace.training.versions.ModelNames;
import org.latentspace.training.versions.Version;
import org.latentspace.training.versions.Versions;
import org.latentspace.training.versions.wire.VersionWire;

/** Lists versions, with what is wrong with damaged ones. */
final class VersionLists {
  private static final String DAMAGED = "damaged";

  private VersionLists() {}

  /** Every version of a model, or of all; where there are too many, the older ones in short. */
  static ListVersionsReply list(Versions versions, String model) {
    ListVersionsReply.Builder reply = ListVersionsReply.newBuilder();
    int room = Page.MOST_BYTES;
    for (String each :
        model.isEmpty() ? versions.store().models() : java.util.List.of(ModelNames.model(model))) {
      for (Version version : versions.store().list(each)) {
        ModelVersion message = version(versions, version);
        room -= message.getSerializedSize();
        reply.addVersions(room > 0 ? message : shortly(message));
      }
      versions.active(each).map(VersionWire::activation).ifPresent(reply::addActive);
    }
    return reply.build();
  }

  /** A version; one that is damaged says so in its provenance. */
  static ModelVersion version(Versions versions, Version version) {
    ModelVersion.Builder message = VersionWire.version(version).toBuilder();
    String fault = versions.damaged().get(version.key());
    if (fault != null) {
      message.putProvenance(DAMAGED, fault);
    }
    return message.build();
  }

  private static ModelVersion shortly(ModelVersion message) {
    ModelVersion.Builder shorter = message.toBuilder().clearScoreCardJson().clearProvenance();
    if (message.containsProvenance(DAMAGED)) {
      shorter.putProvenance(DAMAGED, message.getProvenanceOrThrow(DAMAGED));
    }
    return shorter.build();
  }
}
