package org.latentspace.explorer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.wire.Until.until;

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
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sound.midi.ShortMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.latentspace.proto.ControlServiceGrpc;
import org.latentspace.proto.ExplorerServiceGrpc;
import org.latentspace.proto.ExplorerSettings;
import org.latentspace.proto.FeatureFrame;
import org.latentspace.proto.ForgetControlRequest;
import org.latentspace.proto.GetSettingsRequest;
import org.latentspace.proto.LearnRequest;
import org.latentspace.proto.ListControlsReply;
import org.latentspace.proto.ListControlsRequest;
import org.latentspace.proto.MappedControl;
import org.latentspace.proto.PresetRequest;
import org.latentspace.proto.ReloadInstallationRequest;
import org.latentspace.wire.grpc.GrpcServer;

/** Pads, pedals and knobs as the installation's file maps them, and as they are learned. */
@QuarkusTest
@QuarkusTestResource(FakeVae.class)
class ControlsTest {
  @TestHTTPResource("/")
  URL address;

  @Inject GrpcServer grpc;

  private ManagedChannel channel;
  private ExplorerServiceGrpc.ExplorerServiceBlockingStub explorer;
  private ControlServiceGrpc.ControlServiceBlockingStub controls;

  @BeforeEach
  void call() throws Exception {
    channel =
        ManagedChannelBuilder.forAddress(address.getHost(), grpc.port()).usePlaintext().build();
    explorer = ExplorerServiceGrpc.newBlockingStub(channel).withDeadlineAfter(60, TimeUnit.SECONDS);
    controls = ControlServiceGrpc.newBlockingStub(channel).withDeadlineAfter(60, TimeUnit.SECONDS);
    EchoListener echoes = new EchoListener();
    StreamObserver<FeatureFrame> frames = ExplorerServiceGrpc.newStub(channel).explore(echoes);
    frames.onNext(Frames.message("drummer", 1, true, Frames.PLAYED));
    echoes.next();
    frames.onCompleted();
    PadsProvider.plugIn();
    until("the pads are heard", PadsProvider::isHeard);
  }

  @AfterEach
  void hangUp() throws InterruptedException {
    PadsProvider.plugOut();
    channel.shutdownNow();
    channel.awaitTermination(5, TimeUnit.SECONDS);
  }

