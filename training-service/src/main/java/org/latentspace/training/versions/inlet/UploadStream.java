package org.latentspace.training.versions.inlet;

import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.Semaphore;
import org.latentspace.proto.ModelChunk;
import org.latentspace.proto.ModelVersion;
import org.latentspace.training.inlet.Answers;
import org.latentspace.training.storage.NoRoom;
import org.latentspace.training.versions.Versions;
import org.latentspace.training.versions.wire.VersionWire;

/** Takes a model file in, piece by piece; it is stored when all of it is here and sound. */
final class UploadStream implements StreamObserver<ModelChunk> {
  private static final int LARGEST_FILE = 64 << 20;

  private final Versions versions;
  private final Semaphore room;
  private final StreamObserver<ModelVersion> response;
  private final ByteArrayOutputStream file = new ByteArrayOutputStream();
  private ModelVersion description;
  private boolean over;

  /**
   * @param room how many may upload at the same time
   */
  UploadStream(Versions versions, Semaphore room, StreamObserver<ModelVersion> response) {
    this.versions = versions;
    this.room = room;
    this.response = response;
    if (!room.tryAcquire()) {
      over = true;
      response.onError(Answers.status(new NoRoom("others upload just now; try again later")));
    }
  }

  @Override
  public void onNext(ModelChunk chunk) {
    if (over) {
      return;
    }
    String fault = fault(chunk);
    if (fault != null) {
      end();
      response.onError(Answers.status(new IllegalArgumentException(fault)));
      return;
    }
    if (chunk.hasDescription()) {
      description = chunk.getDescription();
    }
    file.writeBytes(chunk.getData().toByteArray());
  }

  private String fault(ModelChunk chunk) {
    if (chunk.hasDescription() == (description != null)) {
      return "the first message, and it alone, has a description: model and version";
    } else if (chunk.getData().size() > ModelInlet.LARGEST_CHUNK) {
      return "data has " + chunk.getData().size() + " bytes, at most 256 KiB";
    } else if (file.size() + chunk.getData().size() > LARGEST_FILE) {
      return "the file has more than 64 MB";
    }
    return null;
  }

  @Override
  public void onCompleted() {
    if (over) {
      return;
    }
    end();
    Answers.answer(response, this::store);
  }

  private ModelVersion store() {
    if (description == null) {
      throw new IllegalArgumentException("the description is missing: model and version");
    }
    byte[] bytes = file.toByteArray();
    return VersionWire.version(
        versions.bringIn(
            description.getModel(),
            description.getVersion(),
            description.getSha256(),
            bytes,
            System.currentTimeMillis()));
  }

  @Override
  public void onError(Throwable gone) {
    end();
  }

  private void end() {
    if (!over) {
      over = true;
      room.release();
    }
  }
}
