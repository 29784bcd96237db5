package org.latentspace.explorer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.wire.Until.until;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.latentspace.explorer.control.Parameter;
import org.latentspace.installation.Action;
import org.latentspace.installation.Action.Target;
import org.latentspace.osc.OscMessage;
import org.latentspace.osc.OscSender;
import org.latentspace.proto.ClockSource;
import org.latentspace.proto.ExplorerServiceGrpc;
import org.latentspace.proto.ExplorerSettings;
import org.latentspace.proto.FeatureFrame;
import org.latentspace.proto.GetSettingsRequest;
import org.latentspace.proto.Mode;
import org.latentspace.proto.PresetRequest;
import org.latentspace.proto.TakeOver;
import org.latentspace.wire.MetricsPage;
import org.latentspace.wire.grpc.GrpcServer;

/** Everything that can be controlled, by OSC, and told by OSCQuery. */
@QuarkusTest
@QuarkusTestResource(FakeVae.class)
class OscControlsTest {
  @TestHTTPResource("/")
  URL address;

  @ConfigProperty(name = "explorer-service.controls.port")
  int port;

  @Inject GrpcServer grpc;

  private final HttpClient http = HttpClient.newHttpClient();
  private ManagedChannel channel;
  private ExplorerServiceGrpc.ExplorerServiceBlockingStub explorer;
  private OscSender osc;

  @BeforeEach
  void call() throws Exception {
    channel =
        ManagedChannelBuilder.forAddress(address.getHost(), grpc.port()).usePlaintext().build();
    explorer = ExplorerServiceGrpc.newBlockingStub(channel).withDeadlineAfter(60, TimeUnit.SECONDS);
    EchoListener echoes = new EchoListener();
    StreamObserver<FeatureFrame> frames = ExplorerServiceGrpc.newStub(channel).explore(echoes);
    frames.onNext(Frames.message("drummer", 1, true, Frames.PLAYED));
    echoes.next();
    frames.onCompleted();
    osc = new OscSender("127.0.0.1", port);
    until("OSC is sent", () -> osc.send(message("/lse/performer/drummer/autonomy", 0.5f)));
    until("OSC is heard", () -> again("/lse/performer/drummer/autonomy", 0.25f, 0.25f));
  }

  private boolean again(String where, float value, float wanted) {
    osc.send(message(where, value));
    return drummer().getAutonomy() == wanted;
  }

  @AfterEach
  void hangUp() throws InterruptedException {
    osc.close();
    channel.shutdownNow();
    channel.awaitTermination(5, TimeUnit.SECONDS);
  }

  private static OscMessage message(String where, Object... arguments) {
    return new OscMessage(where, Arrays.asList(arguments));
  }

  private ExplorerSettings drummer() {
    return explorer.getSettings(GetSettingsRequest.newBuilder().setPerformer("drummer").build());
  }

  private double metric(String name) {
    return MetricsPage.of(address.toString()).value(name);
  }

