package org.latentspace.vae.inlet;

import static org.latentspace.vae.inlet.Replies.answer;

import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import jakarta.inject.Inject;
import java.util.List;
import org.jboss.logging.Logger;
import org.latentspace.proto.DecodeRequest;
import org.latentspace.proto.Decoding;
import org.latentspace.proto.DescribeModelRequest;
import org.latentspace.proto.Echo;
import org.latentspace.proto.EncodeReply;
import org.latentspace.proto.FreezeVoicesRequest;
import org.latentspace.proto.GetDecodingRequest;
import org.latentspace.proto.GetTransportRequest;
import org.latentspace.proto.LatentPoint;
import org.latentspace.proto.ListModelsReply;
import org.latentspace.proto.ListModelsRequest;
import org.latentspace.proto.LoadModelRequest;
import org.latentspace.proto.ModelDescription;
import org.latentspace.proto.PanicRequest;
import org.latentspace.proto.Rhythm;
import org.latentspace.proto.RollBackModelRequest;
import org.latentspace.proto.Thresholds;
import org.latentspace.proto.Transport;
import org.latentspace.proto.VaeServiceGrpc;
import org.latentspace.proto.WeightBending;
import org.latentspace.vae.ControlFlow;
import org.latentspace.vae.TransportRelay;
import org.latentspace.vae.VaeEchoes;
import org.latentspace.vae.VaeFlow;
import org.latentspace.vae.VaeMeter;
import org.latentspace.vae.VaeWire;
import org.latentspace.vae.VersionFlow;
import org.latentspace.vae.model.ActiveModel.Playing;
import org.latentspace.vae.model.NetworkBending;
import org.latentspace.vae.playing.Controls;
import org.latentspace.wire.EchoOutlet;
import org.latentspace.wire.RefusalLog;

/**
 * gRPC service: points of the live path, and questions about the model.
 *
 * <p>Points are worked on where they arrive. What reads a file or decodes apart from the live path
 * runs on a worker thread, so that it delays no point.
 */
@GrpcService
public class VaeInlet extends VaeServiceGrpc.VaeServiceImplBase {
  @Inject VaeFlow flow;
  @Inject VersionFlow versions;
  @Inject ControlFlow controls;
  @Inject VaeEchoes echoes;
  @Inject VaeMeter meter;
  @Inject ConcurrencyLimit limit;
  @Inject TransportRelay transport;

  private final RefusalLog refusals = new RefusalLog(Logger.getLogger(VaeInlet.class), "point");

  @Override
  public StreamObserver<LatentPoint> play(StreamObserver<Echo> response) {
    return new PointStream(flow, echoes, meter, refusals, new EchoOutlet(response));
  }

  @Override
  public void decode(DecodeRequest request, StreamObserver<Rhythm> response) {
    answer(response, () -> VaeWire.rhythm(flow.decode(Floats.of(request.getPositionList()))));
  }

  @Override
  public void encode(Rhythm request, StreamObserver<EncodeReply> response) {
    answer(
        response,
        () -> {
          float[] place = flow.encode(RhythmReader.read(request));
          return EncodeReply.newBuilder().addAllPosition(Floats.list(place)).build();
        });
  }

  @Override
  public void describeModel(
      DescribeModelRequest request, StreamObserver<ModelDescription> response) {
    answer(response, () -> ModelDescriptions.describe(flow.model()));
  }

  @Override
  public void loadModel(LoadModelRequest request, StreamObserver<ModelDescription> response) {
    answer(
        response,
        () -> {
          boolean accepted = false;
          try {
            Playing playing = versions.load(request.getName());
            accepted = true;
            return ModelDescriptions.describe(playing);
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
    answer(response, () -> ModelDescriptions.describe(versions.rollBack()));
  }

  @Override
  public void listModels(ListModelsRequest request, StreamObserver<ListModelsReply> response) {
    answer(response, () -> ModelDescriptions.list(versions.held()));
  }

  @Override
  public void getDecoding(GetDecodingRequest request, StreamObserver<Decoding> response) {
    answer(
        response,
        () -> {
          String performer = PointReader.performer(request.getPerformer());
          return ModelDescriptions.decoding(performer, controls.of(performer), controls.seed());
        });
  }

  @Override
  public void setDecoding(Decoding request, StreamObserver<Decoding> response) {
    answer(
        response,
        () -> {
          String performer = PointReader.performer(request.getPerformer());
          Controls now =
              controls.decode(performer, before -> ModelDescriptions.read(request, before));
          return ModelDescriptions.decoding(performer, now, controls.seed());
        });
  }

  @Override
  public void freezeVoices(
      FreezeVoicesRequest request, StreamObserver<FreezeVoicesRequest> response) {
    answer(
        response,
        () -> {
          String performer = PointReader.performer(request.getPerformer());
          Controls now = controls.freeze(performer, List.copyOf(request.getVoicesList()));
          return FreezeVoicesRequest.newBuilder()
              .setPerformer(performer)
              .addAllVoices(now.frozen())
              .build();
        });
  }

  @Override
  public void bendWeights(WeightBending request, StreamObserver<WeightBending> response) {
    answer(
        response,
        () -> {
          limit.take(
              () -> controls.bend(new NetworkBending(request.getAmount(), request.getSeed())));
          return request;
        });
  }

  @Override
  public void getTransport(GetTransportRequest request, StreamObserver<Transport> response) {
    transport.ask(response, (gateway, answer) -> gateway.getTransport(request, answer));
  }

  @Override
  public void setTransport(Transport request, StreamObserver<Transport> response) {
    transport.ask(response, (gateway, answer) -> gateway.setTransport(request, answer));
  }

  @Override
  public void panic(PanicRequest request, StreamObserver<Transport> response) {
    transport.ask(response, (gateway, answer) -> gateway.panic(request, answer));
  }
}
