package org.latentspace.training.versions.inlet;

import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.Semaphore;
import org.latentspace.proto.ModelChunk;
import org.latentspace.proto.ModelVersion;
import org.latentspace.training.inlet.RequestStream;
import org.latentspace.training.versions.Versions;
import org.latentspace.training.versions.wire.VersionWire;

/** Takes a model file in, piece by piece; it is stored when all of it is here and sound. */
final class UploadStream extends RequestStream<ModelChunk, ModelVersion> {
  private static final int LARGEST_FILE = 64 << 20;

  private final Versions versions;
  private final ByteArrayOutputStream file = new ByteArrayOutputStream();
  private ModelVersion description;

  /**
   * @param room how many may upload at the same time
   */
  UploadStream(Versions versions, Semaphore room, StreamObserver<ModelVersion> response) {
    super(response, Runnable::run, room, "others upload just now; try again later");
    this.versions = versions;
  }

  @Override
  protected void take(ModelChunk chunk) {
    if (chunk.hasDescription() == (description != null)) {
      throw new IllegalArgumentException(
          "the first message, and it alone, has a description: model and version");
    } else if (chunk.getData().size() > ModelInlet.LARGEST_CHUNK) {
      throw new IllegalArgumentException(
          "data has " + chunk.getData().size() + " bytes, at most 256 KiB");
    } else if (file.size() + chunk.getData().size() > LARGEST_FILE) {
      throw new IllegalArgumentException("the file has more than 64 MB");
    }
    if (chunk.hasDescription()) {
      description = chunk.getDescription();
    }
    file.writeBytes(chunk.getData().toByteArray());
  }

  @Override
  protected ModelVersion finish() {
    if (description == null) {
      throw new IllegalArgumentException("the description is missing: model and version");
    }
    return VersionWire.version(
        versions.bringIn(
            description.getModel(),
            description.getVersion(),
            description.getSha256(),
            file.toByteArray(),
            System.currentTimeMillis()));
  }
}
