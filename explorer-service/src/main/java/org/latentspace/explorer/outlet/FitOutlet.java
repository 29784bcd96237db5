package org.latentspace.explorer.outlet;

import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.TimeUnit;
import org.latentspace.explorer.MappingWire;
import org.latentspace.explorer.mapping.FitEar;
import org.latentspace.explorer.teaching.FitOrder;
import org.latentspace.explorer.teaching.Refusal;
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
   * Asks for a fit; the ear hears of it on gRPC's threads.
   *
   * @return takes the fit back
   */
  public Runnable fit(FitOrder order, FitEar ear) {
    Hearing hearing = new Hearing(ear);
    FitServiceGrpc.newStub(training.channel())
        .withDeadlineAfter(LONGEST_HOURS, TimeUnit.HOURS)
        .fit(MappingWire.request(order), hearing);
    return hearing;
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
  private final class Hearing implements ClientResponseObserver<FitRequest, FitProgress>, Runnable {
    private final FitEar ear;
    private volatile ClientCallStreamObserver<FitRequest> call;
    private volatile boolean over;

    Hearing(FitEar ear) {
      this.ear = ear;
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
      switch (progress.getState()) {
        case FIT_STATE_WAITING -> ear.waiting(progress.getMessage());
        case FIT_STATE_RUNNING ->
            ear.running(progress.getEpoch(), progress.getEpochs(), progress.getLoss());
        case FIT_STATE_DONE -> {
          over = true;
          done(progress);
        }
        case FIT_STATE_FAILED -> {
          over = true;
          ear.failed(progress.getMessage());
        }
        default -> {
          // A state of a later training-service: the last one is known.
        }
      }
    }

    private void done(FitProgress progress) {
      try {
        ear.done(MappingWire.fitted(progress.getVersion()), progress.getMessage());
      } catch (ModelFault e) {
        ear.failed(e.getMessage());
      }
    }

    @Override
    public void onError(Throwable fault) {
      if (!over) {
        over = true;
        ear.refused(refusal(Status.fromThrowable(fault)));
      }
    }

    @Override
    public void onCompleted() {
      if (!over) {
        over = true;
        ear.refused(away("ended without an answer"));
      }
    }

    private RuntimeException refusal(Status status) {
      String why = status.getDescription() == null ? "" : status.getDescription();
      return switch (status.getCode()) {
        case UNAVAILABLE, CANCELLED, UNIMPLEMENTED ->
            away(why.isEmpty() ? status.getCode().toString() : why);
        case DEADLINE_EXCEEDED -> new Refusal(Refusal.Kind.WEATHER, why);
        case RESOURCE_EXHAUSTED -> new Refusal(Refusal.Kind.NO_ROOM, why);
        case FAILED_PRECONDITION -> new Refusal(Refusal.Kind.NOT_YET, why);
        default -> status.asRuntimeException();
      };
    }

    private Refusal away(String why) {
      return new Refusal(Refusal.Kind.WEATHER, training + ": " + why);
    }
  }
}
