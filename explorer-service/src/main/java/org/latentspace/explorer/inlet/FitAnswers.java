package org.latentspace.explorer.inlet;

import io.grpc.stub.ServerCallStreamObserver;
import org.latentspace.explorer.MappingWire;
import org.latentspace.explorer.mapping.FitEar;
import org.latentspace.explorer.mapping.Fitted;
import org.latentspace.model.ModelFault;
import org.latentspace.proto.FitProgress;
import org.latentspace.proto.FitState;

/** Tells one caller how a fit goes; a caller that goes away takes the fit back. */
final class FitAnswers implements FitEar {
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

  @Override
  public void waiting(String what) {
    tell(FitProgress.newBuilder().setState(FitState.FIT_STATE_WAITING).setMessage(what), false);
  }

  /** What a slow caller misses is followed by newer news. */
  @Override
  public void running(int epoch, int epochs, double loss) {
    if (answer.isReady()) {
      FitProgress.Builder news = FitProgress.newBuilder().setState(FitState.FIT_STATE_RUNNING);
      tell(news.setEpoch(epoch).setEpochs(epochs).setLoss(loss), false);
    }
  }

  @Override
  public void done(Fitted fitted, String remark) {
    FitProgress.Builder news =
        FitProgress.newBuilder().setState(FitState.FIT_STATE_DONE).setMessage(remark);
    try {
      var version = MappingWire.message(fitted.record());
      news.setVersion(version).setEpoch(version.getEpochs()).setEpochs(version.getEpochs());
      news.setLoss(version.getLoss());
    } catch (ModelFault e) {
      throw new IllegalStateException("it was read a moment ago", e);
    }
    tell(news, true);
  }

  @Override
  public void failed(String why) {
    tell(FitProgress.newBuilder().setState(FitState.FIT_STATE_FAILED).setMessage(why), true);
  }

  @Override
  public synchronized void refused(RuntimeException why) {
    if (!over) {
      over = true;
      answer.onError(Teacher.status(why));
    }
  }

  private synchronized void tell(FitProgress.Builder news, boolean last) {
    if (over) {
      return;
    }
    answer.onNext(news.build());
    if (last) {
      over = true;
      answer.onCompleted();
    }
  }
}