  private static void press(int note) {
    try {
      PadsProvider.send(ShortMessage.NOTE_ON, 1, note, 100);
      PadsProvider.send(ShortMessage.NOTE_OFF, 1, note, 0);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void turn(int controller, int value) throws Exception {
    PadsProvider.send(ShortMessage.CONTROL_CHANGE, 1, controller, value);
  }

  private ExplorerSettings drummer() {
    return explorer.getSettings(GetSettingsRequest.newBuilder().setPerformer("drummer").build());
  }

  private static boolean lampsEndWith(String message) {
    List<String> shown = PadsProvider.lamps();
    String key = message.substring(0, message.lastIndexOf(' '));
    return shown.stream()
        .filter(lamp -> lamp.startsWith(key))
        .reduce((one, other) -> other)
        .orElse("")
        .equals(message);
  }

  @Test
  void aPedalStopsAndStartsAndItsLampShowsItAlsoWhenThePedalIsPluggedInAgain() {
    until("the lamp is lit", () -> lampsEndWith("91 50 127"));
    press(50);
    until("stopped", () -> !FakeVae.song.getPlaying());
    until("the lamp is dark", () -> lampsEndWith("91 50 0"));
    FakeVae.song = FakeVae.song.toBuilder().setPlaying(true).build();
    until("what others change is shown as well", () -> lampsEndWith("91 50 127"));
    PadsProvider.plugOut();
    PadsProvider.plugIn();
    until("the pedal that is back is lit", () -> lampsEndWith("91 50 127"));
    press(53);
    until("the robot is mute", () -> FakeVae.kick.getMute());
    until("its lamp is lit", () -> lampsEndWith("b0 53 127"));
    press(53);
    until("the robot strikes", () -> !FakeVae.kick.getMute());
  }

  @Test
  void aKnobSetsTheTempoWithinItsRangeAndTheNewestOfManyTurnsCounts() throws Exception {
    for (int i = 127; i >= 0; i--) {
      turn(7, i);
    }
    until("bpm 60", () -> FakeVae.song.getBpm() == 60);
    turn(7, 127);
    until("bpm 187", () -> FakeVae.song.getBpm() == 187);
    PadsProvider.send(ShortMessage.CONTROL_CHANGE, 2, 7, 5);
    turn(8, 127);
    until("autonomy 1", () -> drummer().getAutonomy() == 1);
    turn(8, 0);
    until("autonomy 0", () -> drummer().getAutonomy() == 0);
    assertEquals(187, FakeVae.song.getBpm(), "of another channel");
  }

  @Test
  void padsGoFromPresetToPresetAndToOneByItsName() {
    for (String preset : List.of("a", "b", "c")) {
      explorer.setSettings(
          ExplorerSettings.newBuilder()
              .setPerformer("drummer")
              .setMaxSpeed(preset.charAt(0) - 'a' + 1)
              .build());
      explorer.storePreset(
          PresetRequest.newBuilder().setPerformer("drummer").setPreset(preset).build());
    }
    press(52);
    until("preset b", () -> drummer().getMaxSpeed() == 2);
    press(51);
    until("preset c", () -> drummer().getMaxSpeed() == 3);
    press(51);
    until("after the last the first", () -> drummer().getMaxSpeed() == 1);
    explorer.deletePreset(
        PresetRequest.newBuilder().setPerformer("drummer").setPreset("a").build());
    press(51);
    until("after one that is gone the next", () -> drummer().getMaxSpeed() == 2);
  }

  private MappedControl learn(LearnRequest.Builder request, Runnable pressing) {
    CompletableFuture<MappedControl> learned =
        CompletableFuture.supplyAsync(() -> controls.learn(request.setSeconds(60).build()));
    until(
        "it is learned",
        () -> {
          pressing.run();
          return learned.isDone();
        });
    return learned.join();
  }

  @Test
  void aControlIsLearnedByPressingItAndForgotten() throws Exception {
    LearnRequest.Builder stop =
        LearnRequest.newBuilder()
            .setControl(MappedControl.newBuilder().setDoes("play").setTo("false"))
            .setFeedback(true);
    MappedControl pad = learn(stop, () -> press(77));
    assertEquals(PadsProvider.NAME.toLowerCase(), pad.getMidiIn().toLowerCase());
    assertEquals(77, pad.getOn().getNote());
    assertEquals(pad.getOn(), pad.getFeedback());
    assertTrue(list().getControlsList().contains(pad), list().toString());
    String kept = Files.readString(FakeVae.installation.resolveSibling("learned-controls.json"));
    assertTrue(kept.contains(pad.getId()), kept);
    until("its input is heard", PadsProvider::isHeard);
    FakeVae.song = FakeVae.song.toBuilder().setPlaying(true).build();
    press(77);
    until("stopped", () -> !FakeVae.song.getPlaying());
    until("its lamp is lit", () -> lampsEndWith("90 77 127"));
    StatusRuntimeException twice = assertThrows(StatusRuntimeException.class, () -> again(stop));
    assertEquals(Status.Code.ALREADY_EXISTS, twice.getStatus().getCode(), twice.getMessage());
    controls.forgetControl(ForgetControlRequest.newBuilder().setId(pad.getId()).build());
    assertFalse(list().getControlsList().contains(pad));
    refused(
        Status.Code.NOT_FOUND,
        "no learned control",
        () -> controls.forgetControl(ForgetControlRequest.newBuilder().setId(pad.getId()).build()));
  }

  /** Learns from the pad that does something already. */
  private void again(LearnRequest.Builder request) {
    try {
      learn(request, () -> press(77));
    } catch (java.util.concurrent.CompletionException e) {
      throw (StatusRuntimeException) e.getCause();
    }
  }

  @Test
  void whatIsWrongWithALessonIsToldBeforeAnybodyPresses() {
    MappedControl.Builder wrong = MappedControl.newBuilder().setDoes("dance");
    refused(Status.Code.INVALID_ARGUMENT, "does=\"dance\": must be one of play", () -> ask(wrong));
    wrong.setDoes("mode");
    refused(Status.Code.INVALID_ARGUMENT, "performer is missing", () -> ask(wrong));
    wrong.setDoes("tempo").setLow(10).setHigh(500);
    refused(Status.Code.INVALID_ARGUMENT, "range[0]=10.0: must be 20..300", () -> ask(wrong));
    LearnRequest.Builder nobody = LearnRequest.newBuilder().setSeconds(1);
    nobody.setControl(MappedControl.newBuilder().setDoes("panic").setMidiIn("no such input"));
    refused(Status.Code.DEADLINE_EXCEEDED, "within 1 s", () -> controls.learn(nobody.build()));
    refused(
        Status.Code.OUT_OF_RANGE,
        "seconds=121: must be 0..120",
        () -> controls.learn(nobody.setSeconds(121).build()));
  }

  private void ask(MappedControl.Builder control) {
    controls.learn(LearnRequest.newBuilder().setControl(control).build());
  }

  private ListControlsReply list() {
    return controls.listControls(ListControlsRequest.getDefaultInstance());
  }

  @Test
  void theFileIsReadAnewAndABadOneChangesNothing() throws Exception {
    String before = Files.readString(FakeVae.installation);
    int reloads = FakeVae.RELOADS.get();
    try {
      Files.writeString(FakeVae.installation, before.replace("to: b", "to: 'no name'"));
      refused(Status.Code.INVALID_ARGUMENT, "to=\"no name\": must be 1..64", this::reload);
      assertEquals(reloads, FakeVae.RELOADS.get());
      ListControlsReply old = list();
      FakeVae.song = FakeVae.song.toBuilder().setPlaying(true).build();
      press(50);
      until("the old one works", () -> !FakeVae.song.getPlaying());
      Files.writeString(
          FakeVae.installation, before.replace("{note: 50}, does: play", "{note: 60}, does: play"));
      ListControlsReply now = reload();
      assertEquals(reloads + 1, FakeVae.RELOADS.get());
      assertEquals(old.getControlsCount(), now.getControlsCount());
      until("the pads are heard", PadsProvider::isHeard);
      press(50);
      press(60);
      until("the new one works", () -> FakeVae.song.getPlaying());
    } finally {
      Files.writeString(FakeVae.installation, before);
      reload();
    }
  }

  private ListControlsReply reload() {
    return controls.reloadInstallation(ReloadInstallationRequest.getDefaultInstance());
  }

  private static void refused(Status.Code code, String saying, Runnable call) {
    StatusRuntimeException fault = assertThrows(StatusRuntimeException.class, call::run);
    assertEquals(code, fault.getStatus().getCode(), fault.getMessage());
    assertTrue(fault.getStatus().getDescription().contains(saying), fault.getMessage());
  }
}
