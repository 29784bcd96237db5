package org.latentspace.vae.inlet;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import java.util.NoSuchElementException;
import org.jboss.logging.Logger;
import org.latentspace.proto.DecodeRequest;
import org.latentspace.proto.DescribeModelRequest;
import org.latentspace.proto.Echo;
import org.latentspace.proto.EncodeReply;
import org.latentspace.proto.LatentPoint;
import org.latentspace.proto.ListModelsReply;
import org.latentspace.proto.ListModelsRequest;
import org.latentspace.proto.LoadModelRequest;
import org.latentspace.proto.ModelDescription;
import org.latentspace.proto.Rhythm;
import org.latentspace.proto.RollBackModelRequest;
import org.latentspace.proto.Thresholds;
import org.latentspace.proto.VaeServiceGrpc;
import org.latentspace.vae.VaeEchoes;
import org.latentspace.vae.VaeFlow;
import org.latentspace.vae.VaeMeter;
import org.latentspace.vae.VaeWire;
import org.latentspace.vae.VersionFlow;
import org.latentspace.vae.model.ModelFault;
import org.latentspace.vae.model.ModelStand.Playing;
import org.latentspace.wire.EchoOutlet;

/**
 * Opens the gRPC door: points of the live path, and questions about the model.
 *
 * <p>Points are worked on where they arrive. What reads a file or decodes apart from the live path
 * runs on a worker thread, so that it holds nobody up.
 */
@GrpcService
public class VaeInlet extends VaeServiceGrpc.VaeServiceImplBase {
  private static final Logger LOG = Logger.getLogger(VaeInlet.class);

  @Inject VaeFlow flow;
  @Inject VersionFlow versions;
  @Inject VaeEchoes echoes;
  @Inject VaeMeter meter;

  private final Poison poison = new Poison();

  private interface Answer<T> {
    T make() throws ModelFault;
  }

  @Override
  public StreamObserver<LatentPoint> play(StreamObserver<Echo> response) {
    return new PointStream(flow, echoes, meter, poison, new EchoOutlet(response));
  }

  @Override
  @Blocking
  public void decode(DecodeRequest request, StreamObserver<Rhythm> response) {
    answer(response, () -> VaeWire.rhythm(flow.decode(Floats.of(request.getPositionList()))));
  }

  @Override
  @Blocking
  public void encode(Rhythm request, StreamObserver<EncodeReply> response) {
    answer(
        response,
        () -> {
          float[] place = flow.encode(Rhythms.read(request));
          return EncodeReply.newBuilder().addAllPosition(Floats.list(place)).build();
        });
  }

  @Override
  public void describeModel(
      DescribeModelRequest request, StreamObserver<ModelDescription> response) {
    answer(response, () -> Descriptions.describe(flow.model()));
  }

  @Override
  @Blocking
  public void loadModel(LoadModelRequest request, StreamObserver<ModelDescription> response) {
    answer(
        response,
        () -> {
          boolean accepted = false;
          try {
            Playing playing = versions.load(request.getName());
            accepted = true;
            return Descriptions.describe(playing);
          } finally {
            meter.load(accepted);
          }
        });
  }

  @Override
  public void setThresholds(Thresholds request, StreamObserver<Thresholds> response) {
    answer(
        response,
        () -> {
          Playing playing = flow.setThresholds(Floats.of(request.getThresholdList()));
          return Thresholds.newBuilder().addAllThreshold(Floats.list(playing.thresholds())).build();
        });
  }

  @Override
  public void rollBackModel(
      RollBackModelRequest request, StreamObserver<ModelDescription> response) {
    answer(response, () -> Descriptions.describe(versions.rollBack()));
  }

  @Override
  @Blocking
  public void listModels(ListModelsRequest request, StreamObserver<ListModelsReply> response) {
    answer(response, () -> Descriptions.list(versions.held()));
  }

  private static <T> void answer(StreamObserver<T> response, Answer<T> answer) {
    T value;
    try {
      value = answer.make();
    } catch (IllegalArgumentException | ModelFault e) {
      fail(response, Status.INVALID_ARGUMENT, e);
      return;
    } catch (NoSuchElementException e) {
      fail(response, Status.NOT_FOUND, e);
      return;
    } catch (IllegalStateException e) {
      fail(response, Status.FAILED_PRECONDITION, e);
      return;
    } catch (RuntimeException e) {
      LOG.error("a call has found a fault in this program", e);
      fail(response, Status.INTERNAL, e);
      return;
    }
    response.onNext(value);
    response.onCompleted();
  }

  private static void fail(StreamObserver<?> response, Status status, Exception fault) {
    response.onError(status.withDescription(fault.getMessage()).asRuntimeException());
  }
}
