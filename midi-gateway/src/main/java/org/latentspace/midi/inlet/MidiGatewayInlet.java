package org.latentspace.midi.inlet;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.latentspace.installation.InstallationFault;
import org.latentspace.midi.MidiConfig;
import org.latentspace.midi.MidiFlow;
import org.latentspace.midi.MidiMetrics;
import org.latentspace.midi.outlet.CalibrationStore;
import org.latentspace.midi.robot.Robot;
import org.latentspace.midi.time.Ensemble;
import org.latentspace.midi.time.EnsembleStyle;
import org.latentspace.midi.time.Performance;
import org.latentspace.midi.wire.EnsembleWire;
import org.latentspace.proto.Echo;
import org.latentspace.proto.GetRecordingRequest;
import org.latentspace.proto.GetTransportRequest;
import org.latentspace.proto.ListEnsemblesReply;
import org.latentspace.proto.ListEnsemblesRequest;
import org.latentspace.proto.ListPortsReply;
import org.latentspace.proto.ListPortsRequest;
import org.latentspace.proto.ListRobotsReply;
import org.latentspace.proto.ListRobotsRequest;
import org.latentspace.proto.MidiGatewayGrpc;
import org.latentspace.proto.PanicRequest;
import org.latentspace.proto.Recording;
import org.latentspace.proto.ReloadInstallationRequest;
import org.latentspace.proto.Rhythm;
import org.latentspace.proto.SetRobotRequest;
import org.latentspace.proto.TapRequest;
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
  private final ClockWire clock;
  private final CalibrationStore calibrations;
  private final RefusalLog refusals =
      new RefusalLog(Logger.getLogger(MidiGatewayInlet.class), "rhythm");

  @Inject
  MidiGatewayInlet(
      MidiFlow flow,
      Performance performance,
      MidiMetrics metrics,
      MidiConfig config,
      EchoWriter writer,
      ClockWire clock,
      CalibrationStore calibrations) {
    this.calibrations = calibrations;
    this.flow = flow;
    this.performance = performance;
    this.metrics = metrics;
    this.writer = writer;
    this.clock = clock;
    reader = new RhythmReader(config.stepDivision());
  }

  @Override
  public StreamObserver<Rhythm> play(StreamObserver<Echo> responses) {
    return new RhythmStream(
        flow, performance, metrics, reader, writer, refusals, new EchoOutlet(responses));
  }

  @Override
  public void getTransport(GetTransportRequest request, StreamObserver<Transport> response) {
    Replies.answer(response, () -> wire(ensemble(request.getEnsemble())));
  }

  @Override
  public void setTransport(Transport wanted, StreamObserver<Transport> response) {
    Replies.answer(
        response,
        () -> wire(change(ensemble(wanted.getEnsemble()), wanted)),
        MidiGatewayInlet::status);
  }

  private static Status status(Throwable fault) {
    boolean impossible = fault instanceof IllegalStateException;
    boolean outOfRange = fault instanceof IllegalArgumentException;
    return impossible ? Status.FAILED_PRECONDITION : outOfRange ? Status.OUT_OF_RANGE : null;
  }

  @Override
  public void tap(TapRequest request, StreamObserver<Transport> response) {
    long now = System.nanoTime();
    Replies.answer(
        response,
        () -> {
          performance.clock().tap(now);
          return wire(ensemble(""));
        },
        MidiGatewayInlet::status);
  }

  private Ensemble change(Ensemble ensemble, Transport wanted) {
    EnsembleStyle before = ensemble.style();
    EnsembleStyle style = EnsembleWire.changed(before, wanted);
    clock.check(wanted);
    if (!style.equals(before)) {
      performance.style(ensemble, style);
    }
    clock.change(wanted);
    return ensemble;
  }

  /** Throws NOT_FOUND with those that are there. */
  private Ensemble ensemble(String name) {
    List<Ensemble> all = performance.ensembles();
    return all.stream()
        .filter(ensemble -> name.isEmpty() || ensemble.name().equals(name))
        .findFirst()
        .orElseThrow(() -> notFound("ensemble", name, all.stream().map(Ensemble::name)));
  }

  private static StatusRuntimeException notFound(String what, String name, Stream<String> those) {
    return Status.NOT_FOUND
        .withDescription(
            "no "
                + what
                + " \""
                + name
                + "\"; there are "
                + those.collect(Collectors.joining(", ")))
        .asRuntimeException();
  }

  @Override
  public void listEnsembles(
      ListEnsemblesRequest request, StreamObserver<ListEnsemblesReply> response) {
    Replies.answer(response, this::ensembles);
  }

  private ListEnsemblesReply ensembles() {
    ListEnsemblesReply.Builder reply = ListEnsemblesReply.newBuilder();
    boolean stopped = !performance.transport().playing();
    long now = System.nanoTime();
    performance.ensembles().forEach(e -> reply.addEnsembles(EchoWriter.status(e, stopped, now)));
    return reply.build();
  }

  @Override
  public void reloadInstallation(
      ReloadInstallationRequest request, StreamObserver<ListEnsemblesReply> response) {
    Replies.answer(
        response,
        () -> {
          try {
            done(flow.reload());
          } catch (InstallationFault fault) {
            throw Status.INVALID_ARGUMENT.withDescription(fault.getMessage()).asRuntimeException();
          }
          metrics.showRobots();
          return ensembles();
        });
  }

  @Override
  public void listRobots(ListRobotsRequest request, StreamObserver<ListRobotsReply> response) {
    Replies.answer(
        response,
        () -> {
          ListRobotsReply.Builder reply = ListRobotsReply.newBuilder();
          String name = request.getEnsemble();
          List<Ensemble> all = name.isEmpty() ? performance.ensembles() : List.of(ensemble(name));
          for (Ensemble each : all) {
            each.robots().robots().forEach(r -> reply.addRobots(wire(each, r)));
          }
          return reply.build();
        });
  }

  @Override
  public void setRobot(SetRobotRequest wanted, StreamObserver<org.latentspace.proto.Robot> reply) {
    Replies.answer(reply, () -> set(wanted));
  }

  private org.latentspace.proto.Robot set(SetRobotRequest wanted) {
    for (Ensemble ensemble : performance.ensembles()) {
      for (Robot robot : ensemble.robots().robots()) {
        if (robot.name().equals(wanted.getRobot())) {
          robot.choose(
              wanted.hasMute() ? wanted.getMute() : robot.mute(),
              wanted.hasSolo() ? wanted.getSolo() : robot.solo());
          ensemble.robots().listen();
          return wire(ensemble, robot);
        }
      }
    }
    throw notFound(
        "robot",
        wanted.getRobot(),
        performance.ensembles().stream()
            .flatMap(e -> e.robots().robots().stream())
            .map(Robot::name));
  }

  private org.latentspace.proto.Robot wire(Ensemble ensemble, Robot robot) {
    return EnsembleWire.robot(ensemble, robot, calibrations.of(robot.name()));
  }

  static void done(boolean taken) {
    if (!taken) {
      throw Status.UNAVAILABLE
          .withDescription("the timing thread has too much to do; try again")
          .asRuntimeException();
    }
  }

  @Override
  public void panic(PanicRequest request, StreamObserver<Transport> response) {
    Replies.answer(
        response,
        () -> {
          flow.panic();
          return wire(ensemble(""));
        });
  }

  @Override
  public void listPorts(ListPortsRequest request, StreamObserver<ListPortsReply> response) {
    Replies.answer(response, () -> PortInlet.ports(flow.outputs()));
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
          done(!wanted.hasRecording() || flow.record(wanted.getRecording()));
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

  private Transport wire(Ensemble ensemble) {
    Transport now = clock.transport();
    return EnsembleWire.transport(ensemble)
        .mergeFrom(now)
        .setPosition(EchoWriter.position(ensemble.position(), !now.getPlaying(), System.nanoTime()))
        .build();
  }
}
