package org.latentspace.explorer.inlet;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import jakarta.inject.Inject;
import org.latentspace.explorer.PairWire;
import org.latentspace.proto.AddPairRequest;
import org.latentspace.proto.DeletePairRequest;
import org.latentspace.proto.FitPairsRequest;
import org.latentspace.proto.FitProgress;
import org.latentspace.proto.ListMappingsReply;
import org.latentspace.proto.ListMappingsRequest;
import org.latentspace.proto.ListPairsReply;
import org.latentspace.proto.ListPairsRequest;
import org.latentspace.proto.MappingVersion;
import org.latentspace.proto.TeachingServiceGrpc;
import org.latentspace.proto.TrainingPair;
import org.latentspace.proto.UseMappingRequest;

/** The gRPC door of those who teach. */
@GrpcService
public class TeachingInlet extends TeachingServiceGrpc.TeachingServiceImplBase {
  @Inject Teacher teacher;
  @Inject MappingTeacher mappings;

  @Override
  public void addPair(AddPairRequest request, StreamObserver<TrainingPair> answer) {
    Replies.later(answer, () -> teacher.add(request), PairWire::pair);
  }

  @Override
  public void listPairs(ListPairsRequest request, StreamObserver<ListPairsReply> answer) {
    Replies.reply(answer, () -> teacher.list(request.getPerformer()));
  }

  @Override
  public void deletePair(DeletePairRequest request, StreamObserver<TrainingPair> answer) {
    Replies.later(answer, () -> teacher.delete(request), PairWire::pair);
  }

  @Override
  public void fit(FitPairsRequest request, StreamObserver<FitProgress> answer) {
    mappings.fit(request, (ServerCallStreamObserver<FitProgress>) answer);
  }

  @Override
  public void listMappings(ListMappingsRequest request, StreamObserver<ListMappingsReply> answer) {
    Replies.later(answer, () -> mappings.list(request.getPerformer()), reply -> reply);
  }

  @Override
  public void useMapping(UseMappingRequest request, StreamObserver<MappingVersion> answer) {
    Replies.later(answer, () -> mappings.use(request), version -> version);
  }
}
