package org.latentspace.midi.inlet;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import org.latentspace.installation.InstallationFault;
import org.latentspace.midi.MidiFlow;
import org.latentspace.midi.time.Outputs;
import org.latentspace.midi.time.Outputs.PortState;
import org.latentspace.mididevices.MidiDevices;
import org.latentspace.mididevices.MidiPort;
import org.latentspace.proto.ListMidiDevicesReply;
import org.latentspace.proto.ListMidiDevicesRequest;
import org.latentspace.proto.ListPortsReply;
import org.latentspace.proto.MidiDevice;
import org.latentspace.proto.Port;
import org.latentspace.proto.PortServiceGrpc;
import org.latentspace.proto.SetOutputsRequest;
import org.latentspace.proto.SetPortRequest;
import org.latentspace.proto.SetRobotPortsRequest;
import org.latentspace.wire.grpc.Replies;

/** gRPC service: through what robots are struck, changed while playing. */
@Singleton
public class PortInlet extends PortServiceGrpc.PortServiceImplBase {
  private final MidiFlow flow;

  @Inject
  PortInlet(MidiFlow flow) {
    this.flow = flow;
  }

  @Override
  public void listMidiDevices(
      ListMidiDevicesRequest request, StreamObserver<ListMidiDevicesReply> response) {
    Replies.answer(
        response,
        () ->
            ListMidiDevicesReply.newBuilder()
                .addAllOutputs(devices("midi:", MidiDevices.outputs()))
                .addAllInputs(devices("", MidiDevices.inputs()))
                .build());
  }

  private static List<MidiDevice> devices(String prefix, List<MidiPort> all) {
    return all.stream().map(port -> device(prefix, port, all)).toList();
  }

  static MidiDevice device(String prefix, MidiPort port, List<MidiPort> all) {
    MidiDevice.Builder device = MidiDevice.newBuilder().setName(port.name());
    port.addresses(all).forEach(address -> device.addAddresses(prefix + address));
    if (port.usb() != null) {
      device.setUsbId(port.usb().id()).setSerial(port.usb().serial()).setUsb(port.usb().place());
    }
    return device.build();
  }

  @Override
  public void setOutputs(SetOutputsRequest wanted, StreamObserver<ListPortsReply> response) {
    change(response, () -> flow.outputs(wanted.getOutputsList()));
  }

  @Override
  public void setPort(SetPortRequest wanted, StreamObserver<ListPortsReply> response) {
    change(response, () -> flow.port(wanted.getPort(), wanted.getAddress()));
  }

  @Override
  public void setRobotPorts(SetRobotPortsRequest wanted, StreamObserver<ListPortsReply> response) {
    change(response, () -> flow.robotPorts(wanted.getRobot(), wanted.getPortsList()));
  }

  private interface Change {
    boolean take() throws InstallationFault;
  }

  private void change(StreamObserver<ListPortsReply> response, Change change) {
    Replies.answer(
        response,
        () -> {
          try {
            MidiGatewayInlet.done(change.take());
          } catch (InstallationFault fault) {
            throw Status.INVALID_ARGUMENT.withDescription(fault.getMessage()).asRuntimeException();
          }
          return ports(flow.outputs());
        });
  }

  /** All ports that are open. */
  static ListPortsReply ports(Outputs outputs) {
    ListPortsReply.Builder reply = ListPortsReply.newBuilder();
    for (PortState port : outputs.states()) {
      reply.addPorts(
          Port.newBuilder()
              .setAddress(port.address())
              .setStrokes(port.strokes())
              .setStatus(port.status())
              .setDropped(port.dropped())
              .setHung(port.hung())
              .setMostAtOnce(port.atOnce())
              .setSmearMs(port.smearNanos() / 1e6));
    }
    return reply.build();
  }
}
