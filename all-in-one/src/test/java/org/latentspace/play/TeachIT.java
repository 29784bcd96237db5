package org.latentspace.play;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.latentspace.proto.BeginPairRequest;
import org.latentspace.proto.Echo;
import org.latentspace.proto.EndPairRequest;
import org.latentspace.proto.ExplorerServiceGrpc;
import org.latentspace.proto.ExplorerSettings;
import org.latentspace.proto.FitPairsRequest;
import org.latentspace.proto.FitProgress;
import org.latentspace.proto.FitSettings;
import org.latentspace.proto.FitState;
import org.latentspace.proto.Mode;
import org.latentspace.proto.PlaceRequest;
import org.latentspace.proto.TeachingServiceGrpc;
import org.latentspace.proto.TrainingPair;

/**
 * The paper's scenario on real sound and through the whole product: a saxophonist plays in four
 * ways, each is taught as one pair held while its first half sounds, a click fits, and the second
 * halves lead to where they were taught to lead.
 */
@Timeout(240)
class TeachIT {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final String WHO = "alto";
  private static final double LONGEST_HALF_S = 14;
  private static final int PAUSE_S = 6;
  private static final double NEAR = 0.1;
  private static final double MOSTLY = 0.9;

  /** A way of playing and where it shall lead. */
  private record Way(String file, float x, float y) {}

  private static final List<Way> WAYS =
      List.of(
          new Way("alto_slow_low_legato.wav", .2f, .2f),
          new Way("alto_fast_high_narrow.wav", .8f, .2f),
          new Way("alto_fast_wide.wav", .2f, .8f),
          new Way("real_sax_phrase_sms.wav", .8f, .8f));

  @TempDir private Path folder;

  @Test
  void fourWaysOfPlayingLeadWhereTheirFirstHalvesTaughtThemTo() throws Exception {
    Path audio = Play.data().resolve("audio");
    String port = Play.port();
    Process play = start(port);
    ManagedChannel channel =
        ManagedChannelBuilder.forAddress("127.0.0.1", Play.grpcPort(port)).usePlaintext().build();
    try (Pusher pusher = new Pusher(channel, WHO)) {
      Teacher teacher = new Teacher(channel);
      for (Way way : WAYS) {
        teacher.teach(way, pusher, half(audio, way, 0));
      }
      FitProgress fitted = teacher.fit();
      assertEquals(FitState.FIT_STATE_DONE, fitted.getState(), fitted.getMessage());
      assertEquals(WAYS.size(), fitted.getVersion().getPairs());
      teacher.predict();
      for (Way way : WAYS) {
        List<Echo> echoes = teacher.follow(pusher, half(audio, way, 1));
        check(way, echoes, fitted.getVersion().getVersion());
      }
    } finally {
      channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
      play.descendants().forEach(ProcessHandle::destroy);
      play.destroy();
      assertTrue(play.waitFor(20, TimeUnit.SECONDS));
    }
  }

  private static Sound half(Path audio, Way way, int half) throws Exception {
    Sound whole = Sound.read(audio.resolve(way.file()));
    double middle = whole.seconds() / 2;
    return half == 0
        ? whole.part(Math.max(0, middle - LONGEST_HALF_S), middle)
        : whole.part(middle, middle + LONGEST_HALF_S);
  }

  private static void check(Way way, List<Echo> echoes, String version) {
    List<Echo> heard = echoes.stream().filter(echo -> !echo.getFeatures().getSilent()).toList();
    assertTrue(heard.size() > 30, way.file() + ": " + heard.size() + " frames that are not silent");
    heard.forEach(echo -> assertEquals(version, echo.getExploring().getMapping()));
    double x = median(heard, 0);
    double y = median(heard, 1);
    long nearest = heard.stream().filter(echo -> nearest(echo).equals(way)).count();
    double share = nearest / (double) heard.size();
    System.out.printf(
        Locale.ROOT,
        "%-28s taught %.2f %.2f  median %.3f %.3f  nearest in %.1f %% of %d frames%n",
        way.file(),
        way.x(),
        way.y(),
        x,
        y,
        100 * share,
        heard.size());
    assertTrue(Math.hypot(x - way.x(), y - way.y()) <= NEAR, way + ": median " + x + ", " + y);
    assertTrue(share >= MOSTLY, way + ": nearest to its place in " + share);
  }

