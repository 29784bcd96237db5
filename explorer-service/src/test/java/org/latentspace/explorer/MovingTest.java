package org.latentspace.explorer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URL;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.latentspace.proto.Bounds;
import org.latentspace.proto.Echo;
import org.latentspace.proto.ExplorerServiceGrpc;
import org.latentspace.proto.ExplorerSettings;
import org.latentspace.proto.FeatureFrame;
import org.latentspace.proto.GetSensitivityRequest;
import org.latentspace.proto.Mode;
import org.latentspace.proto.Motion;
import org.latentspace.proto.OutputRoute;
import org.latentspace.proto.OutputRoutes;
import org.latentspace.proto.PlaceRequest;
import org.latentspace.proto.PlayTrajectoryRequest;
import org.latentspace.proto.PresetRequest;
import org.latentspace.proto.Sensitivity;
import org.latentspace.proto.Trajectory;
import org.latentspace.proto.TrajectoryRequest;
import org.latentspace.wire.grpc.GrpcServer;

/** Settings, presets and trajectories over gRPC, in the same application as the other tests. */
@QuarkusTest
@QuarkusTestResource(FakeVae.class)
class MovingTest {
  private static final long FRAME = 10_000_000;

  @TestHTTPResource("/")
  URL address;

  @Inject GrpcServer grpc;

  private ManagedChannel channel;
  private ExplorerServiceGrpc.ExplorerServiceBlockingStub explorer;
  private EchoListener echoes;
  private StreamObserver<FeatureFrame> frames;
  private int sent;

