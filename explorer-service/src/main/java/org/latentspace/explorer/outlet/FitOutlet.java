package org.latentspace.explorer.outlet;

import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.latentspace.explorer.teaching.FitOrder;
import org.latentspace.explorer.teaching.FitOrder.FitStatus;
import org.latentspace.explorer.teaching.Refusal;
import org.latentspace.explorer.wire.MappingWire;
import org.latentspace.model.ModelFault;
import org.latentspace.proto.FitProgress;
import org.latentspace.proto.FitRequest;
import org.latentspace.proto.FitServiceGrpc;
import org.latentspace.wire.NeighbourLine;

/** Has mappings fitted by training-service, and never waits for it. */
@ApplicationScoped
public class FitOutlet {
  private static final long LONGEST_HOURS = 1;

  private volatile NeighbourLine training;

  /** Where training-service is; it is called with the first fit. */
  public void open(String host, int port) {
    training = new NeighbourLine("training-service", host, port);
  }

  /**
   * Asks for a fit; the listener is told of it on gRPC's threads.
   *
   * @return takes the fit back
   */
  public Runnable fit(FitOrder order, Consumer<FitStatus> listener) {
    Answers answers = new Answers(listener);
    FitServiceGrpc.newStub(training.channel())
        .withDeadlineAfter(LONGEST_HOURS, TimeUnit.HOURS)
        .fit(MappingWire.request(order), answers);
    return answers;
  }

  void end(@Observes ShutdownEvent end) {
    close();
  }

  void close() {
    NeighbourLine line = training;
    if (line != null) {
      line.close();
    }
  }

  /** Reads the answers of one fit. */
  private final class Answers implements ClientResponseObserver<FitRequest, FitProgress>, Runnable {
    private final Consumer<FitStatus> listener;
    private volatile ClientCallStreamObserver<FitRequest> call;
    private volatile boolean over;

    Answers(Consumer<FitStatus> listener) {
      this.listener = listener;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<FitRequest> begun) {
      call = begun;
    }

    /** Takes the fit back. */
    @Override
    public void run() {
      over = true;
      call.cancel("taken back", null);
    }

    @Override
    public void onNext(FitProgress progress) {
      if (over) {
        return;
      }
      FitStatus status = status(progress);
      // A state of a later training-service: the last one is known.
      if (status != null) {
        over = status.isEnd();
        listener.accept(status);
      }
    }

    private static FitStatus status(FitProgress progress) {
      return switch (progress.getState()) {
        case FIT_STATE_WAITING -> FitStatus.waiting(progress.getMessage());
        case FIT_STATE_RUNNING ->
            FitStatus.running(progress.getEpoch(), progress.getEpochs(), progress.getLoss());
        case FIT_STATE_DONE -> done(progress);
        case FIT_STATE_FAILED -> FitStatus.failed(progress.getMessage());
        default -> null;
      };
    }

    private static FitStatus done(FitProgress progress) {
      try {
        return FitStatus.done(MappingWire.fitted(progress.getVersion()), progress.getMessage());
      } catch (ModelFault mistake) {
        return FitStatus.failed(mistake.getMessage());
      }
    }

    @Override
    public void onError(Throwable fault) {
      if (!over) {
        over = true;
        listener.accept(FitStatus.refused(refusal(Status.fromThrowable(fault))));
      }
    }

    @Override
    public void onCompleted() {
      if (!over) {
        over = true;
        listener.accept(FitStatus.refused(away("ended without an answer")));
      }
    }

    private RuntimeException refusal(Status status) {
      String why = status.getDescription() == null ? "" : status.getDescription();
      return switch (status.getCode()) {
        case UNAVAILABLE, CANCELLED, UNIMPLEMENTED ->
            away(why.isEmpty() ? status.getCode().toString() : why);
        case DEADLINE_EXCEEDED -> new Refusal(Refusal.Kind.UNAVAILABLE, why);
        case RESOURCE_EXHAUSTED -> new Refusal(Refusal.Kind.NO_ROOM, why);
        case FAILED_PRECONDITION -> new Refusal(Refusal.Kind.NOT_YET, why);
        default -> status.asRuntimeException();
      };
    }

    private Refusal away(String why) {
      return new Refusal(Refusal.Kind.UNAVAILABLE, training + ": " + why);
    }
  }
}
