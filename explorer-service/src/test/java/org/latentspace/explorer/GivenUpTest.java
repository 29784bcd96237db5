package org.latentspace.explorer;

import static org.latentspace.wire.Until.until;

import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.latentspace.explorer.wire.ExplorerEchoes;
import org.latentspace.proto.ExplorerServiceGrpc;
import org.latentspace.proto.WatchRequest;
import org.latentspace.wire.grpc.GrpcServer;

/** Calls that are given up over a real port, in the same application as the other tests. */
@QuarkusTest
@QuarkusTestResource(FakeVae.class)
class GivenUpTest {
  @Inject GrpcServer grpc;
  @Inject ExplorerEchoes echoes;

  private ManagedChannel channel;

  @BeforeEach
  void call() {
    channel = ManagedChannelBuilder.forAddress("127.0.0.1", grpc.port()).usePlaintext().build();
  }

  @AfterEach
  void hangUp() throws InterruptedException {
    channel.shutdownNow();
    channel.awaitTermination(5, TimeUnit.SECONDS);
  }

  @Test
  void theirPlacesAreFreeWhenWatchersHaveGone() {
    List<Context.CancellableContext> watchers = new ArrayList<>();
    int most = 32;
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < most; i++) {
        Context.CancellableContext watcher = Context.current().withCancellation();
        watchers.add(watcher);
        watcher.run(
            () ->
                ExplorerServiceGrpc.newStub(channel)
                    .watch(WatchRequest.getDefaultInstance(), new EchoListener()));
      }
      until("all of them watch", () -> echoes.watchers().count() == most);
      watchers.forEach(watcher -> watcher.cancel(null));
      until("nobody watches", () -> echoes.watchers().count() == 0);
    }
  }
}
