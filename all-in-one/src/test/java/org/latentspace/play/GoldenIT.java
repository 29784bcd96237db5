package org.latentspace.play;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code ./play --record} writes equals the reference measurements, frame by frame. */
@Timeout(120)
class GoldenIT {
  /** Recorded column, reference column, tolerance, and whether it is relative. */
  private record Descriptor(String ours, String theirs, double tolerance, boolean relative) {}

  private static final List<Descriptor> DESCRIPTORS =
      List.of(
          new Descriptor("centroid_hz", "centroid_hz", 1e-4, true),
          new Descriptor("spread_hz", "spread_hz", 1e-4, true),
          new Descriptor("skewness_raw", "skewness", 5e-4, true),
          new Descriptor("kurtosis_raw", "kurtosis", 5e-4, true),
          new Descriptor("rolloff_hz", "rolloff_hz", 1e-4, true),
          new Descriptor("flatness_db", "flatness_db", 0.02, false),
          new Descriptor("crest_db", "crest_db", 1e-4, false));
  private static final double LOUD_ENOUGH = 1e-3;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "real_sax_phrase_sms",
        "alto_slow_low_legato",
        "alto_fast_high_narrow",
        "alto_fast_wide",
        "synth_sine_440",
        "synth_sine_1000p3",
        "synth_harmonic_220",
        "synth_white_noise",
        "synth_silence"
      })
  void equalsTheReference(String recording) throws Exception {
    Path data = Play.data();
    new Play(folder)
        .succeed(
            "--input",
            data.resolve("audio/" + recording + ".wav").toString(),
            "--offline",
            "--output",
            "out.mid",
            "--record",
            "out.csv",
            "--fft",
            "1024",
            "--hop",
            "512",
            "--port",
            Play.port());
    Map<Long, Map<String, String>> ours = new TreeMap<>();
    for (Map<String, String> row : rows(folder.resolve("out.csv"))) {
      ours.put(Math.round(Double.parseDouble(row.get("time_s")) * 44_100), row);
    }
    int compared = 0;
    for (Map<String, String> golden : rows(data.resolve("golden/" + recording + ".csv"))) {
      if (Double.parseDouble(golden.get("rms")) > LOUD_ENOUGH) {
        Map<String, String> row = ours.get(Long.parseLong(golden.get("sample")));
        assertTrue(row != null, "no frame at sample " + golden.get("sample"));
        DESCRIPTORS.forEach(descriptor -> compare(descriptor, row, golden));
        compared++;
      }
    }
    assertEquals(recording.equals("synth_silence"), compared == 0);
    System.out.println(recording + ": " + compared + " frames equal the reference");
  }

  private static void compare(
      Descriptor descriptor, Map<String, String> ours, Map<String, String> golden) {
    double expected = Double.parseDouble(golden.get(descriptor.theirs()));
    double actual = Double.parseDouble(ours.get(descriptor.ours()));
    double margin = descriptor.tolerance() * (descriptor.relative() ? Math.abs(expected) : 1);
    assertEquals(
        expected, actual, margin, descriptor.ours() + " at sample " + golden.get("sample"));
  }

  private static List<Map<String, String>> rows(Path csv) throws Exception {
    List<String> lines = Files.readAllLines(csv);
    String[] names = lines.get(0).split(",");
    List<Map<String, String>> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",");
      Map<String, String> row = new HashMap<>();
      for (int i = 0; i < names.length; i++) {
        row.put(names[i], cells[i]);
      }
      rows.add(row);
    }
    return rows;
  }
}