  @Test
  void everyKindOfControlIsSetAtItsAddress() {
    osc.send(message("/lse/tempo", 90));
    until("bpm 90", () -> FakeVae.song.getBpm() == 90);
    osc.send(message("/lse/play", true));
    until("plays", () -> FakeVae.song.getPlaying());
    osc.send(message("/lse/play", 0));
    until("stopped", () -> !FakeVae.song.getPlaying());
    osc.send(message("/lse/play"));
    until("turned over", () -> FakeVae.song.getPlaying());
    int taps = FakeVae.TAPS.get();
    osc.send(message("/lse/tap"));
    until("a tap", () -> FakeVae.TAPS.get() == taps + 1);
    osc.send(message("/lse/record"));
    until("recording", () -> FakeVae.recording.getRecording());
    osc.send(message("/lse/tempo-source", "link"));
    until("Link leads", () -> FakeVae.song.getTempoSource() == ClockSource.CLOCK_SOURCE_LINK);
    osc.send(message("/lse/ensemble/wood/take-over", "cell"));
    until("cell", () -> FakeVae.song.getTakeOver() == TakeOver.TAKE_OVER_CELL);
    osc.send(message("/lse/ensemble/wood/shuffle", 0.25f));
    until("shuffle", () -> FakeVae.song.getShuffle() == 0.25f);
    assertEquals("wood", FakeVae.song.getEnsemble());
    osc.send(message("/lse/ensemble/wood/keep-heard", 8));
    until("eight bars are kept", () -> FakeVae.kept.getBars() == 8);
    assertEquals("wood", FakeVae.kept.getEnsemble());
    osc.send(message("/lse/robot/kick/mute", 1.0));
    until("mute", () -> FakeVae.kick.getMute());
    osc.send(message("/lse/robot/kick/mute", false));
    until("strikes", () -> !FakeVae.kick.getMute());
    osc.send(message("/lse/performer/drummer/threshold-shift", -0.5f));
    until("threshold", () -> FakeVae.decoding.getThresholdShift() == -0.5f);
    osc.send(message("/lse/performer/drummer/mode", "select"));
    until("select", () -> drummer().getMode() == Mode.MODE_SELECT);
    osc.send(message("/lse/performer/drummer/y", 0.125f));
    osc.send(message("/lse/performer/drummer/noise", 1.5f));
    until("y", () -> drummer().getPosition(1) == 0.125f && drummer().getNoise() == 1.5f);
    osc.send(message("/lse/performer/drummer/mode", "predict"));
    until("predict", () -> drummer().getMode() == Mode.MODE_PREDICT);
    osc.send(message("/lse/panic", 0));
    osc.send(message("/lse/panic"));
    until("panic", () -> !FakeVae.song.getPlaying());
  }

  @Test
  void addressesOfTheInstallationDoWhatTheyAreMappedTo() {
    FakeVae.song = FakeVae.song.toBuilder().setPlaying(true).build();
    osc.send(message("/room/heat", 0.5f));
    until("temperature", () -> FakeVae.decoding.getTemperature() == 1.5f);
    assertTrue(FakeVae.song.getPlaying());
    osc.send(message("/room/panic", 1));
    until("panic", () -> !FakeVae.song.getPlaying());
  }

  @Test
  void whatIsWrongIsCountedAndDoesNothing() {
    double before = metric("explorer_controls_refused_total");
    FakeVae.song = FakeVae.song.toBuilder().setBpm(120).build();
    List<OscMessage> wrong =
        List.of(
            message("/lse/tempo", 900f),
            message("/lse/tempo", "fast"),
            message("/lse/tempo"),
            message("/lse/tempo", 90, 91),
            message("/lse/tempi", 90),
            message("/lse/performer/nobody-at-all/mode", "select"),
            message("/lse/performer/drummer/mode", "selekt"),
            message("/room/heat", 2f),
            message("/room/cold", 2f));
    wrong.forEach(osc::send);
    until(
        "all are counted",
        () -> metric("explorer_controls_refused_total") == before + wrong.size());
    assertEquals(120, FakeVae.song.getBpm());
  }

