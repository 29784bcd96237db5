package org.latentspace.explorer;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sound.midi.ShortMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.latentspace.explorer.wire.PairWire;
import org.latentspace.proto.AddPairRequest;
import org.latentspace.proto.ExplorerServiceGrpc;
import org.latentspace.proto.ExplorerSettings;
import org.latentspace.proto.ExportProjectRequest;
import org.latentspace.proto.FeatureFrame;
import org.latentspace.proto.GetSettingsRequest;
import org.latentspace.proto.ListPairsReply;
import org.latentspace.proto.ListPairsRequest;
import org.latentspace.proto.Mode;
import org.latentspace.proto.Project;
import org.latentspace.proto.TeachingServiceGrpc;
import org.latentspace.proto.TrainingPair;
import org.latentspace.proto.UndoRequest;
import org.latentspace.wire.grpc.GrpcServer;

/** Teaching by foot, and carrying projects, in the same application. */
@QuarkusTest
@QuarkusTestResource(FakeVae.class)
class TeachingDoorsTest {

  @TestHTTPResource("/")
  URL address;

  @Inject GrpcServer grpc;

  private ManagedChannel channel;
  private ExplorerServiceGrpc.ExplorerServiceBlockingStub explorer;
  private TeachingServiceGrpc.TeachingServiceBlockingStub teaching;
  private EchoListener echoes;
  private StreamObserver<FeatureFrame> frames;

  @BeforeEach
  void call() {
    channel =
        ManagedChannelBuilder.forAddress(address.getHost(), grpc.port())
            .usePlaintext()
            .maxInboundMessageSize(65 << 20)
            .build();
    explorer = ExplorerServiceGrpc.newBlockingStub(channel).withDeadlineAfter(40, TimeUnit.SECONDS);
    teaching = TeachingServiceGrpc.newBlockingStub(channel).withDeadlineAfter(40, TimeUnit.SECONDS);
    echoes = new EchoListener();
    frames = ExplorerServiceGrpc.newStub(channel).explore(echoes);
  }

  @AfterEach
  void hangUp() throws InterruptedException {
    PadsProvider.plugOut();
    frames.onCompleted();
    channel.shutdownNow();
    channel.awaitTermination(5, TimeUnit.SECONDS);
  }

  private void play(String performer, int from, int to) throws Exception {
    for (int i = from; i <= to; i++) {
      frames.onNext(Frames.message(performer, i, true, Frames.PLAYED));
      echoes.next();
    }
  }

  private ListPairsReply list(String performer) {
    return teaching.listPairs(ListPairsRequest.newBuilder().setPerformer(performer).build());
  }

  private TrainingPair add(String performer) {
    return teaching.addPair(AddPairRequest.newBuilder().setPerformer(performer).build());
  }

  private Project export(String performer) {
    return teaching.exportProject(
        ExportProjectRequest.newBuilder().setPerformer(performer).build());
  }

  private Project replace(String performer, Project project) {
    return teaching.importProject(project.toBuilder().setPerformer(performer).build());
  }

  /** A project but for whose it is and when it was exported. */
  private static Project plain(Project project) {
    return project.toBuilder().clearPerformer().clearExportedAt().build();
  }

  private static void tap(int note) throws Exception {
    PadsProvider.send(ShortMessage.NOTE_ON, 1, note, 100);
    PadsProvider.send(ShortMessage.NOTE_OFF, 1, note, 0);
  }

  private String readiness() {
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create(address + "q/health/ready")).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aPadTeachesAsTheInstallationSays() throws Exception {
    play("drummer", 1, 1);
    assertTrue(readiness().contains("no MIDI input \\\"lse test pads\\\""), readiness());
    PadsProvider.plugIn();
    until("the pads are heard", PadsProvider::isHeard);
    until("the pads are there", () -> readiness().contains("\"controls\": \"ok\""));
    PadsProvider.send(ShortMessage.NOTE_ON, 1, 36, 100);
    play("drummer", 2, 11);
    PadsProvider.send(ShortMessage.NOTE_ON, 1, 36, 0);
    until("pairs: 1", () -> list("drummer").getPairsCount() == 1);
    assertEquals(10, list("drummer").getPairs(0).getFrames());
    tap(37);
    until("pairs: 2", () -> list("drummer").getPairsCount() == 2);
    assertEquals(1, list("drummer").getPairs(1).getFrames());
    tap(38);
    until("pairs: 1", () -> list("drummer").getPairsCount() == 1);
    tap(39);
    GetSettingsRequest mine = GetSettingsRequest.newBuilder().setPerformer("drummer").build();
    until("the mode is select", () -> explorer.getSettings(mine).getMode() == Mode.MODE_SELECT);
    List<Float> output = list("drummer").getPairs(0).getOutputList();
    assertEquals(output.subList(0, 2), explorer.getSettings(mine).getPositionList());
    tap(40);
    until("the mode is predict", () -> explorer.getSettings(mine).getMode() == Mode.MODE_PREDICT);
    PadsProvider.send(ShortMessage.CONTROL_CHANGE, 3, 64, 127);
    until("pairs: 0", () -> list("drummer").getPairsCount() == 0);
    // What is refused does no harm.
    tap(39);
    assertEquals(0, list("drummer").getPairsCount());
  }

