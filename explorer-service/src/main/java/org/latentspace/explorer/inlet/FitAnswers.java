package org.latentspace.explorer.inlet;

import io.grpc.stub.ServerCallStreamObserver;
import java.util.function.Consumer;
import org.latentspace.explorer.mapping.FitStatus;
import org.latentspace.explorer.wire.MappingWire;
import org.latentspace.proto.FitProgress;
import org.latentspace.proto.FitState;
import org.latentspace.proto.MappingVersion;

/** Tells one caller how a fit goes; a caller that goes away takes the fit back. */
final class FitAnswers implements Consumer<FitStatus> {
  private final ServerCallStreamObserver<FitProgress> answer;
  // Guarded by this.
  private boolean over;
  private Runnable takesBack;

  /** To be made within the call's own method. */
  FitAnswers(ServerCallStreamObserver<FitProgress> answer) {
    this.answer = answer;
    answer.setOnCancelHandler(this::gone);
  }

  /** How the fit is taken back. */
  void takesBack(Runnable how) {
    boolean late;
    synchronized (this) {
      late = over && answer.isCancelled();
      takesBack = how;
    }
    if (late) {
      how.run();
    }
  }

  private void gone() {
    Runnable how;
    synchronized (this) {
      over = true;
      how = takesBack;
    }
    if (how != null) {
      how.run();
    }
  }

  /** What a slow caller misses of a running fit is followed by newer news. */
  @Override
  public synchronized void accept(FitStatus status) {
    if (over || (status.state() == FitStatus.State.RUNNING && !answer.isReady())) {
      return;
    }
    over = status.isEnd();
    if (status.refusal() != null) {
      answer.onError(Call.status(status.refusal()));
      return;
    }
    answer.onNext(progress(status));
    if (over) {
      answer.onCompleted();
    }
  }

  private static FitProgress progress(FitStatus status) {
    FitProgress.Builder news = FitProgress.newBuilder().setMessage(status.message());
    switch (status.state()) {
      case WAITING -> news.setState(FitState.FIT_STATE_WAITING);
      case RUNNING ->
          news.setState(FitState.FIT_STATE_RUNNING)
              .setEpoch(status.epoch())
              .setEpochs(status.epochs())
              .setLoss(status.loss());
      case DONE -> {
        MappingVersion version = MappingWire.message(status.fitted());
        news.setState(FitState.FIT_STATE_DONE).setVersion(version).setLoss(version.getLoss());
        news.setEpoch(version.getEpochs()).setEpochs(version.getEpochs());
      }
      default -> news.setState(FitState.FIT_STATE_FAILED);
    }
    return news.build();
  }
}
