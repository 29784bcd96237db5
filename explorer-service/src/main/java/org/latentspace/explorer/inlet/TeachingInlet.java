package org.latentspace.explorer.inlet;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import jakarta.inject.Inject;
import org.latentspace.proto.AddPairRequest;
import org.latentspace.proto.AuditionPairRequest;
import org.latentspace.proto.BeginPairReply;
import org.latentspace.proto.BeginPairRequest;
import org.latentspace.proto.ClearPairsRequest;
import org.latentspace.proto.DeletePairRequest;
import org.latentspace.proto.EditPairRequest;
import org.latentspace.proto.EndPairRequest;
import org.latentspace.proto.ExplorerSettings;
import org.latentspace.proto.ExportProjectRequest;
import org.latentspace.proto.FitPairsRequest;
import org.latentspace.proto.FitProgress;
import org.latentspace.proto.ListMappingsReply;
import org.latentspace.proto.ListMappingsRequest;
import org.latentspace.proto.ListPairsReply;
import org.latentspace.proto.ListPairsRequest;
import org.latentspace.proto.MappingVersion;
import org.latentspace.proto.PairsChange;
import org.latentspace.proto.Project;
import org.latentspace.proto.TeachingServiceGrpc;
import org.latentspace.proto.TrainingPair;
import org.latentspace.proto.UndoRequest;
import org.latentspace.proto.UseMappingRequest;

/** The gRPC door of those who teach. */
@GrpcService
public class TeachingInlet extends TeachingServiceGrpc.TeachingServiceImplBase {
  @Inject Teacher teacher;
  @Inject MappingTeacher mappings;

  @Override
  public void addPair(AddPairRequest request, StreamObserver<TrainingPair> answer) {
    Replies.later(answer, () -> teacher.add(request));
  }

  @Override
  public void beginPair(BeginPairRequest request, StreamObserver<BeginPairReply> answer) {
    Replies.reply(
        answer,
        () -> {
          teacher.begin(request, Teacher.caller(request.getHolder()));
          return BeginPairReply.getDefaultInstance();
        });
  }

  @Override
  public void endPair(EndPairRequest request, StreamObserver<TrainingPair> answer) {
    Replies.later(
        answer,
        () ->
            teacher.end(
                request.getPerformer(),
                Teacher.caller(request.getHolder()),
                !request.getDiscard()));
  }

  @Override
  public StreamObserver<BeginPairRequest> holdPair(StreamObserver<TrainingPair> answer) {
    return new HoldStream(teacher, answer);
  }

  @Override
  public void listPairs(ListPairsRequest request, StreamObserver<ListPairsReply> answer) {
    Replies.reply(answer, () -> teacher.list(request));
  }

  @Override
  public void editPair(EditPairRequest request, StreamObserver<TrainingPair> answer) {
    Replies.later(answer, () -> teacher.edit(request));
  }

  @Override
  public void deletePair(DeletePairRequest request, StreamObserver<TrainingPair> answer) {
    Replies.later(answer, () -> teacher.delete(request));
  }

  @Override
  public void clearPairs(ClearPairsRequest request, StreamObserver<PairsChange> answer) {
    Replies.later(answer, () -> teacher.clear(request.getPerformer()));
  }

  @Override
  public void undo(UndoRequest request, StreamObserver<PairsChange> answer) {
    Replies.later(answer, () -> teacher.undo(request.getPerformer()));
  }

  @Override
  public void auditionPair(AuditionPairRequest request, StreamObserver<ExplorerSettings> answer) {
    Replies.reply(answer, () -> teacher.audition(request));
  }

  @Override
  public void exportProject(ExportProjectRequest request, StreamObserver<Project> answer) {
    Replies.later(answer, () -> teacher.exportProject(request.getPerformer()));
  }

  @Override
  public void importProject(Project request, StreamObserver<Project> answer) {
    Replies.later(answer, () -> teacher.importProject(request));
  }

  @Override
  public void fit(FitPairsRequest request, StreamObserver<FitProgress> answer) {
    mappings.fit(request, (ServerCallStreamObserver<FitProgress>) answer);
  }

  @Override
  public void listMappings(ListMappingsRequest request, StreamObserver<ListMappingsReply> answer) {
    Replies.later(answer, () -> mappings.list(request.getPerformer()));
  }

  @Override
  public void useMapping(UseMappingRequest request, StreamObserver<MappingVersion> answer) {
    Replies.later(answer, () -> mappings.use(request));
  }
}
