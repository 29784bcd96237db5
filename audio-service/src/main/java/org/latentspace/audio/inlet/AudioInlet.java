package org.latentspace.audio.inlet;

import jakarta.inject.Named;
import org.latentspace.wire.EchoRouter;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import jakarta.inject.Inject;
import org.latentspace.audio.AudioFlow;
import org.latentspace.audio.sound.InputLines;
import org.latentspace.audio.sound.Performer;
import org.latentspace.proto.AudioBlock;
import org.latentspace.proto.AudioServiceGrpc;
import org.latentspace.proto.Device;
import org.latentspace.proto.Echo;
import org.latentspace.proto.ListDevicesReply;
import org.latentspace.proto.ListDevicesRequest;
import org.latentspace.proto.ListPerformersReply;
import org.latentspace.proto.ListPerformersRequest;
import org.latentspace.proto.SetTrimReply;
import org.latentspace.proto.SetTrimRequest;
import org.latentspace.wire.EchoOutlet;

/** gRPC service: sound that is pushed, devices and performers. */
@GrpcService
public class AudioInlet extends AudioServiceGrpc.AudioServiceImplBase {
  private final AudioFlow flow;
  private final EchoRouter echoes;
  private final InputLines lines;

  @Inject
  AudioInlet(AudioFlow flow, @Named("audio-service") EchoRouter echoes, InputLines lines) {
    this.flow = flow;
    this.echoes = echoes;
    this.lines = lines;
  }

  @Override
  public StreamObserver<AudioBlock> push(StreamObserver<Echo> response) {
    return new PushStream(flow, echoes, response, new EchoOutlet(response));
  }

  @Override
  public void listDevices(ListDevicesRequest request, StreamObserver<ListDevicesReply> response) {
    ListDevicesReply.Builder reply = ListDevicesReply.newBuilder();
    for (InputLines.Device device : lines.devices()) {
      reply.addDevices(
          Device.newBuilder()
              .setName(device.name())
              .setDescription(device.description())
              .setMaxChannels(device.channels()));
    }
    response.onNext(reply.build());
    response.onCompleted();
  }

  @Override
  public void listPerformers(
      ListPerformersRequest request, StreamObserver<ListPerformersReply> response) {
    ListPerformersReply.Builder reply = ListPerformersReply.newBuilder();
    for (Performer performer : flow.performers().all()) {
      reply.addPerformers(
          org.latentspace.proto.Performer.newBuilder()
              .setName(performer.name())
              .setInput(performer.input().toString())
              .setTrimDb(performer.trimDb())
              .setSampleRate(performer.sampleRate())
              .setBlocks(performer.blocks())
              .setWeather(performer.state()));
    }
    response.onNext(reply.build());
    response.onCompleted();
  }

  @Override
  public void setTrim(SetTrimRequest request, StreamObserver<SetTrimReply> response) {
    Performer performer = flow.performers().find(request.getPerformer());
    if (performer == null) {
      response.onError(
          Status.NOT_FOUND
              .withDescription("no performer \"" + request.getPerformer() + "\"")
              .asRuntimeException());
      return;
    }
    float trim = request.getTrimDb();
    if (!(Math.abs(trim) <= Performer.MOST_TRIM_DB)) {
      response.onError(
          Status.OUT_OF_RANGE
              .withDescription("trim_db=" + trim + ": must be -60..60")
              .asRuntimeException());
      return;
    }
    performer.trim(trim);
    response.onNext(SetTrimReply.getDefaultInstance());
    response.onCompleted();
  }
}
