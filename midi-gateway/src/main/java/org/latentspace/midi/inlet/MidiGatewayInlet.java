package org.latentspace.midi.inlet;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import org.latentspace.midi.MidiConfig;
import org.latentspace.midi.MidiFlow;
import org.latentspace.midi.MidiMetrics;
import org.latentspace.midi.time.Outputs.PortState;
import org.latentspace.midi.time.Performance;
import org.latentspace.midi.time.Transport.TakeOver;
import org.latentspace.proto.Echo;
import org.latentspace.proto.GetRecordingRequest;
import org.latentspace.proto.GetTransportRequest;
import org.latentspace.proto.ListPortsReply;
import org.latentspace.proto.ListPortsRequest;
import org.latentspace.proto.MidiGatewayGrpc;
import org.latentspace.proto.PanicRequest;
import org.latentspace.proto.Port;
import org.latentspace.proto.Recording;
import org.latentspace.proto.Rhythm;
import org.latentspace.proto.Transport;
import org.latentspace.wire.EchoOutlet;
import org.latentspace.wire.RefusalLog;
import org.latentspace.wire.grpc.Replies;

/** gRPC service: rhythms of the live path, the transport, ports and the recording. */
@Singleton
public class MidiGatewayInlet extends MidiGatewayGrpc.MidiGatewayImplBase {
  private final MidiFlow flow;
  private final Performance performance;
  private final MidiMetrics metrics;
  private final RhythmReader reader;
  private final EchoWriter writer;
  private final RefusalLog refusals =
      new RefusalLog(Logger.getLogger(MidiGatewayInlet.class), "rhythm");

  @Inject
  MidiGatewayInlet(
      MidiFlow flow,
      Performance performance,
      MidiMetrics metrics,
      MidiConfig config,
      EchoWriter writer) {
    this.flow = flow;
    this.performance = performance;
    this.metrics = metrics;
    this.writer = writer;
    reader = new RhythmReader(config.stepDivision());
  }

  @Override
  public StreamObserver<Rhythm> play(StreamObserver<Echo> responses) {
    return new RhythmStream(
        flow, performance, metrics, reader, writer, refusals, new EchoOutlet(responses));
  }

  @Override
  public void getTransport(GetTransportRequest request, StreamObserver<Transport> response) {
    Replies.answer(response, () -> wire(performance.transport()));
  }

  @Override
  public void setTransport(Transport wanted, StreamObserver<Transport> response) {
    Replies.answer(
        response,
        () -> wire(performance.transport(changed(performance.transport(), wanted))),
        fault -> fault instanceof IllegalArgumentException ? Status.OUT_OF_RANGE : null);
  }

  private static org.latentspace.midi.time.Transport changed(
      org.latentspace.midi.time.Transport now, Transport wanted) {
    return new org.latentspace.midi.time.Transport(
        wanted.hasBpm() ? wanted.getBpm() : now.bpm(),
        wanted.hasPlaying() ? wanted.getPlaying() : now.playing(),
        takeOver(wanted, now.takeOver()),
        wanted.hasShuffle() ? wanted.getShuffle() : now.shuffle());
  }

  @Override
  public void panic(PanicRequest request, StreamObserver<Transport> response) {
    Replies.answer(response, () -> wire(flow.panic()));
  }

  @Override
  public void listPorts(ListPortsRequest request, StreamObserver<ListPortsReply> response) {
    Replies.answer(
        response,
        () -> {
          ListPortsReply.Builder reply = ListPortsReply.newBuilder();
          for (PortState port : flow.outputs().states()) {
            reply.addPorts(
                Port.newBuilder()
                    .setAddress(port.address())
                    .setStrokes(port.strokes())
                    .setStatus(port.status()));
          }
          return reply.build();
        });
  }

  @Override
  public void getRecording(GetRecordingRequest request, StreamObserver<Recording> response) {
    Replies.answer(response, () -> wire(flow.recording()).build());
  }

  @Override
  public void setRecording(Recording wanted, StreamObserver<Recording> response) {
    Replies.answer(
        response,
        () -> {
          if (wanted.hasRecording() && !flow.record(wanted.getRecording())) {
            throw Status.UNAVAILABLE
                .withDescription("the timing thread has too much to do; try again")
                .asRuntimeException();
          }
          Recording.Builder state = wire(flow.recording());
          return wanted.hasRecording()
              ? state.setRecording(wanted.getRecording()).build()
              : state.build();
        });
  }

  private static Recording.Builder wire(
      org.latentspace.midi.played.PlayedRing.RecordingState state) {
    return Recording.newBuilder()
        .setRecording(state.on())
        .setRecorded(state.recorded())
        .setWaiting(state.waiting())
        .setStatus(state.status());
  }

  private static TakeOver takeOver(Transport wanted, TakeOver now) {
    return switch (wanted.getTakeOver()) {
      case TAKE_OVER_CELL -> TakeOver.CELL;
      case TAKE_OVER_BEAT -> TakeOver.BEAT;
      case TAKE_OVER_BAR -> TakeOver.BAR;
      case TAKE_OVER_UNSPECIFIED -> now;
      case UNRECOGNIZED ->
          throw new IllegalArgumentException("take_over must be cell, beat or bar");
    };
  }

  private Transport wire(org.latentspace.midi.time.Transport transport) {
    return Transport.newBuilder()
        .setBpm(transport.bpm())
        .setPlaying(transport.playing())
        .setTakeOver(
            switch (transport.takeOver()) {
              case CELL -> org.latentspace.proto.TakeOver.TAKE_OVER_CELL;
              case BEAT -> org.latentspace.proto.TakeOver.TAKE_OVER_BEAT;
              case BAR -> org.latentspace.proto.TakeOver.TAKE_OVER_BAR;
            })
        .setShuffle(transport.shuffle())
        .setPosition(
            EchoWriter.position(
                performance.ensemble().position(), !transport.playing(), System.nanoTime()))
        .build();
  }
}
