package org.latentspace.play;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentspace.wire.FolderLock;

/** The product's main job, end to end, as a newcomer would start it. */
@Timeout(180)
class PlayIT {
  private static final String HEADER =
      "time_s,sequence,performer,ambitus,density,rms,centroid,spread,skewness,kurtosis,rolloff,"
          + "flatness,crest,ambitus_semitones,density_per_s,rms_linear,centroid_hz,spread_hz,"
          + "skewness_raw,kurtosis_raw,rolloff_hz,flatness_db,crest_db,pitch_midi,"
          + "pitch_confidence,onset,silent,x,y,noise,z_ramp_ms";

  @TempDir private Path folder;
  private Play play;
  private String port;

  @BeforeEach
  void port() throws Exception {
    play = new Play(folder);
    port = Play.port();
  }

  @Test
  void theBuiltInPerformerPlaysTheSameMusicEveryTimeOffline() throws Exception {
    for (String name : List.of("a", "b")) {
      play.succeed(
          "--offline",
          "--seconds",
          "40",
          "--output",
          name + ".mid",
          "--record",
          name + ".csv",
          "--port",
          port);
    }
    assertArrayEquals(bytes("a.mid"), bytes("b.mid"));
    assertArrayEquals(bytes("a.csv"), bytes("b.csv"));
    play.succeed(
        "--offline", "--seconds", "40", "--seed", "2", "--output", "c.mid", "--port", port);
    assertNotEquals(Files.mismatch(path("a.mid"), path("c.mid")), -1L);

    Performance performance = Performance.read(path("a.mid"));
    assertTrue(performance.notes().size() >= 4, "voices " + performance.notes());
    assertTrue(new HashSet<>(performance.bars()).size() >= 5, "bars " + performance.bars());
    assertEquals(List.of(), performance.open(), "every note that begins ends");
    assertEquals(HEADER, Files.readAllLines(path("a.csv")).get(0));
  }

  @Test
  void playsLiveAndEndsByItselfAfterTheLastBar() throws Exception {
    long begin = System.nanoTime();
    Play.Ended ended = play.succeed("--seconds", "8", "--output", "live.mid", "--port", port);
    double seconds = (System.nanoTime() - begin) / 1e9;
    assertTrue(seconds > 8 && seconds < 40, "took " + seconds + " s");
    assertTrue(ended.out().contains("http://127.0.0.1:" + port), ended.out());
    assertTrue(ended.out().lines().count() >= 7, "a line a second: " + ended.out());
    assertTrue(Performance.read(path("live.mid")).strokes().size() > 10);
  }

