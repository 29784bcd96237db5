package org.latentspace.play;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
      String[] options = java.util.Arrays.copyOf(mistake.getValue(), mistake.getValue().length + 2);
      options[options.length - 2] = "--port";
      options[options.length - 1] = port;
      String line = play.refuse(options);
      assertTrue(line.contains(mistake.getKey()), line);
    }
  }

  private Path path(String name) {
    return folder.resolve(name);
  }

  private byte[] bytes(String name) throws Exception {
    return Files.readAllBytes(path(name));
  }
}
