package org.latentspace.training.fit.inlet;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.function.Supplier;
import org.latentspace.proto.FitProgress;
import org.latentspace.proto.FitRequest;
import org.latentspace.proto.FitServiceGrpc;
import org.latentspace.proto.FitState;
import org.latentspace.training.fit.Fit;
import org.latentspace.training.fit.FitQueue;
import org.latentspace.training.fit.Mapping;
import org.latentspace.training.fit.wire.FitWire;
import org.latentspace.training.inlet.Answers;

/** The gRPC service that fits a mapping to taught pairs. */
@Singleton
public class FitInlet extends FitServiceGrpc.FitServiceImplBase {
  @Inject FitQueue queue;

  @Override
  public void fit(FitRequest request, StreamObserver<FitProgress> response) {
    FitStream.begin(queue, () -> FitSpecs.read(request), response);
  }

  /**
   * Streams the progress of a fit to one caller, at most 20 times a second, the rest dropped. A
   * caller that goes away cancels the fit.
   */
  private static final class FitStream implements Fit.Listener {
    private static final long APART_NANOS = 50_000_000;

    private final ServerCallStreamObserver<FitProgress> response;
    // All guarded by this.
    private Fit fit;
    private boolean over;
    private boolean told;
    private long toldNanos;

    private FitStream(StreamObserver<FitProgress> response) {
      this.response = (ServerCallStreamObserver<FitProgress>) response;
    }

    /** To be called within the call's own method. */
    static void begin(
        FitQueue queue, Supplier<Fit.Spec> ask, StreamObserver<FitProgress> response) {
      FitStream stream = new FitStream(response);
      stream.response.setOnCancelHandler(() -> stream.leave(queue));
      try {
        stream.follow(queue, queue.ask(ask.get(), stream));
      } catch (RuntimeException refusal) {
        stream.refused(refusal);
      }
    }

    private void follow(FitQueue queue, Fit begun) {
      boolean gone;
      synchronized (this) {
        fit = begun;
        gone = over && response.isCancelled();
      }
      if (gone) {
        queue.cancel(begun);
      }
    }

    private void leave(FitQueue queue) {
      Fit left;
      synchronized (this) {
        over = true;
        left = fit;
      }
      if (left != null) {
        queue.cancel(left);
      }
    }

    @Override
    public void waiting(String what) {
      FitProgress.Builder message = message(FitState.FIT_STATE_WAITING);
      tell(message.setMessage("waits " + what).build());
    }

    @Override
    public synchronized void running(int epoch, int epochs, double loss) {
      long now = System.nanoTime();
      if (!response.isReady() || (told && now - toldNanos < APART_NANOS)) {
        return;
      }
      told = true;
      toldNanos = now;
      FitProgress.Builder message = message(FitState.FIT_STATE_RUNNING);
      tell(message.setEpoch(epoch).setEpochs(epochs).setLoss(loss).build());
    }

    @Override
    public void done(Mapping mapping, String remark) {
      FitProgress.Builder message = message(FitState.FIT_STATE_DONE);
      message.setEpoch(mapping.plan().epochs()).setEpochs(mapping.plan().epochs());
      message.setLoss(mapping.result().loss()).setMessage(remark);
      last(message.setVersion(FitWire.mapping(mapping)).build());
    }

    @Override
    public void failed(String reason) {
      last(message(FitState.FIT_STATE_FAILED).setMessage(reason).build());
    }

    private synchronized void refused(RuntimeException reason) {
      if (!over) {
        over = true;
        response.onError(Answers.status(reason));
      }
    }

    private static FitProgress.Builder message(FitState state) {
      return FitProgress.newBuilder().setState(state);
    }

    private synchronized void tell(FitProgress message) {
      if (!over) {
        response.onNext(message);
      }
    }

    private synchronized void last(FitProgress message) {
      tell(message);
      if (!over) {
        over = true;
        response.onCompleted();
      }
    }
  }
}
