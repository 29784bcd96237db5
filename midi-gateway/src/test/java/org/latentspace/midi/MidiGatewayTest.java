package org.latentspace.midi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.latentspace.kept.KeptLog;
import org.latentspace.kept.KeptRecord;
import org.latentspace.kept.Topic;
import org.latentspace.proto.Echo;
import org.latentspace.proto.GetRecordingRequest;
import org.latentspace.proto.GetTransportRequest;
import org.latentspace.proto.ListPortsRequest;
import org.latentspace.proto.MidiGatewayGrpc;
import org.latentspace.proto.Origin;
import org.latentspace.proto.PanicRequest;
import org.latentspace.proto.RecordedRhythm;
import org.latentspace.proto.Recording;
import org.latentspace.proto.Rhythm;
import org.latentspace.proto.Transport;
import org.latentspace.wire.MetricsPage;
import org.latentspace.wire.UnixClock;
import org.latentspace.wire.grpc.GrpcServer;

/** The whole service, as its neighbour and a hand on the transport see it. */
@QuarkusTest
@TestProfile(MidiGatewayTest.ToAFile.class)
class MidiGatewayTest {
  private static final Path FILE = Path.of("target", "gateway-test.mid").toAbsolutePath();

  private static final Path INSTALLATION =
      Path.of("target", "gateway-installation.yaml").toAbsolutePath();

