package org.latentspace.explorer.inlet;

import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCalls;
import io.quarkus.grpc.GrpcService;
import jakarta.inject.Inject;
import java.util.List;
import org.latentspace.proto.TeachingServiceGrpc;

/** The gRPC door of those who teach. */
@GrpcService
public class TeachingInlet implements BindableService {
  @Inject Teacher teacher;
  @Inject MappingTeacher mappings;

  @Override
  public ServerServiceDefinition bindService() {
    ServerServiceDefinition.Builder service =
        ServerServiceDefinition.builder(TeachingServiceGrpc.getServiceDescriptor())
            .addMethod(
                TeachingServiceGrpc.getHoldPairMethod(),
                ServerCalls.asyncClientStreamingCall(answer -> new HoldStream(teacher, answer)));
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
}
