package org.latentspace.training;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.latentspace.proto.ModelChunk;
import org.latentspace.proto.ModelServiceGrpc;
import org.latentspace.proto.ModelVersion;

/** Brings model files in over gRPC, as a client would. */
final class Uploads {
  private static final int CHUNK = 200_000;

  private Uploads() {}

  /**
   * @param key model/version
   */
  static ModelVersion upload(ManagedChannel channel, String key, String sha256, byte[] file)
      throws Exception {
    CompletableFuture<ModelVersion> stored = new CompletableFuture<>();
    StreamObserver<ModelChunk> stream =
        ModelServiceGrpc.newStub(channel).upload(new Answer(stored));
    int slash = key.indexOf('/');
    ModelVersion.Builder described =
        ModelVersion.newBuilder()
            .setModel(key.substring(0, slash))
            .setVersion(key.substring(slash + 1))
            .setSha256(sha256);
    stream.onNext(ModelChunk.newBuilder().setDescription(described).build());
    for (int at = 0; at < file.length; at += CHUNK) {
      ByteString data = ByteString.copyFrom(file, at, Math.min(CHUNK, file.length - at));
      stream.onNext(ModelChunk.newBuilder().setData(data).build());
    }
    stream.onCompleted();
    try {
      return stored.get(30, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      throw (Exception) failed.getCause();
    }
  }

  private record Answer(CompletableFuture<ModelVersion> stored)
      implements StreamObserver<ModelVersion> {
    @Override
    public void onNext(ModelVersion version) {
      stored.complete(version);
    }

    @Override
    public void onError(Throwable fault) {
      stored.completeExceptionally(fault);
    }

    @Override
    public void onCompleted() {}
  }
}
