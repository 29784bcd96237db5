package org.latentspace.play;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.latentspace.proto.CalibrateRequest;
import org.latentspace.proto.Calibration;
import org.latentspace.proto.CalibrationPoint;
import org.latentspace.proto.CalibrationProgress;
import org.latentspace.proto.CalibrationServiceGrpc;
import org.latentspace.proto.DeleteCalibrationRequest;
import org.latentspace.proto.ListRobotsRequest;
import org.latentspace.proto.MidiGatewayGrpc;
import org.latentspace.proto.NextBar;
import org.latentspace.proto.NextBarServiceGrpc;
import org.latentspace.proto.Robot;
import org.latentspace.proto.WatchNextBarRequest;

/**
 * The demo's robots, as a person has them who has no robots: their next bars are told, and one of
 * them is measured through the simulated microphone while the others are silent.
 */
@Timeout(240)
class CalibrateIT {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  // The timing thread, the port and the line share a machine with whatever else runs.
  private static final double RIGHT_MS = 2;
  private static final double SOFT_MS = 28.5;
  private static final double LOUD_MS = 19;

  @TempDir private Path folder;

  @Test
  void theDemoTellsItsNextBarsAndMeasuresARobotByItsSound() throws Exception {
    String port = Play.port();
    Process play = start(port);
    ManagedChannel channel =
        ManagedChannelBuilder.forAddress("127.0.0.1", Play.grpcPort(port)).usePlaintext().build();
    try {
      watchBars(channel);
      measure(channel);
    } finally {
      channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
      play.descendants().forEach(ProcessHandle::destroy);
      play.destroy();
      assertTrue(play.waitFor(20, TimeUnit.SECONDS));
    }
  }

  private Process start(String port) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(ROOT.resolve("play").toString());
    command.add("--demo-robots");
    command.addAll(List.of("--input", "sax=synthetic", "--input", "violin=synthetic"));
    command.addAll(List.of("--input", "ear=device:Simulated microphone"));
    command.addAll(List.of("--output", "none", "--port", port, "--data", folder.toString()));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("out.txt").toFile());
    return builder.start();
  }

  private static void watchBars(ManagedChannel channel) {
    Iterator<NextBar> bars =
        NextBarServiceGrpc.newBlockingStub(channel)
            .withWaitForReady()
            .withDeadlineAfter(90, TimeUnit.SECONDS)
            .watchNextBar(WatchNextBarRequest.newBuilder().setEnsemble("wood").build());
    int strokes = 0;
    for (int i = 0; i < 4; i++) {
      NextBar bar = bars.next();
      assertEquals("wood", bar.getEnsemble());
      assertEquals("sax", bar.getPerformer());
      strokes += bar.getStrokesCount();
      bar.getStrokesList().forEach(s -> assertTrue(s.getRobot().startsWith("wood-"), s.toString()));
    }
    assertTrue(strokes > 0, "no stroke in four bars");
  }

  private void measure(ManagedChannel channel) {
    var calibrations =
        CalibrationServiceGrpc.newBlockingStub(channel).withDeadlineAfter(90, TimeUnit.SECONDS);
    CalibrateRequest.Builder request =
        CalibrateRequest.newBuilder().setRobot("wood-hat").setPerformer("ear");
    assertEquals(
        Status.Code.NOT_FOUND,
        refusal(() -> calibrations.calibrate(request.clone().setPerformer("nobody").build())));
    assertEquals(
        Status.Code.NOT_FOUND,
        refusal(() -> calibrations.calibrate(request.clone().setRobot("gong").build())));
    Iterator<CalibrationProgress> progress = calibrations.calibrate(request.build());
    CalibrationProgress last = progress.next();
    int heard = 0;
    while (progress.hasNext()) {
      heard++;
      last = progress.next();
    }
    assertTrue(heard > 20, "told " + heard + " times");
    Calibration found = last.getResult();
    for (CalibrationPoint point : found.getPointsList()) {
      double right = SOFT_MS + (LOUD_MS - SOFT_MS) * (point.getVelocity() - 1) / 126;
      assertEquals(right, point.getLatencyMs(), RIGHT_MS, found.toString());
    }
    assertEquals(List.of(found), robot(channel).getCalibrationsList());
    assertTrue(Files.exists(folder.resolve("midi/calibration/wood-hat.json")));
    calibrations.deleteCalibration(
        DeleteCalibrationRequest.newBuilder().setRobot("wood-hat").build());
    assertEquals(List.of(), robot(channel).getCalibrationsList());
  }

  private static Robot robot(ManagedChannel channel) {
    return MidiGatewayGrpc.newBlockingStub(channel)
        .listRobots(ListRobotsRequest.getDefaultInstance())
        .getRobotsList()
        .stream()
        .filter(robot -> robot.getRobot().equals("wood-hat"))
        .findFirst()
        .orElseThrow();
  }

  private static Status.Code refusal(Supplier<Iterator<?>> call) {
    return assertThrows(StatusRuntimeException.class, () -> call.get().next())
        .getStatus()
        .getCode();
  }
}
