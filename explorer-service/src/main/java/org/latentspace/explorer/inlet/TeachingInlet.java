package org.latentspace.explorer.inlet;

import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.latentspace.explorer.teaching.HeldPairs.Holder;
import org.latentspace.proto.BeginPairRequest;
import org.latentspace.proto.TeachingServiceGrpc;
import org.latentspace.proto.TrainingPair;

/** The gRPC door of those who teach. */
@Singleton
public class TeachingInlet implements BindableService {
  @Inject Teacher teacher;
  @Inject MappingTeacher mappings;

  @Override
  public ServerServiceDefinition bindService() {
    ServerServiceDefinition.Builder service =
        ServerServiceDefinition.builder(TeachingServiceGrpc.getServiceDescriptor())
            .addMethod(
                TeachingServiceGrpc.getHoldPairMethod(),
                ServerCalls.asyncClientStreamingCall(HoldStream::new));
    calls().forEach(call -> call.addTo(service));
    return service.build();
  }

  /** All but the pair that is held as long as its call lasts. */
  List<Call<?, ?>> calls() {
    return List.of(
        Call.later(TeachingServiceGrpc.getAddPairMethod(), teacher::add),
        Call.reply(
            TeachingServiceGrpc.getBeginPairMethod(),
            request -> teacher.begin(request, Teacher.caller(request.getHolder()))),
        Call.later(
            TeachingServiceGrpc.getEndPairMethod(),
            request -> teacher.end(request, Teacher.caller(request.getHolder()))),
        Call.reply(TeachingServiceGrpc.getListPairsMethod(), teacher::list),
        Call.later(TeachingServiceGrpc.getEditPairMethod(), teacher::edit),
        Call.later(TeachingServiceGrpc.getDeletePairMethod(), teacher::delete),
        Call.later(
            TeachingServiceGrpc.getClearPairsMethod(),
            request -> teacher.clear(request.getPerformer())),
        Call.later(
            TeachingServiceGrpc.getUndoMethod(), request -> teacher.undo(request.getPerformer())),
        Call.reply(TeachingServiceGrpc.getAuditionPairMethod(), teacher::audition),
        Call.later(TeachingServiceGrpc.getExportProjectMethod(), teacher::exportProject),
        Call.later(TeachingServiceGrpc.getImportProjectMethod(), teacher::importProject),
        new Call<>(TeachingServiceGrpc.getFitMethod(), mappings::fit),
        Call.later(TeachingServiceGrpc.getListMappingsMethod(), mappings::list),
        Call.later(TeachingServiceGrpc.getUseMappingMethod(), mappings::use));
  }

  /** A pair that is held as long as its call lasts; a call that breaks off discards it. */
  private final class HoldStream implements StreamObserver<BeginPairRequest> {
    private final StreamObserver<TrainingPair> answer;
    private final Holder holder = Holder.call(UUID.randomUUID().toString());
    // Null until it is begun.
    private String performer;
    private boolean over;

    HoldStream(StreamObserver<TrainingPair> answer) {
      this.answer = answer;
    }

    @Override
    public synchronized void onNext(BeginPairRequest request) {
      if (over) {
        return;
      }
      try {
        if (performer != null) {
          throw new IllegalArgumentException(
              "a call holds one pair: end it before another is begun");
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
}
