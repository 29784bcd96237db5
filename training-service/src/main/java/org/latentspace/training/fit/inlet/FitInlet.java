package org.latentspace.training.fit.inlet;

import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import jakarta.inject.Inject;
import org.latentspace.proto.FitProgress;
import org.latentspace.proto.FitRequest;
import org.latentspace.proto.FitServiceGrpc;
import org.latentspace.training.fit.FitQueue;

/** The gRPC service that fits a mapping to taught pairs. */
@GrpcService
public class FitInlet extends FitServiceGrpc.FitServiceImplBase {
  @Inject FitQueue queue;

  @Override
  public void fit(FitRequest request, StreamObserver<FitProgress> response) {
    FitStream.begin(queue, () -> FitSpecs.read(request), response);
  }
}
