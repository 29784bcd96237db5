package org.latentspace.vae.inlet;

import io.grpc.stub.StreamObserver;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.latentspace.proto.GatewayRelayGrpc;
import org.latentspace.proto.GetRecordingRequest;
import org.latentspace.proto.KeepHeardReply;
import org.latentspace.proto.KeepHeardRequest;
import org.latentspace.proto.ListEnsemblesReply;
import org.latentspace.proto.ListEnsemblesRequest;
import org.latentspace.proto.ListPortsReply;
import org.latentspace.proto.ListPortsRequest;
import org.latentspace.proto.ListRobotsReply;
import org.latentspace.proto.ListRobotsRequest;
import org.latentspace.proto.Recording;
import org.latentspace.proto.ReloadInstallationRequest;
import org.latentspace.proto.Robot;
import org.latentspace.proto.SetRobotRequest;
import org.latentspace.vae.outlet.GatewayLine;

/** gRPC service: what the left-hand neighbour asks of midi-gateway, handed on. */
@Singleton
public class GatewayRelayInlet extends GatewayRelayGrpc.GatewayRelayImplBase {
  @Inject GatewayLine gateway;

  @Override
  public void keepHeard(KeepHeardRequest request, StreamObserver<KeepHeardReply> caller) {
    gateway.keepHeard(request, caller);
  }

  @Override
  public void listEnsembles(
      ListEnsemblesRequest request, StreamObserver<ListEnsemblesReply> caller) {
    gateway.ask(caller, (midi, answer) -> midi.listEnsembles(request, answer));
  }

  @Override
  public void listRobots(ListRobotsRequest request, StreamObserver<ListRobotsReply> caller) {
    gateway.ask(caller, (midi, answer) -> midi.listRobots(request, answer));
  }

  @Override
  public void listPorts(ListPortsRequest request, StreamObserver<ListPortsReply> caller) {
    gateway.ask(caller, (midi, answer) -> midi.listPorts(request, answer));
  }

  @Override
  public void setRobot(SetRobotRequest request, StreamObserver<Robot> caller) {
    gateway.ask(caller, (midi, answer) -> midi.setRobot(request, answer));
  }

  @Override
  public void reloadInstallation(
      ReloadInstallationRequest request, StreamObserver<ListEnsemblesReply> caller) {
    gateway.ask(caller, (midi, answer) -> midi.reloadInstallation(request, answer));
  }

  @Override
  public void getRecording(GetRecordingRequest request, StreamObserver<Recording> caller) {
    gateway.ask(caller, (midi, answer) -> midi.getRecording(request, answer));
  }

  @Override
  public void setRecording(Recording wanted, StreamObserver<Recording> caller) {
    gateway.ask(caller, (midi, answer) -> midi.setRecording(wanted, answer));
  }
}
