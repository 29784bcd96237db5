package org.latentspace.vae;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.latentspace.proto.DecodeRequest;
import org.latentspace.proto.Decoding;
import org.latentspace.proto.DescribeModelRequest;
import org.latentspace.proto.Distance;
import org.latentspace.proto.FreezeVoicesRequest;
import org.latentspace.proto.GatewayRelayGrpc;
import org.latentspace.proto.GetDecodingRequest;
import org.latentspace.proto.HumaniseRequest;
import org.latentspace.proto.InfillRequest;
import org.latentspace.proto.InterpolateRequest;
import org.latentspace.proto.LibraryEntry;
import org.latentspace.proto.LibraryReply;
import org.latentspace.proto.MapReply;
import org.latentspace.proto.MapRequest;
import org.latentspace.proto.NearestReply;
import org.latentspace.proto.NearestRequest;
import org.latentspace.proto.Rhythm;
import org.latentspace.proto.RhythmServiceGrpc;
import org.latentspace.proto.SetRobotRequest;
import org.latentspace.proto.TapToDrumRequest;
import org.latentspace.proto.VaeServiceGrpc;
import org.latentspace.proto.WeightBending;
import org.latentspace.wire.grpc.GrpcServer;

/** The calls apart from the live path, over the wire: what they answer and how they refuse. */
@QuarkusTest
@QuarkusTestResource(FakeGateway.class)
class RhythmServiceTest {
  @TestHTTPResource("/")
  URL home;

  @Inject GrpcServer grpc;

  private ManagedChannel channel;
  private VaeServiceGrpc.VaeServiceBlockingStub vae;
  private RhythmServiceGrpc.RhythmServiceBlockingStub rhythms;

  @BeforeEach
  void connect() {
    channel = ManagedChannelBuilder.forAddress("127.0.0.1", grpc.port()).usePlaintext().build();
    vae = VaeServiceGrpc.newBlockingStub(channel).withDeadlineAfter(30, TimeUnit.SECONDS);
    rhythms = RhythmServiceGrpc.newBlockingStub(channel).withDeadlineAfter(30, TimeUnit.SECONDS);
  }

  @AfterEach
  void disconnect() throws InterruptedException {
    channel.shutdownNow();
    assertTrue(channel.awaitTermination(5, TimeUnit.SECONDS));
  }

  @Test
  void interpolatesFromOnePlaceToAnother() {
    List<Rhythm> way = rhythms.interpolate(way(5)).getRhythmsList();
    assertEquals(5, way.size());
    assertEquals(decode(0.2f, 0.2f).getVelocityList(), way.get(0).getVelocityList());
    assertEquals(0.5f, way.get(2).getPosition(0), 1e-5);
    fails(Status.Code.INVALID_ARGUMENT, "count is 1", () -> rhythms.interpolate(way(1)));
    InterpolateRequest flat = way(3).toBuilder().addTo(0.5f).build();
    fails(Status.Code.INVALID_ARGUMENT, "to has 3", () -> rhythms.interpolate(flat));
  }

  @Test
  void theLibraryIsFoundAgainAndTheMapKnowsIt() {
    Rhythm first = decode(0, 0);
    Rhythm last = decode(1, 1);
    Rhythm foreign = first.toBuilder().setVoices(0, "cowbell").build();
    LibraryReply reply =
        put(
            entry("first", first),
            entry("foreign", foreign),
            entry("gridless", Rhythm.getDefaultInstance()),
            entry("first", last),
            entry("", last),
            entry("last", last));
    assertEquals(2, reply.getEntries());
    assertEquals(4, reply.getRefusedCount(), reply.toString());
    assertEquals("foreign: the model has no voice cowbell", reply.getRefused(0));
    assertTrue(reply.getRefused(1).startsWith("gridless: bars is 0"), reply.getRefused(1));
    for (Distance distance : List.of(Distance.DISTANCE_LATENT, Distance.DISTANCE_UNSPECIFIED)) {
      NearestReply nearest = rhythms.nearest(nearest(last, 0, distance));
      assertEquals(2, nearest.getNeighboursCount());
      assertEquals("last", nearest.getNeighbours(0).getId());
      assertEquals(0, nearest.getNeighbours(0).getJaccard());
      assertEquals(0, nearest.getNeighbours(0).getLatent(), 1e-5);
      assertEquals(last.getStepList(), nearest.getNeighbours(0).getRhythm().getStepList());
    }
    MapReply map = rhythms.map(MapRequest.getDefaultInstance());
    assertEquals(900, map.getCellsCount());
    assertEquals("first", map.getCells(0).getNearest());
    assertEquals(0, map.getCells(0).getNovelty());
    assertEquals("last", map.getCells(899).getNearest());
    assertTrue(map.getUnique() > 1 && map.getUnique() <= 900);
    assertFalse(map.getCells(0).hasRhythm());
    MapRequest small = MapRequest.newBuilder().setSide(2).setWithRhythms(true).build();
    assertEquals(first.getStepList(), rhythms.map(small).getCells(0).getRhythm().getStepList());
  }

