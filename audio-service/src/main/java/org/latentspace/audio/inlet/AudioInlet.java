package org.latentspace.audio.inlet;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.NoSuchElementException;
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
import org.latentspace.wire.EchoRouter;
import org.latentspace.wire.grpc.Replies;

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
    Replies.answer(
        response,
        () -> {
          ListDevicesReply.Builder reply = ListDevicesReply.newBuilder();
          for (InputLines.Device device : lines.devices()) {
            reply.addDevices(
                Device.newBuilder()
                    .setName(device.name())
                    .setDescription(device.description())
                    .setMaxChannels(device.channels()));
          }
          return reply.build();
        });
  }

  @Override
  public void listPerformers(
      ListPerformersRequest request, StreamObserver<ListPerformersReply> response) {
    Replies.answer(
        response,
        () -> {
          ListPerformersReply.Builder reply = ListPerformersReply.newBuilder();
          for (Performer performer : flow.performers().all()) {
            reply.addPerformers(
                org.latentspace.proto.Performer.newBuilder()
                    .setName(performer.name())
                    .setInput(performer.input().toString())
                    .setTrimDb(performer.trimDb())
                    .setSampleRate(performer.sampleRate())
                    .setBlocks(performer.blocks())
                    .setStatus(performer.state()));
          }
          return reply.build();
        });
  }

  @Override
  public void setTrim(SetTrimRequest request, StreamObserver<SetTrimReply> response) {
    Replies.answer(
        response,
        () -> {
          Performer performer = flow.performers().find(request.getPerformer());
          if (performer == null) {
            throw new NoSuchElementException("no performer \"" + request.getPerformer() + "\"");
          }
          performer.trim(request.getTrimDb());
          return SetTrimReply.getDefaultInstance();
        },
        fault -> fault instanceof IllegalArgumentException ? Status.OUT_OF_RANGE : null);
  }
}