  private HttpResponse<String> get(String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  private JsonNode json(String path) throws Exception {
    HttpResponse<String> answer = get(path);
    assertEquals(200, answer.statusCode(), answer.body());
    return new ObjectMapper().readTree(answer.body());
  }

  private static void leaves(JsonNode node, List<JsonNode> all) {
    if (node.has("CONTENTS")) {
      node.get("CONTENTS").forEach(child -> leaves(child, all));
    } else {
      all.add(node);
    }
  }

  @Test
  void everyControlIsToldWithTypeRangeAndValue() throws Exception {
    explorer.storePreset(
        PresetRequest.newBuilder().setPerformer("drummer").setPreset("told").build());
    List<JsonNode> all = new ArrayList<>();
    leaves(json("/"), all);
    List<Parameter> wanted = new ArrayList<>(Parameter.all(Target.SONG, List.of("")));
    wanted.addAll(Parameter.all(Target.PERFORMER, List.of("drummer")));
    wanted.addAll(Parameter.all(Target.ENSEMBLE, List.of("wood")));
    wanted.addAll(Parameter.all(Target.ROBOT, List.of("kick")));
    for (Parameter parameter : wanted) {
      JsonNode leaf =
          all.stream()
              .filter(each -> each.path("FULL_PATH").asText().equals(parameter.address()))
              .findAny()
              .orElseThrow(() -> new AssertionError(parameter.address()));
      assertEquals(leaf, json(parameter.address()));
      check(parameter.action(), leaf);
    }
    assertEquals("[\"told\"]", vals("/lse/performer/drummer/preset").toString());
  }

  private JsonNode vals(String path) throws Exception {
    JsonNode names = json(path + "?RANGE").at("/RANGE/0/VALS");
    // Other tests' presets stand beside it.
    return new ObjectMapper().createArrayNode().add(names.get(names.size() - 1));
  }

  private static void check(Action action, JsonNode leaf) {
    String told = leaf.toString();
    JsonNode value = leaf.at("/VALUE/0");
    JsonNode range = leaf.at("/RANGE/0");
    assertEquals(action.sentence(), leaf.get("DESCRIPTION").asText());
    switch (action.kind()) {
      case PRESS -> assertEquals("N", leaf.get("TYPE").asText(), told);
      case HOLD -> assertEquals("F", leaf.get("TYPE").asText(), told);
      case SWITCH -> {
        assertTrue(value.isBoolean(), told);
        assertEquals(value.booleanValue() ? "T" : "F", leaf.get("TYPE").asText(), told);
      }
      case AMOUNT -> assertEquals(action.most(), range.get("MAX").doubleValue(), told);
      case NUMBER -> {
        assertEquals("f", leaf.get("TYPE").asText(), told);
        assertEquals(action.least(), range.get("MIN").doubleValue(), told);
        assertEquals(action.most(), range.get("MAX").doubleValue(), told);
        double now = value.doubleValue();
        assertTrue(value.isNumber() && now >= action.least() && now <= action.most(), told);
      }
      default -> {
        assertEquals("s", leaf.get("TYPE").asText(), told);
        assertTrue(range.get("VALS").isArray() && value.isTextual(), told);
      }
    }
    assertEquals(action.lasts() ? 3 : 2, leaf.get("ACCESS").intValue(), told);
    assertEquals(action.lasts(), leaf.has("VALUE"), told);
  }

  @Test
  void singleAttributesAndTheHostAreTold() throws Exception {
    osc.send(message("/lse/tempo", 77));
    until("bpm 77", () -> FakeVae.song.getBpm() == 77);
    assertEquals("{\"VALUE\":[77.0]}", json("/lse/tempo?VALUE").toString());
    assertEquals("{\"TYPE\":\"f\"}", json("/lse/tempo?TYPE").toString());
    JsonNode host = json("/?HOST_INFO");
    assertEquals(port, host.get("OSC_PORT").intValue());
    assertEquals("UDP", host.get("OSC_TRANSPORT").asText());
    assertTrue(host.at("/EXTENSIONS/RANGE").booleanValue());
    assertFalse(host.at("/EXTENSIONS/LISTEN").booleanValue());
    assertEquals(204, get("/lse?VALUE").statusCode());
    assertEquals(404, get("/lse/nothing").statusCode());
    assertEquals(400, get("/lse/tempo?TEMPO").statusCode());
    HttpRequest foreign =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
            .header("Origin", "http://evil.example")
            .build();
    assertEquals(403, http.send(foreign, HttpResponse.BodyHandlers.discarding()).statusCode());
  }

  @Test
  void liblosOscsendControls() throws Exception {
    Oscsend liblo = new Oscsend();
    liblo.send(port, "/lse/tempo", "f", "61.5");
    until("bpm 61.5", () -> FakeVae.song.getBpm() == 61.5);
    liblo.send(port, "/lse/play", "T");
    until("plays", () -> FakeVae.song.getPlaying());
    liblo.send(port, "/lse/performer/drummer/mode", "s", "select");
    until("select", () -> drummer().getMode() == Mode.MODE_SELECT);
    liblo.send(port, "/lse/panic", "I");
    until("panic", () -> !FakeVae.song.getPlaying());
  }
}
