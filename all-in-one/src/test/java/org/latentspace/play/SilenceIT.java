package org.latentspace.play;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.wire.Until.until;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.latentspace.proto.GetTransportRequest;
import org.latentspace.proto.MidiGatewayGrpc;
import org.latentspace.proto.PanicRequest;
import org.latentspace.proto.Transport;
import org.latentspace.rtpmidi.RtpMidiSession;

/** No note sounds on when ./play is told to end, or is killed and started again. */
@Timeout(240)
class SilenceIT {
  private static final Path JAR =
      Path.of("target", "quarkus-app", "quarkus-run.jar").toAbsolutePath();
  private static final List<String> KEEPERS =
      List.of("training-service", "vae-service", "explorer-service", "feature-service");

  private static final int NOTE_ON = 0x9;
  private static final int NOTE_OFF = 0x8;

  /** The note of a robot that is never struck: only who silences all of them ends it. */
  private static final int NEVER_STRUCK_OFF = 0x8f6400;

  private static final int ALL_OFF = 0xbf7b00;

  /** What the robots heard. */
  private record Heard(int message, long nanos) {}

  @TempDir private Path folder;

  private final List<Heard> heard = new CopyOnWriteArrayList<>();
  private Process play;
  private int grpcPort;

  @AfterEach
  void end() {
    if (play != null) {
      play.destroyForcibly();
    }
  }

  @Test
  void theNextStartSilencesWhatAKillLeftSoundingAndATermEndsAllNotesAtOnce() throws Exception {
    InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (RtpMidiSession robots =
        RtpMidiSession.listen("robots", here, (m, at) -> heard.add(new Heard(m, at)))) {
      start(robots.port());
      until("notes sound", 60, () -> sounding().size() >= 2);
      play.destroyForcibly();
      assertTrue(play.waitFor(20, TimeUnit.SECONDS));
      assertTrue(!sounding().isEmpty(), "nobody has ended them");
      int killed = heard.size();
      start(robots.port());
      until("struck again", 60, () -> first(NOTE_ON, killed) >= 0);
      List<Integer> before = messages(killed, first(NOTE_ON, killed));
      assertTrue(before.contains(NEVER_STRUCK_OFF), "each note of each robot: " + before);
      assertTrue(before.contains(ALL_OFF), "every channel: " + before);
      panicAndGoOn();
      until("notes sound", 60, () -> sounding().size() >= 2);

      int told = heard.size();
      long begin = System.nanoTime();
      play.destroy();
      until("silent", 20, () -> sounding().isEmpty());
      tell("SIGTERM", told, begin);
      assertTrue(play.isAlive(), "notes do not wait for the end of the process");
      assertTrue(play.waitFor(30, TimeUnit.SECONDS));
      assertEquals(Set.of(), sounding());
      int quiet = first(0xb, told);
      assertTrue(quiet >= 0, "every channel is told");
      assertEquals(List.of(), ons(quiet), "nothing is struck after all notes are off");
    }
  }

  private void panicAndGoOn() {
    ManagedChannel channel =
        ManagedChannelBuilder.forAddress("127.0.0.1", grpcPort).usePlaintext().build();
    try {
      MidiGatewayGrpc.MidiGatewayBlockingStub hands =
          MidiGatewayGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS);
      hands.getTransport(GetTransportRequest.getDefaultInstance());
      int told = heard.size();
      long begin = System.nanoTime();
      assertFalse(hands.panic(PanicRequest.getDefaultInstance()).getPlaying());
      until("silent", 20, () -> sounding().isEmpty() && first(0xb, told) >= 0);
      tell("panic", told, begin);
      hands.setTransport(Transport.newBuilder().setPlaying(true).build());
    } finally {
      channel.shutdownNow();
    }
  }

  private void tell(String what, int told, long begin) {
    System.out.printf(
        "%s: the first note ended after %.1f ms, the last after %.1f ms%n",
        what, after(begin, first(NOTE_OFF, told)), after(begin, last(NOTE_OFF)));
  }

  private double after(long begin, int place) {
    return (heard.get(place).nanos - begin) / 1e6;
  }

  private int last(int kind) {
    int last = -1;
    for (int i = first(kind, 0); i >= 0; i = first(kind, i + 1)) {
      last = i;
    }
    return last;
  }

  private void start(int port) throws IOException {
    Path installation =
        Files.writeString(
            folder.resolve("installation.yaml"),
            """
            ports: {net: "rtp://127.0.0.1:%d"}
            robots:
              kick: {voices: [kick], note: 36, ports: [net], gate-ms: 2000}
              hat: {voices: [closed-hat, snare], note: 38, ports: [net], gate-ms: 2000}
              idle: {voices: [triangle], channel: 16, note: 100, ports: [net]}
            """
                .formatted(port));
    String http = Play.port();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dquarkus.http.port=" + http);
    grpcPort = Play.grpcPort(http);
    command.add("-Dgrpc-server.port=" + grpcPort);
    command.add("-Dinstallation.file=" + installation);
    command.add("-Dfeature-service.osc.port=0");
    command.add("-Dkept.dir=" + folder.resolve("kept"));
    for (String keeps : KEEPERS) {
      command.add("-D" + keeps + ".data-dir=" + folder.resolve(keeps));
    }
    command.addAll(List.of("-jar", JAR.toString()));
    play =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("play.log").toFile())
            .redirectInput(new File("/dev/null"))
            .start();
  }

  private Set<Integer> sounding() {
    Set<Integer> notes = new HashSet<>();
    for (Heard each : heard) {
      int note = each.message >> 8 & 0xfff;
      if (each.message >> 20 == NOTE_ON) {
        notes.add(note);
      } else if (each.message >> 20 == NOTE_OFF) {
        notes.remove(note);
      }
    }
    return notes;
  }

  /** The first message of a kind from a place on; -1: none. */
  private int first(int kind, int from) {
    for (int i = from; i < heard.size(); i++) {
      if (heard.get(i).message >> 20 == kind) {
        return i;
      }
    }
    return -1;
  }

  private List<Integer> messages(int from, int to) {
    return heard.subList(from, to).stream().map(Heard::message).toList();
  }

  private List<Integer> ons(int from) {
    return messages(from, heard.size()).stream().filter(m -> m >> 20 == NOTE_ON).toList();
  }
}