  @BeforeEach
  void call() {
    channel =
        ManagedChannelBuilder.forAddress(address.getHost(), grpc.port()).usePlaintext().build();
    explorer = ExplorerServiceGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS);
    echoes = new EchoListener();
    frames = ExplorerServiceGrpc.newStub(channel).explore(echoes);
  }

  @AfterEach
  void hangUp() throws InterruptedException {
    frames.onCompleted();
    channel.shutdownNow();
    channel.awaitTermination(5, TimeUnit.SECONDS);
  }

  private Echo play(String performer) throws Exception {
    FeatureFrame frame = Frames.message(performer, ++sent, true, Frames.FAST_HIGH);
    frames.onNext(
        frame.toBuilder()
            .setOrigin(frame.getOrigin().toBuilder().setSoundNanos(sent * FRAME))
            .build());
    Echo echo = echoes.next();
    while (echo.getOrigin().getSequence() < sent) {
      // Of a point that a hand has sent between the frames.
      echo = echoes.next();
    }
    return echo;
  }

  private static ExplorerSettings.Builder of(String performer) {
    return ExplorerSettings.newBuilder().setPerformer(performer);
  }

  private static PlaceRequest place(String performer, float x, float y) {
    return PlaceRequest.newBuilder().setPerformer(performer).addAllPosition(List.of(x, y)).build();
  }

  @Test
  void unsetFieldsStayAndTheEchoSaysHowThePointMoves() throws Exception {
    play("mover");
    ExplorerSettings set =
        explorer.setSettings(
            of("mover")
                .setMode(Mode.MODE_SELECT)
                .setMotion(Motion.MOTION_MOVEMENT)
                .setBounds(Bounds.BOUNDS_REFLECT)
                .setMaxSpeed(0.5f)
                .build());
    assertEquals(300, set.getRestMs());
    ExplorerSettings more = explorer.setSettings(of("mover").setAutonomy(0.25f).build());
    assertEquals(set.toBuilder().setAutonomy(0.25f).build(), more);
    explorer.place(place("mover", 1, 0.25f));
    Echo first = play("mover");
    assertEquals(List.of(0.5f, -0.25f), first.getExploring().getVelocityList());
    for (int i = 0; i < 20; i++) {
      play("mover");
    }
    Echo last = play("mover");
    double way = last.getPoint().getPosition(0) - first.getPoint().getPosition(0);
    assertEquals(0.5 * 21 * FRAME / 1e9, Math.abs(way), 1e-5);
  }

  @Test
  void presetsAreStoredRecalledListedAndForgotten() throws Exception {
    play("keeper");
    explorer.setSettings(of("keeper").setMode(Mode.MODE_SELECT).build());
    explorer.place(place("keeper", 0.2f, 0.8f));
    PresetRequest corner =
        PresetRequest.newBuilder().setPerformer("keeper").setPreset("corner").build();
    explorer.storePreset(corner);
    explorer.place(place("keeper", 1, 0.8f));
    play("keeper");
    explorer.recallPreset(corner.toBuilder().setMorphS(1).build());
    for (int i = 1; i <= 50; i++) {
      play("keeper");
    }
    Echo half = play("keeper");
    assertEquals("corner", half.getExploring().getMorphingPreset());
    assertEquals(0.51, half.getExploring().getMorph(), 1e-5);
    assertEquals(1 - 0.51 * 0.8, half.getPoint().getPosition(0), 1e-5);
    assertEquals(1, explorer.listPresets(corner).getPresetsCount());
    assertEquals("corner", explorer.deletePreset(corner).getName());
    assertEquals(0, explorer.listPresets(corner).getPresetsCount());
    refused(Status.Code.NOT_FOUND, "no preset corner", () -> explorer.recallPreset(corner));
  }

  @Test
  void trajectoriesAreRecordedReplayedAndForgotten() throws Exception {
    play("walker");
    TrajectoryRequest way =
        TrajectoryRequest.newBuilder().setPerformer("walker").setTrajectory("way").build();
    explorer.recordTrajectory(way);
    refused(
        Status.Code.FAILED_PRECONDITION, "being recorded", () -> explorer.recordTrajectory(way));
    for (int i = 0; i < 10; i++) {
      assertEquals("way", play("walker").getExploring().getRecordingTrajectory());
    }
    Trajectory stored = explorer.stopTrajectory(way);
    assertEquals(10, stored.getPoints());
    assertEquals(0.09, stored.getSeconds(), 1e-9);
    assertEquals(List.of(stored), explorer.listTrajectories(way).getTrajectoriesList());
    PlayTrajectoryRequest.Builder again =
        PlayTrajectoryRequest.newBuilder().setPerformer("walker").setTrajectory("way");
    refused(
        Status.Code.OUT_OF_RANGE,
        "speed=11.0: must be 0.1..10",
        () -> explorer.playTrajectory(again.clone().setSpeed(11).build()));
    explorer.playTrajectory(again.setLoop(true).build());
    assertEquals("way", play("walker").getExploring().getPlayingTrajectory());
    explorer.stopTrajectory(way.toBuilder().clearTrajectory().build());
    assertEquals("", play("walker").getExploring().getPlayingTrajectory());
    explorer.deleteTrajectory(way);
    refused(
        Status.Code.NOT_FOUND, "no trajectory way", () -> explorer.playTrajectory(again.build()));
  }

  @Test
  void saysWhichInputMovesWhichOutput() throws Exception {
    play("feeler");
    Sensitivity found =
        explorer.getSensitivity(GetSensitivityRequest.newBuilder().setPerformer("feeler").build());
    assertEquals(List.of("x", "y", "noise", "z-ramp"), found.getOutputsList());
    assertEquals("density", found.getSenses(1));
    assertEquals(40, found.getSlopeCount());
    assertTrue(found.getSlopeList().stream().anyMatch(slope -> Math.abs(slope) > 0.1));
  }

  @Test
  void refusesWithTheValueAndItsRange() throws Exception {
    play("wrong");
    refused(
        Status.Code.OUT_OF_RANGE,
        "max_speed=11.0: must be 0.01..10",
        () -> explorer.setSettings(of("wrong").setMaxSpeed(11).build()));
    refused(
        Status.Code.OUT_OF_RANGE,
        "autonomy=NaN: must be 0..1",
        () -> explorer.setSettings(of("wrong").setAutonomy(Float.NaN).build()));
    refused(
        Status.Code.INVALID_ARGUMENT,
        "destination=midi-cc:17:3, must be midi-cc:1..16:0..127 or osc:/ADDRESS",
        () -> explorer.setSettings(of("wrong").setRoutes(route("a", "midi-cc:17:3")).build()));
    refused(
        Status.Code.INVALID_ARGUMENT,
        "name=z3",
        () -> explorer.setSettings(of("wrong").setRoutes(route("z3", "")).build()));
    refused(
        Status.Code.OUT_OF_RANGE,
        "morph_s=61.0: must be 0..60",
        () ->
            explorer.recallPreset(
                PresetRequest.newBuilder().setPerformer("wrong").setMorphS(61).build()));
    refused(
        Status.Code.INVALID_ARGUMENT,
        "preset must be 1..64 characters",
        () ->
            explorer.storePreset(
                PresetRequest.newBuilder().setPerformer("wrong").setPreset("../x").build()));
  }

  private static OutputRoutes route(String name, String destination) {
    return OutputRoutes.newBuilder()
        .addRoutes(OutputRoute.newBuilder().setName(name).setDestination(destination))
        .build();
  }

  private static void refused(Status.Code code, String saying, Runnable call) {
    StatusRuntimeException fault = assertThrows(StatusRuntimeException.class, call::run);
    assertEquals(code, fault.getStatus().getCode(), fault.getMessage());
    assertTrue(fault.getStatus().getDescription().contains(saying), fault.getMessage());
  }
}
