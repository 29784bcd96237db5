package org.latentspace.explorer.inlet;

import io.grpc.stub.StreamObserver;
import java.util.UUID;
import org.latentspace.explorer.teaching.Holder;
import org.latentspace.proto.BeginPairRequest;
import org.latentspace.proto.TrainingPair;

/** A pair that is held as long as its call lasts; a call that breaks off discards it. */
final class HoldStream implements StreamObserver<BeginPairRequest> {
  private final Teacher teacher;
  private final StreamObserver<TrainingPair> answer;
  private final Holder holder = Holder.call(UUID.randomUUID().toString());
  // Null until it is begun.
  private String performer;
  private boolean over;

  HoldStream(Teacher teacher, StreamObserver<TrainingPair> answer) {
    this.teacher = teacher;
    this.answer = answer;
  }

  @Override
  public synchronized void onNext(BeginPairRequest request) {
    if (over) {
      return;
    }
    try {
      if (performer != null) {
        throw new IllegalArgumentException("a call holds one pair: end it before another is begun");
      }
      teacher.begin(request, holder);
      performer = request.getPerformer();
    } catch (RuntimeException no) {
      discard();
      answer.onError(Call.status(no));
    }
  }

  @Override
  public synchronized void onCompleted() {
    if (over) {
      return;
    }
    over = true;
    Call.answer(answer, () -> teacher.end(performer == null ? "" : performer, holder, true));
  }

  @Override
  public synchronized void onError(Throwable gone) {
    discard();
  }

  private void discard() {
    over = true;
    teacher.discard(holder);
  }
}
