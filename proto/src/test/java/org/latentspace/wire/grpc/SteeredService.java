package org.latentspace.wire.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.latentspace.proto.Echo;
import org.latentspace.proto.ExplorerServiceGrpc;
import org.latentspace.proto.ExplorerSettings;
import org.latentspace.proto.FeatureFrame;
import org.latentspace.proto.GetSettingsRequest;
import org.latentspace.proto.PlaceRequest;
import org.latentspace.proto.WatchRequest;

/** A service whose answers a test steers. */
final class SteeredService extends ExplorerServiceGrpc.ExplorerServiceImplBase {
  final List<StreamObserver<Echo>> watching = new CopyOnWriteArrayList<>();
  final List<StreamObserver<Echo>> gone = new CopyOnWriteArrayList<>();
  final List<String> named = new CopyOnWriteArrayList<>();
  final AtomicInteger settings = new AtomicInteger();
  final AtomicInteger waiting = new AtomicInteger();
  final AtomicInteger placed = new AtomicInteger();
  final AtomicInteger frames = new AtomicInteger();
  final CountDownLatch goOn = new CountDownLatch(1);
  volatile boolean stuck;
  volatile FeatureFrame last;
  volatile String thread;
  volatile StreamObserver<Echo> explorer;

  @Override
  public void watch(WatchRequest request, StreamObserver<Echo> answer) {
    ((ServerCallStreamObserver<Echo>) answer)
        .setOnCancelHandler(
            () -> {
              gone.add(answer);
              watching.remove(answer);
            });
    watching.add(answer);
    named.add(request.getPerformer());
  }

  @Override
  public void getSettings(GetSettingsRequest request, StreamObserver<ExplorerSettings> answer) {
    settings.incrementAndGet();
    answer.onNext(ExplorerSettings.getDefaultInstance());
    answer.onCompleted();
  }

  @Override
  public void place(PlaceRequest request, StreamObserver<ExplorerSettings> answer) {
    waiting.incrementAndGet();
    await();
    placed.incrementAndGet();
    answer.onNext(ExplorerSettings.getDefaultInstance());
    answer.onCompleted();
  }

  @Override
  public StreamObserver<FeatureFrame> explore(StreamObserver<Echo> back) {
    explorer = back;
    return new StreamObserver<>() {
      @Override
      public void onNext(FeatureFrame frame) {
        last = frame;
        thread = Thread.currentThread().getName();
        frames.incrementAndGet();
        if (stuck) {
          await();
        }
      }

      @Override
      public void onError(Throwable fault) {}

      @Override
      public void onCompleted() {
        back.onCompleted();
      }
    };
  }

  private void await() {
    try {
      goOn.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