  @Test
  void refusesWhatNoMapOrNeighbourCanBe() {
    MapRequest large = MapRequest.newBuilder().setSide(65).build();
    fails(Status.Code.INVALID_ARGUMENT, "side is 65, must be 2..64", () -> rhythms.map(large));
    MapRequest deep = MapRequest.newBuilder().addPosition(0.5f).build();
    fails(Status.Code.INVALID_ARGUMENT, "at most 0", () -> rhythms.map(deep));
    NearestRequest many = nearest(decode(0, 0), 101, Distance.DISTANCE_JACCARD);
    fails(Status.Code.INVALID_ARGUMENT, "must be 1..100", () -> rhythms.nearest(many));
    NearestRequest unknown = many.toBuilder().setCount(1).setDistanceValue(9).build();
    fails(Status.Code.INVALID_ARGUMENT, "DISTANCE_JACCARD", () -> rhythms.nearest(unknown));
    NearestRequest none = NearestRequest.getDefaultInstance();
    fails(Status.Code.INVALID_ARGUMENT, "bars is 0", () -> rhythms.nearest(none));
  }

  @Test
  void aNewerLibraryEndsTheOneThatIsStillComing() {
    CompletableFuture<LibraryReply> stalled = new CompletableFuture<>();
    StreamObserver<LibraryEntry> slow = putting(stalled);
    slow.onNext(entry("slow", decode(0, 0)));
    // Its headers have arrived when a call of the same connection has been answered.
    decode(0, 0);
    assertEquals(1, put(entry("quick", decode(1, 1))).getEntries());
    CompletionException fault = assertThrows(CompletionException.class, stalled::join);
    assertEquals(Status.Code.ABORTED, Status.fromThrowable(fault).getCode());
  }

  @Test
  void humaniseKeepsEveryStrokeAndWithoutAmountEveryBit() {
    Rhythm.Builder flat = decode(0.3f, 0.6f).toBuilder().setModelVersion("flat");
    for (int s = 0; s < flat.getStepCount(); s++) {
      flat.setVelocity(s, 0.8f).setOffset(s, 0);
    }
    Rhythm human = rhythms.humanise(HumaniseRequest.newBuilder().setRhythm(flat).build());
    assertEquals(flat.getStepList(), human.getStepList());
    assertEquals(flat.getVoiceList(), human.getVoiceList());
    assertNotEquals(flat.getVelocityList(), human.getVelocityList());
    HumaniseRequest none = HumaniseRequest.newBuilder().setRhythm(flat).setAmount(0).build();
    assertEquals(flat.build(), rhythms.humanise(none));
    HumaniseRequest more = none.toBuilder().setAmount(1.1f).build();
    fails(Status.Code.INVALID_ARGUMENT, "amount is 1.1", () -> rhythms.humanise(more));
  }

  @Test
  void tapsAndGivenVoicesBecomeWholeRhythms() {
    Rhythm original = decode(0.4f, 0.7f);
    Rhythm drums = rhythms.tapToDrum(TapToDrumRequest.newBuilder().setTaps(original).build());
    assertEquals(original.getVoicesList(), drums.getVoicesList());
    InfillRequest kick = InfillRequest.newBuilder().setRhythm(original).addGiven("kick").build();
    assertEquals(original.getVoicesList(), rhythms.infill(kick).getVoicesList());
    InfillRequest bell = kick.toBuilder().addGiven("cowbell").build();
    fails(Status.Code.NOT_FOUND, "cowbell", () -> rhythms.infill(bell));
    InfillRequest none = kick.toBuilder().clearGiven().build();
    fails(Status.Code.INVALID_ARGUMENT, "given names no voice", () -> rhythms.infill(none));
    TapToDrumRequest silent = TapToDrumRequest.getDefaultInstance();
    fails(Status.Code.INVALID_ARGUMENT, "bars is 0", () -> rhythms.tapToDrum(silent));
  }

