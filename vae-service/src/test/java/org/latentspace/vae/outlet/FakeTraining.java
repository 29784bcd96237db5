package org.latentspace.vae.outlet;

import com.google.protobuf.ByteString;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.latentspace.proto.LibraryEntry;
import org.latentspace.proto.LibraryRequest;
import org.latentspace.proto.ModelChunk;
import org.latentspace.proto.ModelServiceGrpc;
import org.latentspace.proto.ModelVersion;
import org.latentspace.proto.VersionRequest;

/** Plays training-service's ModelService for a test. */
public final class FakeTraining extends ModelServiceGrpc.ModelServiceImplBase
    implements AutoCloseable {
  private static final int CHUNK = 1 << 16;

  public final Map<String, byte[]> files = new ConcurrentHashMap<>();

  public final List<LibraryEntry> library = new CopyOnWriteArrayList<>();
  public final List<LibraryRequest> requests = new CopyOnWriteArrayList<>();

  /** Sends so many chunks and then no more: -1: all. */
  volatile int chunks = -1;

  private Server server;

  public FakeTraining() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
            .addService(this)
            .build()
            .start();
  }

  public int port() {
    return server.getPort();
  }

  @Override
  public void download(VersionRequest request, StreamObserver<ModelChunk> response) {
    byte[] file = files.get(request.getModel() + "/" + request.getVersion());
    if (file == null) {
      response.onError(
          Status.NOT_FOUND.withDescription("no " + request.getVersion()).asRuntimeException());
      return;
    }
    response.onNext(
        ModelChunk.newBuilder()
            .setDescription(ModelVersion.newBuilder().setBytes(file.length))
            .build());
    int sent = 0;
    for (int at = 0; at < file.length; at += CHUNK) {
      if (sent++ == chunks) {
        return;
      }
      int length = Math.min(CHUNK, file.length - at);
      response.onNext(
          ModelChunk.newBuilder().setData(ByteString.copyFrom(file, at, length)).build());
    }
    response.onCompleted();
  }

  @Override
  public void library(LibraryRequest request, StreamObserver<LibraryEntry> response) {
    requests.add(request);
    library.forEach(response::onNext);
    response.onCompleted();
  }

  @Override
  public void close() {
    server.shutdownNow();
    try {
      // Gone for its clients too, which else still hear of streams that it cancels.
      server.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
