package org.latentspace.play;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.wire.Until.until;

import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.latentspace.proto.AddPairRequest;
import org.latentspace.proto.DecodeRequest;
import org.latentspace.proto.FitPairsRequest;
import org.latentspace.proto.FitProgress;
import org.latentspace.proto.FitSettings;
import org.latentspace.proto.FitState;
import org.latentspace.proto.HumaniseRequest;
import org.latentspace.proto.ListMappingsReply;
import org.latentspace.proto.ListMappingsRequest;
import org.latentspace.proto.Rhythm;
import org.latentspace.proto.RhythmServiceGrpc;
import org.latentspace.proto.TeachingServiceGrpc;
import org.latentspace.proto.VaeServiceGrpc;

/** Callers that hang up or run out of time, and ./play as it runs for a musician. */
@Timeout(240)
class GivenUpIT {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final String WHO = "performer";

  /** Epochs of a fit that takes minutes, with two hidden layers of WIDE units. */
  private static final int LONG = 100_000;

  private static final int WIDE = 64;

  private static final List<String> KEEPERS =
      List.of("training-service", "vae-service", "explorer-service", "feature-service", "kept");

  @TempDir private Path folder;

  private Process play;
  private ManagedChannel channel;
  private TeachingServiceGrpc.TeachingServiceBlockingStub teaching;
  private int taught;

  @BeforeEach
  void start() throws Exception {
    String port = Play.port();
    List<String> command = new ArrayList<>();
    command.addAll(List.of(ROOT.resolve("play").toString(), "--port", port, "--output", "none"));
    command.addAll(List.of("--set", "feature-service.osc.port=0"));
    for (String key : KEEPERS) {
      String name = key + (key.equals("kept") ? ".dir" : ".data-dir");
      command.addAll(List.of("--set", name + "=" + folder.resolve(key)));
    }
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    play =
        builder
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("play.log").toFile())
            .start();
    channel =
        ManagedChannelBuilder.forAddress("127.0.0.1", Play.grpcPort(port)).usePlaintext().build();
    teaching = TeachingServiceGrpc.newBlockingStub(channel);
    until("four pairs are taught", 120, this::teachOneOfFour);
  }

  private boolean teachOneOfFour() {
    float x = taught * 0.25f;
    try {
      teaching
          .withDeadlineAfter(10, TimeUnit.SECONDS)
          .addPair(
              AddPairRequest.newBuilder()
                  .setPerformer(WHO)
                  .addAllOutput(Arrays.asList(x, 1 - x, 0f, 100f))
                  .build());
      taught++;
    } catch (StatusRuntimeException notYet) {
      channel.resetConnectBackoff();
    }
    return taught == 4;
  }

  @AfterEach
  void end() throws Exception {
    channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    play.descendants().forEach(ProcessHandle::destroy);
    play.destroy();
    assertTrue(play.waitFor(20, TimeUnit.SECONDS));
  }

  @Test
  void fitsThatAreGivenUpNeverPlayAndKeepNobodyWaiting() throws Exception {
    Set<String> done = new HashSet<>();
    done.add(fit().getVersion().getVersion());
    // Replaced by the next, three times: that one is done, this one is told why it is not.
    for (int i = 0; i < 3; i++) {
      CompletableFuture<String> older = inVain();
      done.add(fit().getVersion().getVersion());
      assertTrue(older.get(20, TimeUnit.SECONDS).contains("another fit of " + WHO + " was begun"));
    }
    // Hung up while it runs, and out of time while it runs.
    Context.CancellableContext hungUp = Context.current().withCancellation();
    Iterator<FitProgress> news = hungUp.call((Callable<Iterator<FitProgress>>) this::begin);
    news.next();
    hungUp.cancel(null);
    done.add(fit().getVersion().getVersion());
    Iterator<FitProgress> late = fits(teaching.withDeadlineAfter(1, TimeUnit.SECONDS), LONG);
    assertThrows(StatusRuntimeException.class, () -> last(late));
    done.add(fit().getVersion().getVersion());
    ListMappingsReply mappings =
        teaching.listMappings(ListMappingsRequest.newBuilder().setPerformer(WHO).build());
    Set<String> kept = new HashSet<>();
    mappings.getMappingsList().forEach(mapping -> kept.add(mapping.getVersion()));
    assertEquals(done, kept);
    assertTrue(done.contains(mappings.getPlaying()));
  }

  @Test
  void aShortDeadlineEndsNoOtherCallOfTheSameCaller() {
    Watch watch = new Watch(channel, WHO);
    Rhythm rhythm =
        VaeServiceGrpc.newBlockingStub(channel)
            .decode(DecodeRequest.newBuilder().addAllPosition(Arrays.asList(0.2f, 0.7f)).build());
    HumaniseRequest request = HumaniseRequest.newBuilder().setRhythm(rhythm).build();
    int late = 0;
    for (int i = 0; i < 200 && late < 20; i++) {
      try {
        RhythmServiceGrpc.newBlockingStub(channel)
            .withDeadlineAfter(2 + i % 10, TimeUnit.MILLISECONDS)
            .humanise(request);
      } catch (StatusRuntimeException end) {
        assertEquals(Status.Code.DEADLINE_EXCEEDED, end.getStatus().getCode());
        late++;
      }
    }
    assertTrue(late > 0, "no call was late");
    watch.forget();
    until("the watch goes on", () -> watch.seen().size() >= 10);
  }

  private CompletableFuture<String> inVain() {
    Iterator<FitProgress> news = begin();
    news.next();
    return CompletableFuture.supplyAsync(
        () ->
            assertThrows(StatusRuntimeException.class, () -> last(news))
                .getStatus()
                .getDescription());
  }

  private Iterator<FitProgress> begin() {
    return fits(teaching, LONG);
  }

  private static Iterator<FitProgress> fits(
      TeachingServiceGrpc.TeachingServiceBlockingStub teaching, int epochs) {
    FitPairsRequest.Builder request = FitPairsRequest.newBuilder().setPerformer(WHO);
    if (epochs > 0) {
      request.setSettings(
          FitSettings.newBuilder()
              .setEpochs(epochs)
              .addAllHidden(List.of(WIDE, WIDE))
              .setLeaveOneOut(true));
    }
    return teaching.fit(request.build());
  }

  private FitProgress fit() {
    FitProgress last = last(fits(teaching, 0));
    assertEquals(FitState.FIT_STATE_DONE, last.getState(), last.getMessage());
    return last;
  }

  private static FitProgress last(Iterator<FitProgress> news) {
    FitProgress last = FitProgress.getDefaultInstance();
    while (news.hasNext()) {
      last = news.next();
    }
    return last;
  }
}