  @Test
  void performersHaveTheirOwnDecoding() {
    Decoding usual = vae.getDecoding(decoding("nobody"));
    assertEquals(1, usual.getTemperature());
    assertFalse(usual.getSampling());
    assertEquals(1, usual.getSeed());
    Decoding hot = Decoding.newBuilder().setPerformer("ada").setTemperature(2).build();
    vae.setDecoding(hot);
    Decoding both = vae.setDecoding(hot.toBuilder().clearTemperature().setSampling(true).build());
    assertEquals(2, both.getTemperature());
    assertTrue(both.getSampling());
    assertEquals(both, vae.getDecoding(decoding("ada")));
    Decoding burnt = hot.toBuilder().setTemperature(5).build();
    fails(Status.Code.INVALID_ARGUMENT, "5.0, must be 0.1..4.0", () -> vae.setDecoding(burnt));
    fails(Status.Code.INVALID_ARGUMENT, "performer", () -> vae.getDecoding(decoding("a/b")));
    FreezeVoicesRequest freeze =
        FreezeVoicesRequest.newBuilder().setPerformer("ada").addVoices("kick").build();
    assertEquals(freeze, vae.freezeVoices(freeze));
    FreezeVoicesRequest bell = freeze.toBuilder().addVoices("cowbell").build();
    fails(Status.Code.NOT_FOUND, "cowbell", () -> vae.freezeVoices(bell));
  }

  @Test
  void weightsBendAndComeBackExactly() {
    Rhythm before = decode(0.3f, 0.3f);
    vae.bendWeights(WeightBending.newBuilder().setAmount(0.5f).setSeed(3).build());
    assertNotEquals(before, decode(0.3f, 0.3f));
    assertEquals(
        "{\"amount\":0.5,\"seed\":3}",
        vae.describeModel(DescribeModelRequest.getDefaultInstance()).getMetadataOrThrow("bending"));
    vae.bendWeights(WeightBending.getDefaultInstance());
    assertEquals(before, decode(0.3f, 0.3f));
    WeightBending broken = WeightBending.newBuilder().setAmount(3).build();
    fails(Status.Code.INVALID_ARGUMENT, "amount is 3.0, must be 0..2", () -> bend(broken));
  }

  private void bend(WeightBending bending) {
    assertEquals(bending, vae.bendWeights(bending));
  }

  private LibraryReply put(LibraryEntry... entries) {
    CompletableFuture<LibraryReply> reply = new CompletableFuture<>();
    StreamObserver<LibraryEntry> stream = putting(reply);
    for (LibraryEntry entry : entries) {
      stream.onNext(entry);
    }
    stream.onCompleted();
    return reply.join();
  }

  private StreamObserver<LibraryEntry> putting(CompletableFuture<LibraryReply> reply) {
    return RhythmServiceGrpc.newStub(channel)
        .putLibrary(
            new StreamObserver<>() {
              @Override
              public void onNext(LibraryReply value) {
                reply.complete(value);
              }

              @Override
              public void onError(Throwable fault) {
                reply.completeExceptionally(fault);
              }

              @Override
              public void onCompleted() {}
            });
  }

  private Rhythm decode(float x, float y) {
    return vae.decode(DecodeRequest.newBuilder().addPosition(x).addPosition(y).build());
  }

  private static InterpolateRequest way(int count) {
    return InterpolateRequest.newBuilder()
        .addAllFrom(List.of(0.2f, 0.2f))
        .addAllTo(List.of(0.8f, 0.4f))
        .setCount(count)
        .build();
  }

  private static LibraryEntry entry(String id, Rhythm rhythm) {
    return LibraryEntry.newBuilder().setId(id).setRhythm(rhythm).build();
  }

  private static NearestRequest nearest(Rhythm rhythm, int count, Distance distance) {
    return NearestRequest.newBuilder()
        .setRhythm(rhythm)
        .setCount(count)
        .setDistance(distance)
        .build();
  }

  private static GetDecodingRequest decoding(String performer) {
    return GetDecodingRequest.newBuilder().setPerformer(performer).build();
  }

  private static void fails(Status.Code code, String why, Executable call) {
    StatusRuntimeException fault = assertThrows(StatusRuntimeException.class, call);
    assertEquals(code, fault.getStatus().getCode(), fault.toString());
    assertTrue(fault.getStatus().getDescription().contains(why), fault.toString());
  }

  @Test
  void whatIsAskedOfTheGatewayIsHandedOn() {
    SetRobotRequest kick = SetRobotRequest.newBuilder().setRobot("kick").setMute(true).build();
    assertTrue(GatewayRelayGrpc.newBlockingStub(channel).setRobot(kick).getMute());
  }
}
