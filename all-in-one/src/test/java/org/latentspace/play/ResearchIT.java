package org.latentspace.play;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.wire.Until.until;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.latentspace.proto.DecodeRequest;
import org.latentspace.proto.ExplorerServiceGrpc;
import org.latentspace.proto.ExplorerSettings;
import org.latentspace.proto.GetTransportRequest;
import org.latentspace.proto.MidiGatewayGrpc;
import org.latentspace.proto.Mode;
import org.latentspace.proto.PlaceRequest;
import org.latentspace.proto.Rhythm;
import org.latentspace.proto.VaeServiceGrpc;

/**
 * The researcher's session of docs/how-to/train-a-model.md, run word for word while the music
 * plays: the rhythm changes at a bar line when the new version is activated, and back when it is
 * rolled back.
 */
@Timeout(240)
class ResearchIT {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Path GROOVES =
      ROOT.resolve("training-service/src/main/resources/six-robots");
  private static final List<Float> PLACE = List.of(0.7f, 0.6f);
  private static final int TICKS_OF_A_STEP = 12;

  @TempDir private Path folder;

  @Test
  void aResearchersSessionChangesTheRhythmAtABarLineAndBack() throws Exception {
    copyGrooves();
    String port = Play.port();
    Process play = start(port);
    Rhythm before;
    Rhythm after;
    ManagedChannel channel =
        ManagedChannelBuilder.forAddress("127.0.0.1", Play.grpcPort(port)).usePlaintext().build();
    try (Session session = new Session("127.0.0.1:" + Play.grpcPort(port))) {
      Music music = new Music(channel);
      music.awaitSound();
      music.hold();
      before = music.rhythm();
      List<String> blocks = Session.blocks("how-to/train-a-model.md", "A researcher's session");
      music.awaitBars(3);
      String last = blocks.get(blocks.size() - 1);
      StringBuilder printed = new StringBuilder();
      for (String block : blocks.subList(0, blocks.size() - 1)) {
        printed.append(session.run(block));
      }
      check(printed.toString());
      after = music.rhythm();
      music.awaitBars(4);
      session.run(last);
      assertEquals(before, music.rhythm(), "rolled back to what played before");
      music.awaitBars(3);
    } finally {
      channel.shutdownNow();
      play.descendants().forEach(ProcessHandle::destroy);
      play.destroy();
      assertTrue(play.waitFor(20, TimeUnit.SECONDS));
    }
    assertNotEquals(strokes(before), strokes(after), "the new version plays something else");
    checkMusic(strokes(before), strokes(after));
  }

  private static void check(String printed) {
    assertTrue(printed.contains("\"piecesAdded\": 56"), printed);
    assertTrue(printed.contains("\"epoch\": 12"), printed);
    assertTrue(printed.contains("JOB_STATE_DONE"), printed);
    assertTrue(printed.contains("F1"), printed);
  }

  /** Every bar of the file is a bar of one of the two rhythms, whole: A..A B..B A..A. */
  private void checkMusic(Map<Integer, TreeSet<String>> a, Map<Integer, TreeSet<String>> b)
      throws Exception {
    Performance performance = Performance.read(folder.resolve("music.mid"));
    List<TreeSet<String>> bars = bars(performance);
    StringBuilder form = new StringBuilder();
    for (int bar = 0; bar < bars.size(); bar++) {
      boolean isA = bars.get(bar).equals(a.get(bar % 2));
      boolean isB = bars.get(bar).equals(b.get(bar % 2));
      form.append(isA && isB ? '=' : isA ? 'A' : isB ? 'B' : '?');
    }
    // Before the hand held the point the performer moved it; the last bar may be cut off.
    String held = form.substring(form.indexOf("AAA"), form.length() - 1);
    assertTrue(held.matches("A+=*B+=*A+"), "bars " + form + " " + bars);
  }

