package org.latentspace.midi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.wire.Until.until;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.latentspace.proto.Echo;
import org.latentspace.proto.EnsembleStatus;
import org.latentspace.proto.GetTransportRequest;
import org.latentspace.proto.ListEnsemblesRequest;
import org.latentspace.proto.ListMidiDevicesRequest;
import org.latentspace.proto.ListPortsReply;
import org.latentspace.proto.ListPortsRequest;
import org.latentspace.proto.ListRobotsRequest;
import org.latentspace.proto.MidiGatewayGrpc;
import org.latentspace.proto.Port;
import org.latentspace.proto.PortServiceGrpc;
import org.latentspace.proto.ReloadInstallationRequest;
import org.latentspace.proto.Robot;
import org.latentspace.proto.SetOutputsRequest;
import org.latentspace.proto.SetPortRequest;
import org.latentspace.proto.SetRobotPortsRequest;
import org.latentspace.proto.SetRobotRequest;
import org.latentspace.proto.TakeOver;
import org.latentspace.proto.Transport;

/** An installation that is read anew while the service runs, as an operator sees it. */
final class InstallationCheck {
  private static final ListEnsemblesRequest ENSEMBLES = ListEnsemblesRequest.getDefaultInstance();
  private static final ReloadInstallationRequest RELOAD =
      ReloadInstallationRequest.getDefaultInstance();

  private final MidiGatewayGrpc.MidiGatewayBlockingStub hands;
  private final PortServiceGrpc.PortServiceBlockingStub doors;
  private final URI home;
  private final Path file;

  InstallationCheck(ManagedChannel channel, URI home, Path file) {
    doors = PortServiceGrpc.newBlockingStub(channel).withDeadlineAfter(40, TimeUnit.SECONDS);
    hands = MidiGatewayGrpc.newBlockingStub(channel).withDeadlineAfter(40, TimeUnit.SECONDS);
    this.home = home;
    this.file = file;
  }

  /** From one ensemble of General MIDI's notes to two with robots, and back. */
  void check(Callable<Echo> play) throws Exception {
    assertEquals("robots", hands.listEnsembles(ENSEMBLES).getEnsembles(0).getEnsemble());
    Files.writeString(
        file,
        """
        ensembles:
          wood: {performers: [p]}
          metal: {take-over: cell, shuffle: 0.5}
        ports: {quiet: "none:"}
        robots:
          kick: {ensemble: wood, voices: [kick], note: 36, latency-ms: 30, min-interval-ms: 50}
          bell: {ensemble: metal, voices: [snare], ports: [quiet], note: 38, mute: true}
        """);
    assertEquals(2, hands.reloadInstallation(RELOAD).getEnsemblesCount());
    until(
        "the stopped song has changed",
        10,
        () -> hands.listRobots(ListRobotsRequest.getDefaultInstance()).getRobotsCount() == 2);
    Transport metal = hands.getTransport(of("metal"));
    assertEquals(0.5f, metal.getShuffle());
    assertEquals(TakeOver.TAKE_OVER_CELL, metal.getTakeOver());
    assertEquals("wood", hands.getTransport(of("")).getEnsemble());
    hands.setTransport(Transport.newBuilder().setEnsemble("metal").setNudgeMs(-20).build());
    assertEquals(-20, hands.getTransport(of("metal")).getNudgeMs());
    assertEquals(0, hands.getTransport(of("wood")).getNudgeMs());
    assertThrows(StatusRuntimeException.class, () -> hands.getTransport(of("glass")));
    Robot bell =
        hands.setRobot(SetRobotRequest.newBuilder().setRobot("bell").setMute(false).build());
    assertFalse(bell.getSilent());
    Files.writeString(file, "robots:\n  kick: {voices: [], note: 200}\n");
    StatusRuntimeException refused =
        assertThrows(StatusRuntimeException.class, () -> hands.reloadInstallation(RELOAD));
    assertEquals(Status.Code.INVALID_ARGUMENT, refused.getStatus().getCode());
    String why = refused.getStatus().getDescription();
    assertEquals(2, why.lines().count(), why);
    assertTrue(why.contains("robots.kick.note=200: must be 0..127"), why);
    assertEquals(2, hands.listEnsembles(ENSEMBLES).getEnsemblesCount(), "nothing has changed");
    checkPorts();
    playWithRobots(play);
    String metrics =
        new String(home.resolve("/q/metrics").toURL().openStream().readAllBytes(), UTF_8);
    assertTrue(
        Pattern.compile("midi_robot_strokes_total\\{robot=\"kick\",?} 2.0").matcher(metrics).find(),
        metrics);
  }

  /** Ports are changed by calls; what a hand has chosen for an ensemble and a robot stays. */
  private void checkPorts() {
    SetPortRequest elsewhere =
        SetPortRequest.newBuilder().setPort("quiet").setAddress("midi:not there").build();
    assertTrue(addresses(doors.setPort(elsewhere)).contains("midi:not there"));
    SetRobotPortsRequest both =
        SetRobotPortsRequest.newBuilder().setRobot("kick").addPorts("quiet").build();
    doors.setRobotPorts(both);
    assertThrows(
        StatusRuntimeException.class,
        () -> doors.setRobotPorts(both.toBuilder().addPorts("loud").build()));
    for (String wrong : List.of("midi:", "osc:x", "file:/missing/x.mid")) {
      assertEquals(
          Status.Code.INVALID_ARGUMENT,
          assertThrows(
                  StatusRuntimeException.class,
                  () -> doors.setPort(elsewhere.toBuilder().setAddress(wrong).build()))
              .getStatus()
              .getCode());
    }
    doors.setPort(elsewhere.toBuilder().setAddress("none:").build());
    doors.setRobotPorts(both.toBuilder().clearPorts().build());
    doors.setOutputs(SetOutputsRequest.newBuilder().addOutputs("none:").build());
    until("what is left is closed", 10, () -> addresses(ports()).equals(List.of("none:")));
    assertEquals(-20, hands.getTransport(of("metal")).getNudgeMs());
    assertFalse(robot("bell").getMute());
    assertTrue(doors.listMidiDevices(ListMidiDevicesRequest.getDefaultInstance()).isInitialized());
  }

  private Robot robot(String name) {
    return hands.listRobots(ListRobotsRequest.getDefaultInstance()).getRobotsList().stream()
        .filter(robot -> robot.getRobot().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private ListPortsReply ports() {
    return hands.listPorts(ListPortsRequest.getDefaultInstance());
  }

  private static List<String> addresses(ListPortsReply reply) {
    return reply.getPortsList().stream().map(Port::getAddress).toList();
  }

  private void playWithRobots(Callable<Echo> play) throws Exception {
    hands.setTransport(Transport.newBuilder().setBpm(300).setPlaying(true).build());
    Echo finished = play.call();
    assertEquals(List.of("wood", "metal"), ensembles(finished));
    assertEquals(2, finished.getEnsembles(0).getStrokes(), "the kick");
    assertEquals(1, finished.getEnsembles(1).getStrokes(), "the bell");
    assertEquals(0, finished.getStrokesDropped());
  }

  private static List<String> ensembles(Echo echo) {
    return echo.getEnsemblesList().stream().map(EnsembleStatus::getEnsemble).toList();
  }

  private static GetTransportRequest of(String ensemble) {
    return GetTransportRequest.newBuilder().setEnsemble(ensemble).build();
  }
}
