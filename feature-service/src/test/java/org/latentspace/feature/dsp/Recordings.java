package org.latentspace.feature.dsp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** The recordings, reference measurements and note lists that lie outside of the project. */
final class Recordings {
  static final List<String> ALL =
      List.of(
          "synth_silence",
          "synth_sine_440",
          "synth_sine_1000p3",
          "synth_harmonic_220",
          "synth_white_noise",
          "alto_slow_low_legato",
          "alto_fast_high_narrow",
          "alto_fast_wide",
          "real_sax_phrase_sms");

  static final List<String> PHRASES =
      List.of("alto_slow_low_legato", "alto_fast_high_narrow", "alto_fast_wide");

  /** A note of an assembled phrase: MIDI number, begin and end in seconds. */
  record Note(int midi, double start, double end) {}

  /** A row of the reference: centre of the window, seven descriptors, pitch, confidence, RMS. */
  record Golden(double timeS, double[] shape, double pitchHz, double confidence, double rms) {}

  private Recordings() {}

  static Path folder() {
    String named =
        Optional.ofNullable(System.getProperty("LSE_TEST_DATA"))
            .orElse(System.getenv("LSE_TEST_DATA"));
    Path folder = named != null ? Path.of(named) : Path.of("..", "..", "shared", "data");
    Assumptions.assumeTrue(
        Files.isDirectory(folder.resolve("golden")),
        "no recordings at " + folder + " (LSE_TEST_DATA names their folder): skipped");
    return folder;
  }

  /** The samples of a mono 16-bit WAV file / 32768. */
  static float[] sound(String name) {
    byte[] bytes = read(folder().resolve("audio").resolve(name + ".wav"));
    ByteBuffer wav = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int at = 12;
    while (wav.getInt(at) != 0x61746164) { // "data"
      at += 8 + wav.getInt(at + 4);
    }
    float[] samples = new float[wav.getInt(at + 4) / 2];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = wav.getShort(at + 8 + 2 * i) / 32768f;
    }
    return samples;
  }

  static List<Golden> golden(String name) {
    List<Golden> rows = new ArrayList<>();
    for (String line : text(folder().resolve("golden").resolve(name + ".csv")).split("\n")) {
      if (line.startsWith("frame")) {
        continue;
      }
      double[] v =
          java.util.Arrays.stream(line.trim().split(",")).mapToDouble(Double::valueOf).toArray();
      double[] shape = java.util.Arrays.copyOfRange(v, 3, 10);
      rows.add(new Golden(v[2], shape, v[10], v[11], v[16]));
    }
    return rows;
  }

  /** Notes of a phrase; the note lists of the fast phrases are exact multiples of 1/8 and 1/7 s. */
  static List<Note> notes(String phrase) {
    String json = text(folder().resolve("golden").resolve("golden.json"));
    String lists = json.substring(json.indexOf("\"phrase_notes\""));
    String from = lists.substring(lists.indexOf('"' + phrase + '"'));
    String list = from.substring(from.indexOf("\"notes\""), from.indexOf('}'));
    boolean wide = phrase.equals("alto_fast_wide");
    int notesBeforeGap = wide ? 28 : phrase.equals("alto_fast_high_narrow") ? 34 : 1000;
    Matcher matcher = Pattern.compile("\\[\\s*(\\d+),\\s*([\\d.]+)\\s*]").matcher(list);
    List<Note> notes = new ArrayList<>();
    double time = 0.25;
    while (matcher.find()) {
      double length = wide ? 1.0 / 7 : Double.parseDouble(matcher.group(2));
      notes.add(new Note(Integer.parseInt(matcher.group(1)), time, time + length));
      time += length;
      if (notes.size() % notesBeforeGap == 0) {
        time += wide ? 0.3 : 0.25;
      }
    }
    return notes;
  }

  private static String text(Path file) {
    return new String(read(file), java.nio.charset.StandardCharsets.UTF_8);
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
