package org.latentspace.play;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.net.DatagramSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.latentspace.osc.OscMessage;
import org.latentspace.osc.OscSender;
import org.latentspace.proto.AddPairRequest;
import org.latentspace.proto.Echo;
import org.latentspace.proto.ExplorerServiceGrpc;
import org.latentspace.proto.ExplorerSettings;
import org.latentspace.proto.FitPairsRequest;
import org.latentspace.proto.FitProgress;
import org.latentspace.proto.FitState;
import org.latentspace.proto.Mode;
import org.latentspace.proto.PlaceRequest;
import org.latentspace.proto.TeachingServiceGrpc;
import org.latentspace.proto.TrainingPair;

/**
 * A dancer's pose by OSC, 60 times a second beside a sound that never changes: two pairs teach that
 * it moves x, a click fits, and x follows it; when the sensor falls silent its values are held,
 * flagged, and the music plays on.
 */
@Timeout(180)
class SenseIT {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final String WHO = "dancer";
  private static final int RATE = 44_100;
  private static final TimeUnit MICROS = TimeUnit.MICROSECONDS;
  private static final float LOW = 0.1f;
  private static final float HIGH = 0.9f;

  @TempDir private Path folder;

  private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1);
  private volatile float pose = LOW;
  private volatile long lastSent;
  private double phase;

  @Test
  void aPoseThatWasTaughtMovesXAndIsHeldAndFlaggedWhenItFallsSilent() throws Exception {
    int oscPort = freeUdpPort();
    String port = Play.port();
    Process play = start(port, oscPort);
    ManagedChannel channel =
        ManagedChannelBuilder.forAddress("127.0.0.1", Play.grpcPort(port)).usePlaintext().build();
    try (Pusher pusher = new Pusher(channel, WHO);
        OscSender osc = new OscSender("127.0.0.1", oscPort)) {
      pusher.push(tone(0.5));
      ScheduledFuture<?> sensor = clock.scheduleAtFixedRate(() -> send(osc), 0, 16_667, MICROS);
      pusher.push(tone(1));
      teach(channel, pusher);
      Watch watch = new Watch(channel, WHO);
      follows(watch, pusher);
      sensor.cancel(false);
      fallsSilent(watch, pusher);
      clock.scheduleAtFixedRate(() -> send(osc), 0, 16_667, MICROS);
      pose = LOW;
      comesBack(watch, pusher);
    } finally {
      clock.shutdownNow();
      channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
      play.descendants().forEach(ProcessHandle::destroy);
      play.destroy();
      assertTrue(play.waitFor(20, TimeUnit.SECONDS));
    }
  }

  private void send(OscSender osc) {
    lastSent = System.nanoTime();
    osc.send(OscMessage.of("/lse/input/" + WHO + "/pose", pose, 1 - pose));
  }

  /** Two pairs, low to the left and high to the right, and a click on fit. */
  private void teach(ManagedChannel channel, Pusher pusher) {
    ExplorerServiceGrpc.ExplorerServiceBlockingStub explorer =
        ExplorerServiceGrpc.newBlockingStub(channel);
    TeachingServiceGrpc.TeachingServiceBlockingStub teaching =
        TeachingServiceGrpc.newBlockingStub(channel);
    ExplorerSettings settings = ExplorerSettings.newBuilder().setPerformer(WHO).build();
    explorer.setSettings(settings.toBuilder().setMode(Mode.MODE_SELECT).build());
    for (float place : new float[] {LOW, HIGH}) {
      pose = place;
      pusher.push(tone(1));
      explorer.place(
          PlaceRequest.newBuilder()
              .setPerformer(WHO)
              .addAllPosition(Arrays.asList(place, 0.5f))
              .build());
      TrainingPair pair =
          teaching.addPair(AddPairRequest.newBuilder().setPerformer(WHO).setMeanMs(500).build());
      assertEquals(List.of("pose.1", "pose.2"), pair.getSensesList().subList(10, 12));
      assertEquals(place, pair.getInput(10), 0.01);
      assertEquals(place, pair.getOutput(0));
    }
    Iterator<FitProgress> progress =
        teaching.fit(FitPairsRequest.newBuilder().setPerformer(WHO).build());
    FitProgress last = FitProgress.getDefaultInstance();
    while (progress.hasNext()) {
      last = progress.next();
    }
    assertEquals(FitState.FIT_STATE_DONE, last.getState(), last.getMessage());
    assertTrue(last.getVersion().getSensesList().contains("pose.1"), last.toString());
    explorer.setSettings(settings.toBuilder().setMode(Mode.MODE_PREDICT).build());
  }

  private void follows(Watch watch, Pusher pusher) {
    double before = -1;
    for (float place : new float[] {LOW, 0.5f, HIGH}) {
      pose = place;
      pusher.push(tone(0.3));
      watch.forget();
      pusher.push(tone(1));
      double x = medianX(watch.seen());
      System.out.printf(Locale.ROOT, "pose %.1f: x %.3f%n", place, x);
      assertTrue(place == 0.5f || Math.abs(x - place) <= 0.05, "pose " + place + ": x " + x);
      assertTrue(x > before + 0.1, "rising: " + x + " after " + before);
      before = x;
    }
  }

  private void fallsSilent(Watch watch, Pusher pusher) {
    watch.forget();
    pusher.push(tone(0.6 - (System.nanoTime() - lastSent) / 1e9 + 0.2));
    List<Echo> after = watch.seen();
    Echo last = after.get(after.size() - 1);
    assertTrue(last.getFeatures().getSenses(0).getStale(), "flagged");
    assertEquals(HIGH, last.getFeatures().getSenseRaw(0), "held");
    assertEquals(List.of("pose"), senses(last), "the explorer says whom it holds");
    assertEquals(HIGH, last.getPoint().getPosition(0), 0.05, "x stays");
    assertFalse(after.get(0).getFeatures().getSenses(0).getStale(), "not at once");
    assertTrue(after.size() >= 10, "playing: " + after.size() + " echoes in 0.8 s");
    long sequence = last.getOrigin().getSequence();
    assertTrue(sequence - after.get(0).getOrigin().getSequence() > 40, "the sound goes on");
  }

  private static List<String> senses(Echo echo) {
    return echo.getExploring().getHeldSensesList().stream()
        .map(name -> name.replaceAll("\\..*", ""))
        .distinct()
        .toList();
  }

  private void comesBack(Watch watch, Pusher pusher) {
    pusher.push(tone(0.3));
    watch.forget();
    pusher.push(tone(0.5));
    List<Echo> after = watch.seen();
    Echo last = after.get(after.size() - 1);
    assertFalse(last.getFeatures().getSenses(0).getStale());
    assertEquals(List.of(), senses(last));
    assertEquals(LOW, medianX(after), 0.05);
  }

  private static double medianX(List<Echo> echoes) {
    double[] x = echoes.stream().mapToDouble(e -> e.getPoint().getPosition(0)).sorted().toArray();
    return x[x.length / 2];
  }

  private Sound tone(double seconds) {
    float[] samples = new float[(int) (seconds * RATE)];
    for (int i = 0; i < samples.length; i++) {
      phase += 2 * Math.PI * 220 / RATE;
      samples[i] = (float) (0.2 * Math.sin(phase) + 0.1 * Math.sin(2 * phase));
    }
    return new Sound(RATE, samples);
  }

  private static int freeUdpPort() throws Exception {
    try (DatagramSocket socket = new DatagramSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private Process start(String port, int oscPort) throws Exception {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(ROOT.resolve("play").toString(), "--port", port, "--output", "none"));
    command.addAll(List.of("--input", WHO + "=network"));
    command.addAll(List.of("--set", "feature-service.osc.port=" + oscPort));
    for (String key :
        List.of("training-service", "vae-service", "explorer-service", "feature-service", "kept")) {
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
}