  /** Plays to a file at 300 bpm. */
  public static final class ToAFile implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      try {
        Files.writeString(INSTALLATION, "");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return Map.of(
          "midi-gateway.outputs", "file:" + FILE + ",none:",
          "midi-gateway.bpm", "300",
          "midi-gateway.ensemble", "robots",
          "midi-gateway.clock.midi-in", "midi:Clock cable",
          "installation.file", INSTALLATION.toString(),
          "kept.dir", "target/gateway-kept",
          "quarkus.http.test-port", "0");
    }
  }

  @TestHTTPResource URI home;

  @Inject GrpcServer grpc;
  @Inject KeptLog log;

  private final long begunSeconds = System.currentTimeMillis() / 1000;

  private ManagedChannel channel;
  private final BlockingQueue<Echo> echoes = new LinkedBlockingQueue<>();

  @BeforeEach
  void dial() {
    channel = ManagedChannelBuilder.forAddress("127.0.0.1", grpc.port()).usePlaintext().build();
  }

  @AfterEach
  void hangUp() {
    channel.shutdownNow();
  }

  private StreamObserver<Rhythm> play() {
    return MidiGatewayGrpc.newStub(channel)
        .play(
            new StreamObserver<>() {
              @Override
              public void onNext(Echo echo) {
                echoes.add(echo);
              }

              @Override
              public void onError(Throwable gone) {}

              @Override
              public void onCompleted() {}
            });
  }

  private static Rhythm rhythm(long sequence, boolean last) {
    return Rhythm.newBuilder()
        .setOrigin(Origin.newBuilder().setPerformer("p").setSequence(sequence).setLast(last))
        .setBars(1)
        .setBeatsPerBar(4)
        .setBeatUnit(4)
        .setStepsPerBeat(4)
        .addAllVoices(List.of("kick", "snare", "spoon"))
        .addAllStep(List.of(0, 4, 8, 12))
        .addAllVoice(List.of(0, 1, 0, 2))
        .addAllVelocity(List.of(1f, 0.5f, 1f, 1f))
        .addAllOffset(List.of(0f, 0f, 0f, 0f))
        .build();
  }

  private Echo awaitFinished() throws InterruptedException {
    Echo echo = echoes.poll(20, TimeUnit.SECONDS);
    while (echo != null && !echo.getFinished()) {
      echo = echoes.poll(20, TimeUnit.SECONDS);
    }
    return echo;
  }

  @Test
  void playsARhythmIntoAFileAndAnswersWithTheEcho() throws Exception {
    MidiGatewayGrpc.MidiGatewayBlockingStub hands =
        MidiGatewayGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS);
    Recording off = hands.getRecording(GetRecordingRequest.getDefaultInstance());
    assertFalse(off.getRecording(), "nobody has asked for it");
    assertTrue(
        hands.setRecording(Recording.newBuilder().setRecording(true).build()).getRecording());
    StreamObserver<Rhythm> stream = play();
    stream.onNext(rhythm(1, false));
    stream.onNext(rhythm(2, false).toBuilder().setBars(3).build());
    stream.onNext(rhythm(3, true));
    Echo finished = awaitFinished();
    assertTrue(finished != null, "finished is answered without a new rhythm");
    assertEquals(3, finished.getOrigin().getSequence());
    assertEquals(3, finished.getStrokes(), "one bar; nothing strikes the spoon");
    assertEquals("midi-gateway", finished.getStages(0).getStage());
    assertEquals(1, finished.getStages(0).getRefused(), "the three-bar rhythm is poison");
    assertEquals(4, finished.getRhythm().getStepCount());
    Track track = MidiSystem.getSequence(FILE.toFile()).getTracks()[0];
    StringBuilder notes = new StringBuilder();
    for (int i = 0; i < track.size(); i++) {
      if (track.get(i).getMessage() instanceof ShortMessage note
          && note.getCommand() == ShortMessage.NOTE_ON) {
        notes.append(track.get(i).getTick()).append(':').append(note.getData1()).append(' ');
      }
    }
    assertEquals("0:36 1920:38 3840:36 ", notes.toString());
    assertTrue(Files.exists(FILE));
    checkRecording(hands);
    new LookBackCheck(channel, log).check();
    checkHands();
    new InstallationCheck(channel, home, INSTALLATION).check(this::playAgain);
    new ClockCheck(channel).check();
  }

  private Echo playAgain() throws InterruptedException {
    echoes.clear();
    StreamObserver<Rhythm> stream = play();
    stream.onNext(rhythm(5, false));
    stream.onNext(rhythm(6, true));
    return awaitFinished();
  }

  private void checkRecording(MidiGatewayGrpc.MidiGatewayBlockingStub hands) throws Exception {
    BlockingQueue<KeptRecord> records = new LinkedBlockingQueue<>();
    try (KeptLog.Following following =
        log.follow(Topic.RECORDED_RHYTHMS, "test", KeptLog.Start.BEGINNING, records::add)) {
      KeptRecord record = records.poll(20, TimeUnit.SECONDS);
      RecordedRhythm loop = RecordedRhythm.parseFrom(record.value());
      while (loop.getPlayedAt().getSeconds() < begunSeconds) {
        // Of an earlier run of this test.
        loop = RecordedRhythm.parseFrom(records.poll(20, TimeUnit.SECONDS).value());
      }
      assertEquals("robots", loop.getEnsemble());
      assertEquals("p", loop.getPerformer());
      assertEquals(1, loop.getTimes());
      assertEquals(List.of(0, 4, 8), loop.getRhythm().getStepList(), "nothing strikes the spoon");
      assertEquals("ok", following.status());
    }
    Recording on = hands.setRecording(Recording.getDefaultInstance());
    assertTrue(on.getRecording(), "what is unset stays");
    assertEquals(1, on.getRecorded());
    assertEquals("ok", on.getStatus());
    assertFalse(
        hands.setRecording(Recording.newBuilder().setRecording(false).build()).getRecording());
  }

  private void checkHands() throws Exception {
    MidiGatewayGrpc.MidiGatewayBlockingStub hands =
        MidiGatewayGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS);
    Transport slower = hands.setTransport(Transport.newBuilder().setBpm(100).build());
    assertEquals(100, slower.getBpm());
    assertTrue(slower.getPlaying(), "what is unset stays");
    assertFalse(slower.getPosition().getStopped());
    StatusRuntimeException refused =
        assertThrows(
            StatusRuntimeException.class,
            () -> hands.setTransport(Transport.newBuilder().setBpm(1000).build()));
    assertEquals(Status.Code.OUT_OF_RANGE, refused.getStatus().getCode());
    assertEquals("bpm is 1000.0, expected 20..300", refused.getStatus().getDescription());
    assertFalse(hands.panic(PanicRequest.getDefaultInstance()).getPlaying());
    assertFalse(hands.getTransport(GetTransportRequest.getDefaultInstance()).getPlaying());
    assertTrue(
        hands.getTransport(GetTransportRequest.getDefaultInstance()).getPosition().getStopped());
    var ports = hands.listPorts(ListPortsRequest.getDefaultInstance());
    assertEquals("none:", ports.getPorts(1).getAddress());
    assertEquals(3, ports.getPorts(1).getStrokes());
    assertEquals("ok", ports.getPorts(0).getStatus());
    assertEquals(200, get("/q/health/ready").statusCode());
    String metrics = get("/q/metrics").body();
    assertTrue(metrics.contains("midi_strokes_unmapped_total"), metrics);
    checkMetrics();
  }

  private void checkMetrics() {
    Rhythm.Builder late = rhythm(4, false).toBuilder();
    late.getOriginBuilder().setPerformer("late").setCapturedNanos(UnixClock.nanos());
    StreamObserver<Rhythm> stream = play();
    stream.onNext(late.build());
    MetricsPage page = MetricsPage.check(home.toString(), "midi", "late", 15);
    assertTrue(page.value("midi_stroke_late_p99_seconds") >= 0, page.toString());
    stream.onCompleted();
  }

  private HttpResponse<String> get(String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(home.resolve(path)).build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