  @Test
  void aProjectIsCarriedToAnotherPerformerAndBack() throws Exception {
    play("giver", 1, 2);
    play("taker", 3, 4);
    TrainingPair pair = add("giver");
    add("taker");
    FeatureFrame frame = Frames.message("giver", 5, true, Frames.PLAYED);
    frames.onNext(frame.toBuilder().setScalingSpec(PairWire.scale(Pairs.scale("lse", 10))).build());
    echoes.next();
    explorer.setSettings(
        ExplorerSettings.newBuilder()
            .setPerformer("giver")
            .setMode(Mode.MODE_SELECT)
            .setAutonomy(.25f)
            .build());
    Project given = export("giver");
    assertEquals("latent-space-explorer-project", given.getFormat());
    assertEquals("giver", given.getPerformer());
    assertEquals("lse", given.getScaling().getName());
    assertEquals(pair.toBuilder().clearPerformer().build(), given.getPairs(0));
    Project takers = export("taker");
    assertEquals(plain(takers), plain(replace("taker", given)));
    assertEquals(
        List.of(pair.toBuilder().setPerformer("taker").build()), list("taker").getPairsList());
    GetSettingsRequest hers = GetSettingsRequest.newBuilder().setPerformer("taker").build();
    assertEquals(.25f, explorer.getSettings(hers).getAutonomy());
    replace("taker", takers);
    assertEquals(plain(takers), plain(export("taker")));
  }

  @Test
  void changesOfOnePerformerLeaveTheOthersProjectAsItIs() throws Exception {
    play("left", 1, 2);
    play("right", 3, 4);
    add("left");
    add("right");
    Project rights = plain(export("right"));
    explorer.setSettings(
        ExplorerSettings.newBuilder().setPerformer("left").setMode(Mode.MODE_SELECT).build());
    assertEquals(rights, plain(export("right")));
    add("left");
    assertEquals(rights, plain(export("right")));
    teaching.undo(UndoRequest.newBuilder().setPerformer("left").build());
    replace("left", export("right"));
    assertEquals(rights, plain(export("right")));
    assertEquals(rights.getPairsList(), export("left").getPairsList());
  }

  @Test
  void whatIsWrongWithAProjectIsSaidAndNothingIsChanged() throws Exception {
    play("careful", 1, 2);
    add("careful");
    Project before = export("careful");
    Project.Builder wrong = before.toBuilder();
    wrong.getPairsBuilder(0).setFrames(0);
    refused(
        Status.Code.INVALID_ARGUMENT,
        "pairs[0].frames is 0: must be a whole number 1..",
        () -> replace("careful", wrong.build()));
    // More than gRPC's usual 4 MB.
    Project large = before.toBuilder().setFormat(" ".repeat(5 << 20)).build();
    refused(Status.Code.INVALID_ARGUMENT, "format is", () -> replace("careful", large));
    refused(Status.Code.INVALID_ARGUMENT, "1..64 characters", () -> replace("../x", before));
    refused(Status.Code.NOT_FOUND, "never heard", () -> export("nobody-at-all"));
    assertEquals(plain(before), plain(export("careful")));
  }

  @Test
  void aPageCarriesAProjectAsItsDocument() throws Exception {
    play("paged", 1, 2);
    TrainingPair pair = add("paged");
    String document = page("ExportProject", "{\"performer\":\"paged\"}", 200);
    assertTrue(document.contains("\"format\":\"latent-space-explorer-project\""), document);
    teaching.undo(UndoRequest.newBuilder().setPerformer("paged").build());
    assertEquals(0, list("paged").getPairsCount());
    page("ImportProject", document, 200);
    assertEquals(List.of(pair), list("paged").getPairsList());
    String wrong = document.replace("\"rawInput\":[", "\"rawInput\":[null,");
    assertTrue(page("ImportProject", wrong, 400).contains("pairs[0].rawInput[0] is null"), wrong);
    assertEquals(List.of(pair), list("paged").getPairsList());
  }

  private String page(String call, String body, int status) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + "api/call/" + call))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertEquals(status, answer.statusCode(), answer.body());
    return answer.body();
  }

  private static void refused(Status.Code code, String saying, Runnable call) {
    StatusRuntimeException fault = assertThrows(StatusRuntimeException.class, call::run);
    assertEquals(code, fault.getStatus().getCode(), fault.getMessage());
    assertTrue(fault.getStatus().getDescription().contains(saying), fault.getMessage());
  }
}
