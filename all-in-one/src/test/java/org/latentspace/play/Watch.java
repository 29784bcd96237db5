package org.latentspace.play;

import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import org.latentspace.proto.Echo;
import org.latentspace.proto.ExplorerServiceGrpc;
import org.latentspace.proto.WatchRequest;

/** Watches a performer's path, at most 30 echoes a second. */
final class Watch implements StreamObserver<Echo> {
  // Guarded by this.
  private final List<Echo> echoes = new ArrayList<>();

  Watch(ManagedChannel channel, String performer) {
    ExplorerServiceGrpc.newStub(channel)
        .watch(WatchRequest.newBuilder().setPerformer(performer).build(), this);
  }

  synchronized void forget() {
    echoes.clear();
  }

  synchronized List<Echo> seen() {
    return List.copyOf(echoes);
  }

  @Override
  public synchronized void onNext(Echo echo) {
    echoes.add(echo);
  }

  @Override
  public void onError(Throwable fault) {
    // The channel is closed.
  }

  @Override
  public void onCompleted() {
    // What was seen was seen.
  }
}