  @Test
  void twoPerformersPlayOfflineTheSameEveryTime() throws Exception {
    for (String name : List.of("a", "b")) {
      play.succeed(
          "--offline",
          "--seconds",
          "12",
          "--input",
          "left=synthetic",
          "--input",
          "right=synthetic",
          "--output",
          name + ".mid",
          "--record",
          name + ".csv",
          "--port",
          port);
    }
    assertArrayEquals(bytes("a.mid"), bytes("b.mid"));
    List<String> rows = Files.readAllLines(path("a.csv"));
    assertTrue(rows.stream().anyMatch(row -> row.split(",")[2].equals("left")));
    assertTrue(rows.stream().anyMatch(row -> row.split(",")[2].equals("right")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "real_sax_phrase_sms",
        "alto_slow_low_legato",
        "alto_fast_high_narrow",
        "alto_fast_wide"
      })
  void aRealSaxophonePlaysTheRobots(String recording) throws Exception {
    Path wav = Play.data().resolve("audio").resolve(recording + ".wav");
    for (String name : List.of("a", "b")) {
      play.succeed(
          "--input",
          wav.toString(),
          "--offline",
          "--output",
          name + ".mid",
          "--record",
          name + ".csv",
          "--port",
          port);
    }
    assertArrayEquals(bytes("a.mid"), bytes("b.mid"));
    Performance performance = Performance.read(path("a.mid"));
    assertTrue(performance.notes().size() >= 4, "voices " + performance.notes());
    assertTrue(new HashSet<>(performance.bars()).size() >= 3, "bars " + performance.bars());
  }

  @Test
  void refusesWhatItCannotPlayWithOneLine() throws Exception {
    Files.write(path("broken.wav"), new byte[] {'R', 'I', 'F', 'F', 1, 2, 3});
    Files.write(path("broken.safetensors"), new byte[200]);
    Files.writeString(path("broken.json"), "{\"layers\": 7}");
    Map<String, String[]> mistakes =
        Map.of(
            "--loud", new String[] {"--loud"},
            "nowhere.wav", new String[] {"--input", "nowhere.wav"},
            "broken.wav", new String[] {"--input", "broken.wav", "--output", "x.mid"},
            "broken.safetensors", new String[] {"--model", "broken.safetensors"},
            "broken.json", new String[] {"--mapping", "broken.json"},
            "midi-gateway.bpm", new String[] {"--bpm", "500"},
            "feature-service.fft", new String[] {"--fft", "1000"},
            "nowhere/x.mid", new String[] {"--output", "nowhere/x.mid"},
            "x.csv", new String[] {"--record", "nowhere/x.csv"});
    for (Map.Entry<String, String[]> mistake : mistakes.entrySet()) {
      String line = refuse(mistake.getValue());
      assertTrue(line.contains(mistake.getKey()), line);
    }
  }

  private String refuse(String... options) throws Exception {
    String[] all = Arrays.copyOf(options, options.length + 2);
    all[options.length] = "--port";
    all[options.length + 1] = port;
    return play.refuse(all);
  }

  @Test
  void aSettingThatNobodyHasIsRefusedByTheOptionsName() throws Exception {
    assertEquals(
        "--set explorer.mode=select: no such setting; did you mean explorer-service.mode?",
        refuse("--set", "explorer.mode=select"));
    assertEquals(
        "--set quarkus.http.prt=1: no such setting; did you mean quarkus.http.port?",
        refuse("--set", "quarkus.http.prt=1"));
    assertEquals(
        "--set midi-gateway.gate-ms=long: must be a number",
        refuse("--set", "midi-gateway.gate-ms=long"));
    assertEquals("--bpm 500: must be 20..300 (midi-gateway.bpm)", refuse("--bpm", "500"));
    assertEquals("play: --port 99999: must be 1..65533", play.refuse("--port", "99999"));
  }

  @Test
  void aStartThatIsRefusedLeavesEarlierResultsAlone() throws Exception {
    Files.writeString(path("keep.mid"), "of last night");
    Files.writeString(path("keep.csv"), "of last night");
    String[] results = {"--output", "keep.mid", "--record", "keep.csv"};
    try (ServerSocket taken =
        new ServerSocket(Integer.parseInt(port), 1, InetAddress.getByName("127.0.0.1"))) {
      assertEquals(
          "--port "
              + taken.getLocalPort()
              + (": port " + taken.getLocalPort() + " on 127.0.0.1 is in use (by another ./play?);")
              + " choose another (quarkus.http.port)",
          refuse(results));
    }
    try (FolderLock held = FolderLock.take(path("data/explorer"))) {
      String line = refuse(results);
      assertTrue(
          line.matches(
              "--data data/explorer: data/explorer is in use by process "
                  + ProcessHandle.current().pid()
                  + " since .*; give this one another folder \\(explorer-service.data-dir\\)"),
          line + held);
    }
    refuse("--output", "keep.mid", "--record", "keep.csv", "--output", "nowhere/x.mid");
    refuse("--output", "keep.mid", "--record", "keep.csv", "--set", "midi-gateway.shuffle=7");
    assertEquals("of last night", Files.readString(path("keep.mid")));
    assertEquals("of last night", Files.readString(path("keep.csv")));
  }

  /** In the shell's own bytes: this JVM may be in a locale that cannot name the files. */
  @Test
  void filesOfAnyNameAreReadAndWrittenInAnyLocale() throws Exception {
    Files.write(path("tone.wav"), tone());
    Play.Ended ended =
        play.shell(
            """
            umlaut=$'\\xc3\\xbc'
            mkdir out
            cp tone.wav 'a${b}.wav'; cp tone.wav 'blank.wav '; cp tone.wav "$umlaut,x.wav"
            "$PLAY" --offline --port "$PORT" --input 'a=a${b}.wav' --input 'b=blank.wav ' \\
              --input "c=$umlaut,x.wav" --output "out/comma, \\${x}$umlaut.mid" \\
              --output 'file:out/back\\slash.mid ' --record "out/\\$$umlaut,.csv "
            test -s "out/comma, \\${x}$umlaut.mid"
            cmp "out/comma, \\${x}$umlaut.mid" 'out/back\\slash.mid '
            grep -c ',[abc],' "out/\\$$umlaut,.csv "
            test "$(ls out | wc -l)" = 3
            """,
            Map.of("LC_ALL", "C", "PORT", port));
    assertEquals(0, ended.status(), ended.out() + ended.err());
  }

  /** A second of 440 Hz: mono, 16 bits, 44.1 kHz. */
  private static byte[] tone() throws Exception {
    byte[] samples = new byte[88_200];
    for (int i = 0; i < 44_100; i++) {
      int value = (int) (8000 * Math.sin(2 * Math.PI * 440 * i / 44_100));
      samples[2 * i] = (byte) value;
      samples[2 * i + 1] = (byte) (value >> 8);
    }
    ByteArrayOutputStream wav = new ByteArrayOutputStream();
    AudioFormat format = new AudioFormat(44_100, 16, 1, true, false);
    AudioSystem.write(
        new AudioInputStream(new ByteArrayInputStream(samples), format, 44_100),
        AudioFileFormat.Type.WAVE,
        wav);
    return wav.toByteArray();
  }

  private Path path(String name) {
    return folder.resolve(name);
  }

  private byte[] bytes(String name) throws Exception {
    return Files.readAllBytes(path(name));
  }
}