  private static List<TreeSet<String>> bars(Performance performance) {
    List<TreeSet<String>> bars = new ArrayList<>();
    for (Performance.Stroke stroke : performance.strokes()) {
      long step =
          Math.round(stroke.tick() * (double) TICKS_OF_A_STEP / performance.ticksPerQuarter());
      int bar = (int) (step / 48);
      while (bars.size() <= bar) {
        bars.add(new TreeSet<>());
      }
      bars.get(bar).add(step % 48 + ":" + stroke.note());
    }
    return bars;
  }

  /** Bar of the loop → its strokes, "step:note" with the notes of the built-in voice map. */
  private static Map<Integer, TreeSet<String>> strokes(Rhythm rhythm) {
    Map<String, Integer> notes =
        Map.of(
            "kick", 36, "snare", 38, "closed-hat", 42, "open-hat", 46, "low-tom", 45, "ride", 51);
    Map<Integer, TreeSet<String>> bars =
        new TreeMap<>(Map.of(0, new TreeSet<>(), 1, new TreeSet<>()));
    for (int i = 0; i < rhythm.getStepCount(); i++) {
      int note = notes.get(rhythm.getVoices(rhythm.getVoice(i)));
      double place = rhythm.getStep(i) + 0.5 * rhythm.getOffset(i);
      long step = Math.floorMod(Math.round(place), 96);
      bars.get((int) step / 48).add(step % 48 + ":" + note);
    }
    return bars;
  }

  private void copyGrooves() throws Exception {
    Path grooves = Files.createDirectories(folder.resolve("import/grooves"));
    try (Stream<Path> files = Files.list(GROOVES)) {
      for (Path file : files.toList()) {
        Files.copy(file, grooves.resolve(file.getFileName()));
      }
    }
    assertFalse(Files.notExists(grooves));
  }

  private Process start(String port) throws Exception {
    List<String> command =
        new ArrayList<>(List.of(ROOT.resolve("play").toString(), "--port", port, "--bpm", "240"));
    command.addAll(List.of("--output", "music.mid"));
    for (String key :
        List.of(
            "training-service.import-dir=import",
            "training-service.data-dir=training",
            "vae-service.data-dir=vae",
            "explorer-service.data-dir=explorer",
            "kept.dir=kept")) {
      int value = key.indexOf('=') + 1;
      command.add("--set");
      command.add(key.substring(0, value) + folder.resolve(key.substring(value)));
    }
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("play.log").toFile())
        .start();
  }

  /** What plays, asked over gRPC. */
  private static final class Music {
    private final ExplorerServiceGrpc.ExplorerServiceBlockingStub explorer;
    private final VaeServiceGrpc.VaeServiceBlockingStub vae;
    private final MidiGatewayGrpc.MidiGatewayBlockingStub midi;

    Music(ManagedChannel channel) {
      explorer = ExplorerServiceGrpc.newBlockingStub(channel);
      vae = VaeServiceGrpc.newBlockingStub(channel);
      midi = MidiGatewayGrpc.newBlockingStub(channel);
    }

    void awaitSound() {
      until("there is music", 60, () -> bar() >= 1);
    }

    /** The hand holds the point, so that the model alone decides the rhythm. */
    void hold() {
      explorer.place(
          PlaceRequest.newBuilder()
              .setPerformer("performer")
              .addAllPosition(PLACE)
              .setNoise(0)
              .setZRampMs(0)
              .build());
      explorer.setSettings(
          ExplorerSettings.newBuilder()
              .setPerformer("performer")
              .setMode(Mode.MODE_SELECT)
              .build());
    }

    /** The rhythm of the place that is held, by the model that plays. */
    Rhythm rhythm() {
      return vae.decode(DecodeRequest.newBuilder().addAllPosition(PLACE).build());
    }

    void awaitBars(int bars) {
      long last = bar() + bars + 1;
      until("bar " + last + " is played", 30, () -> bar() >= last);
    }

    private long bar() {
      try {
        return midi.getTransport(GetTransportRequest.getDefaultInstance()).getPosition().getBar();
      } catch (io.grpc.StatusRuntimeException notYet) {
        return 0;
      }
    }
  }
}
