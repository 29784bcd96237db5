package org.latentspace.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each service in a process of its own: what stops on the right never stops the left. */
@Timeout(240)
class KillAndRestartIT {
  /** What a service counts: what came in, and what it could not hand on. */
  private record Counters(String received, String dropped) {}

  private static final List<String> CHAIN =
      List.of(
          "audio-service", "feature-service", "explorer-service", "vae-service", "midi-gateway");
  private static final Map<String, Counters> COUNTERS =
      Map.of(
          "audio-service",
          new Counters("audio_blocks_numbered_total", "audio_blocks_dropped_total"),
          "feature-service",
          new Counters("feature_blocks_received_total", "feature_frames_dropped_total"),
          "explorer-service",
          new Counters("explorer_frames_received_total", "explorer_points_dropped_total"),
          "vae-service",
          new Counters("vae_points_received_total", "vae_rhythms_dropped_total"),
          "midi-gateway",
          new Counters("midi_rhythms_received_total", "midi_rhythms_refused_total"));
  private static final double BLOCKS_A_SECOND = 44_100 / 256.0;
  private static final double FRAMES_A_SECOND = 44_100 / 512.0;
  private static final long MOST_MEGABYTES = 300;
  private static final double WHOLE_AGAIN_S = 2;

  @TempDir private Path folder;
  private final List<ServiceProcess> services = new ArrayList<>();

  @AfterEach
  void end() throws InterruptedException {
    for (ServiceProcess service : services) {
      service.end();
    }
  }

  @Test
  void theLeftKeepsItsPaceAndThePathIsWholeAgainWithinTwoSeconds() throws Exception {
    startAll();
    for (int victim = CHAIN.size() - 1; victim >= 1; victim--) {
      double seconds = killAndRestart(victim);
      // A busy moment of a shared machine is not the path's fault; three in a row are.
      for (int again = 0; again < 2 && seconds > WHOLE_AGAIN_S; again++) {
        seconds = killAndRestart(victim);
      }
      assertTrue(seconds <= WHOLE_AGAIN_S, CHAIN.get(victim) + ": whole after " + seconds + " s");
    }
  }

  /** Returns the seconds from the service's return until the path is whole. */
  private double killAndRestart(int victim) throws Exception {
    awaitPath("before " + CHAIN.get(victim) + " is killed", 10);
    ServiceProcess left = services.get(victim - 1);
    double droppedBefore = left.count(COUNTERS.get(left.name()).dropped());
    services.get(victim).kill();
    for (int i = 0; i < victim; i++) {
      assertKeepsPace(services.get(i), i == 0 ? BLOCKS_A_SECOND : FRAMES_A_SECOND);
    }
    double dropped = left.count(COUNTERS.get(left.name()).dropped()) - droppedBefore;
    assertTrue(dropped > 0, left.name() + " counted no drops");
    assertEquals(503, left.readiness(), left.name() + " says that it is ready");

    services.get(victim).start();
    services.get(victim).awaitAnswer();
    double seconds = awaitPath("after " + CHAIN.get(victim) + " is back", 20);
    System.out.printf(
        "%s killed: %s dropped %.0f, path whole %.2f s after its return%n",
        CHAIN.get(victim), left.name(), dropped, seconds);
    return seconds;
  }

  @Test
  void noServiceNeedsMoreThanThreeHundredMegabytesToStart() throws Exception {
    List<String> all = new ArrayList<>(CHAIN);
    all.add("training-service");
    for (String name : all) {
      ServiceProcess service = service(name, List.of());
      service.start();
      service.awaitAnswer();
      long megabytes = service.residentMegabytes();
      service.end();
      System.out.println(name + ": " + megabytes + " MB resident");
      assertTrue(megabytes <= MOST_MEGABYTES, name + " needs " + megabytes + " MB");
    }
  }

  private void startAll() throws IOException {
    ServiceProcess right = null;
    for (int i = CHAIN.size() - 1; i >= 0; i--) {
      List<String> settings = new ArrayList<>();
      if (right != null) {
        settings.add(CHAIN.get(i) + "." + right.name() + ".host=127.0.0.1");
        settings.add(CHAIN.get(i) + "." + right.name() + ".port=" + right.port());
      } else {
        settings.add("midi-gateway.outputs=none:");
      }
      right = service(CHAIN.get(i), settings);
      services.add(0, right);
    }
    for (ServiceProcess service : services) {
      service.start();
    }
    services.forEach(ServiceProcess::awaitAnswer);
  }

  private ServiceProcess service(String name, List<String> settings) throws IOException {
    Assumptions.assumeTrue(
        Files.exists(ServiceProcess.jar(name)),
        "skipped: " + name + " is not packaged (./mvnw verify packages it)");
    return new ServiceProcess(name, settings, folder);
  }

  /** Waits until rhythms arrive at the right end; returns the seconds that it took. */
  private double awaitPath(String when, double seconds) throws Exception {
    ServiceProcess gateway = services.get(services.size() - 1);
    String meter = COUNTERS.get("midi-gateway").received();
    long begin = System.nanoTime();
    double before = gateway.count(meter);
    while (gateway.count(meter) < before + 5) {
      double waited = (System.nanoTime() - begin) / 1e9;
      assertTrue(waited < seconds, "no rhythm arrives within " + seconds + " s " + when);
      LockSupport.parkNanos(10_000_000);
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  private void assertKeepsPace(ServiceProcess service, double aSecond) throws Exception {
    // feature-service receives blocks, the others frames.
    double expected = service.name().equals("feature-service") ? BLOCKS_A_SECOND : aSecond;
    double pace = pace(service);
    for (int again = 0; again < 2 && !isNear(pace, expected); again++) {
      pace = pace(service);
    }
    assertTrue(
        isNear(pace, expected),
        service.name() + " at " + pace + " a second instead of " + expected);
  }

  private static boolean isNear(double pace, double expected) {
    return pace > 0.8 * expected && pace < 1.3 * expected;
  }

  /** What the service receives in a second. */
  private static double pace(ServiceProcess service) throws Exception {
    String meter = COUNTERS.get(service.name()).received();
    long begin = System.nanoTime();
    double before = service.count(meter);
    while (System.nanoTime() - begin < 1_000_000_000L) {
      LockSupport.parkNanos(50_000_000);
    }
    return (service.count(meter) - before) / ((System.nanoTime() - begin) / 1e9);
  }
}
