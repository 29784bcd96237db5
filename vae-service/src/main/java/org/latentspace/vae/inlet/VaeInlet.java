package org.latentspace.vae.inlet;

import static org.latentspace.vae.inlet.VaeReplies.answer;

import io.grpc.stub.StreamObserver;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.List;
import org.jboss.logging.Logger;
import org.latentspace.performer.Name;
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
import org.latentspace.proto.TapRequest;
import org.latentspace.proto.Thresholds;
import org.latentspace.proto.Transport;
import org.latentspace.proto.VaeServiceGrpc;
import org.latentspace.proto.WeightBending;
import org.latentspace.vae.VaeFlow;
import org.latentspace.vae.VaeMetrics;
import org.latentspace.vae.model.ActiveModel;
import org.latentspace.vae.model.ActiveModel.Playing;
import org.latentspace.vae.model.NetworkBending;
import org.latentspace.vae.outlet.GatewayLine;
import org.latentspace.vae.playing.Controls;
import org.latentspace.vae.playing.LatentQueries;
import org.latentspace.vae.playing.Performers;
import org.latentspace.vae.versions.VersionFollower;
import org.latentspace.vae.wire.RhythmWire;
import org.latentspace.wire.EchoOutlet;
import org.latentspace.wire.EchoRouter;
import org.latentspace.wire.RefusalLog;

/**
 * gRPC service: points of the live path, and questions about the model.
 *
 * <p>Points are worked on where they arrive. What reads a file or decodes apart from the live path
 * runs on a worker thread, so that it delays no point.
 */
@Singleton
public class VaeInlet extends VaeServiceGrpc.VaeServiceImplBase {
  private static final int PATIENCE_S = 3;

  @Inject VaeFlow flow;
  @Inject ActiveModel activeModel;
  @Inject Performers performers;
  @Inject VersionFollower versions;
  @Inject VaeMetrics metrics;
  @Inject ConcurrencyLimit limit;
  @Inject GatewayLine gateway;

  @Inject
  @Named("vae-service")
  EchoRouter echoes;

  private final RefusalLog refusals = new RefusalLog(Logger.getLogger(VaeInlet.class), "point");

  @Override
  public StreamObserver<LatentPoint> play(StreamObserver<Echo> response) {
    return new PointStream(flow, echoes, metrics.stage(), refusals, new EchoOutlet(response));
  }

  @Override
  public void decode(DecodeRequest request, StreamObserver<Rhythm> response) {
    answer(
        response,
        () ->
            RhythmWire.write(
                LatentQueries.decode(
                    activeModel.required(), RhythmWire.floats(request.getPositionList()))));
  }

  @Override
  public void encode(Rhythm request, StreamObserver<EncodeReply> response) {
    answer(
        response,
        () -> {
          float[] place = LatentQueries.encode(activeModel.required(), RhythmWire.read(request));
          return EncodeReply.newBuilder().addAllPosition(RhythmWire.floats(place)).build();
        });
  }

  @Override
  public void describeModel(
      DescribeModelRequest request, StreamObserver<ModelDescription> response) {
    answer(response, () -> VaeReplies.describe(activeModel.required()));
  }

  @Override
  public void loadModel(LoadModelRequest request, StreamObserver<ModelDescription> response) {
    answer(
        response,
        () -> {
          boolean accepted = false;
          try {
            Playing playing = flow.load(request.getName());
            accepted = true;
            return VaeReplies.describe(playing);
          } finally {
            metrics.load(accepted);
          }
        });
  }

  @Override
  public void setThresholds(Thresholds request, StreamObserver<Thresholds> response) {
    answer(
        response,
        () -> {
          Playing playing =
              activeModel.setThresholds(RhythmWire.floats(request.getThresholdList()));
          return Thresholds.newBuilder()
              .addAllThreshold(RhythmWire.floats(playing.thresholds()))
              .build();
        });
  }

  @Override
  public void rollBackModel(
      RollBackModelRequest request, StreamObserver<ModelDescription> response) {
    answer(response, () -> VaeReplies.describe(activeModel.rollBack()));
  }

  @Override
  public void listModels(ListModelsRequest request, StreamObserver<ListModelsReply> response) {
    answer(response, () -> VaeReplies.list(versions.known()));
  }

  @Override
  public void getDecoding(GetDecodingRequest request, StreamObserver<Decoding> response) {
    answer(
        response,
        () -> {
          String performer = Name.require("performer", request.getPerformer());
          return VaeReplies.decoding(performer, performers.controls(performer), performers.seed());
        });
  }

  @Override
  public void setDecoding(Decoding request, StreamObserver<Decoding> response) {
    answer(
        response,
        () -> {
          String performer = Name.require("performer", request.getPerformer());
          Controls now =
              performers.control(performer, c -> c.with(VaeReplies.read(request, c.decoding())));
          return VaeReplies.decoding(performer, now, performers.seed());
        });
  }

  @Override
  public void freezeVoices(
      FreezeVoicesRequest request, StreamObserver<FreezeVoicesRequest> response) {
    answer(
        response,
        () -> {
          String performer = Name.require("performer", request.getPerformer());
          List<String> known = activeModel.required().model().voices();
          Controls now =
              performers.control(performer, c -> c.withFrozen(request.getVoicesList(), known));
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
          limit.run(
              () -> activeModel.bend(new NetworkBending(request.getAmount(), request.getSeed())));
          return request;
        });
  }

  @Override
  public void getTransport(GetTransportRequest request, StreamObserver<Transport> response) {
    gateway.ask(response, (midi, answer) -> midi.getTransport(request, answer));
  }

  @Override
  public void setTransport(Transport request, StreamObserver<Transport> response) {
    gateway.ask(response, (midi, answer) -> midi.setTransport(request, answer));
  }

  @Override
  public void tap(TapRequest request, StreamObserver<Transport> response) {
    gateway.ask(response, (midi, answer) -> midi.tap(request, answer));
  }

  @Override
  public void panic(PanicRequest request, StreamObserver<Transport> response) {
    gateway.ask(response, (midi, answer) -> midi.panic(request, answer));
  }
}
