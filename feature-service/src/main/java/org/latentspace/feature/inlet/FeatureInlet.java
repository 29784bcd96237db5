package org.latentspace.feature.inlet;

import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import jakarta.inject.Inject;
import org.jboss.logging.Logger;
import org.latentspace.feature.FeatureFlow;
import org.latentspace.feature.wire.FeatureEchoes;
import org.latentspace.proto.AudioBlock;
import org.latentspace.proto.Echo;
import org.latentspace.proto.FeatureServiceGrpc;
import org.latentspace.wire.EchoOutlet;
import org.latentspace.wire.RefusalLog;

/** The door through which sound comes in. */
@GrpcService
public class FeatureInlet extends FeatureServiceGrpc.FeatureServiceImplBase {
  private final RefusalLog refusals = new RefusalLog(Logger.getLogger(FeatureInlet.class), "block");

  @Inject FeatureFlow flow;
  @Inject FeatureEchoes echoes;

  @Override
  public StreamObserver<AudioBlock> hear(StreamObserver<Echo> echo) {
    return new BlockStream(flow, echoes, refusals, new EchoOutlet(echo));
  }
}