  private static Way nearest(Echo echo) {
    Way nearest = WAYS.get(0);
    for (Way way : WAYS) {
      nearest = distance(echo, way) < distance(echo, nearest) ? way : nearest;
    }
    return nearest;
  }

  private static double distance(Echo echo, Way way) {
    return Math.hypot(
        echo.getPoint().getPosition(0) - way.x(), echo.getPoint().getPosition(1) - way.y());
  }

  private static double median(List<Echo> echoes, int entry) {
    double[] values =
        echoes.stream().mapToDouble(echo -> echo.getPoint().getPosition(entry)).sorted().toArray();
    return values[values.length / 2];
  }

  private Process start(String port) throws Exception {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(ROOT.resolve("play").toString(), "--port", port, "--output", "none"));
    command.addAll(List.of("--input", WHO + "=network"));
    List<String> keepers =
        List.of("training-service", "vae-service", "explorer-service", "feature-service", "kept");
    for (String key : keepers) {
      String name = key + (key.equals("kept") ? ".dir" : ".data-dir");
      command.addAll(List.of("--set", name + "=" + folder.resolve(key)));
    }
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("play.log").toFile())
        .start();
  }

  /** What the musician does. */
  private static final class Teacher {
    private final ExplorerServiceGrpc.ExplorerServiceBlockingStub explorer;
    private final TeachingServiceGrpc.TeachingServiceBlockingStub teaching;
    private final ManagedChannel channel;
    private Watch watch;

    Teacher(ManagedChannel channel) {
      explorer = ExplorerServiceGrpc.newBlockingStub(channel);
      teaching = TeachingServiceGrpc.newBlockingStub(channel);
      this.channel = channel;
    }

    void teach(Way way, Pusher pusher, Sound sound) throws Exception {
      pusher.push(pause(sound));
      mode(Mode.MODE_SELECT);
      explorer.place(
          PlaceRequest.newBuilder()
              .setPerformer(WHO)
              .addAllPosition(Arrays.asList(way.x(), way.y()))
              .build());
      teaching.beginPair(BeginPairRequest.newBuilder().setPerformer(WHO).build());
      pusher.push(sound);
      TrainingPair pair = teaching.endPair(EndPairRequest.newBuilder().setPerformer(WHO).build());
      assertEquals(way.x(), pair.getOutput(0));
      assertTrue(pair.getFrames() > 100, pair.getFrames() + " frames");
    }

    FitProgress fit() {
      Iterator<FitProgress> progress =
          teaching.fit(
              FitPairsRequest.newBuilder()
                  .setPerformer(WHO)
                  .setSettings(FitSettings.newBuilder().setSeed(3))
                  .build());
      FitProgress last = FitProgress.getDefaultInstance();
      while (progress.hasNext()) {
        last = progress.next();
      }
      assertNotEquals(FitState.FIT_STATE_UNSPECIFIED, last.getState());
      return last;
    }

    void predict() {
      mode(Mode.MODE_PREDICT);
      watch = new Watch(channel, WHO);
    }

    private void mode(Mode mode) {
      explorer.setSettings(ExplorerSettings.newBuilder().setPerformer(WHO).setMode(mode).build());
    }

    /** So that the way before is forgotten: notes and onsets count for five seconds. */
    private static Sound pause(Sound sound) {
      return new Sound(sound.rate(), new float[PAUSE_S * sound.rate()]);
    }

    List<Echo> follow(Pusher pusher, Sound sound) throws Exception {
      pusher.push(pause(sound));
      watch.forget();
      pusher.push(sound);
      return watch.seen();
    }
  }
}
