package org.latentspace.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/**
 * A mono recording and what is known of it.
 *
 * @param notes what was played; midi 0: a stroke, or a note whose pitch is not known
 * @param pitches what a reference measured: rows of seconds (of the window's centre) and Hz
 */
record AnnotatedRecording(
    String name, int rate, float[] sound, List<Note> notes, List<double[]> pitches) {
  private static final double SURE = 0.8;
  private static final double SAME_SECONDS = 0.05;

  /** Seconds; midi: note number. */
  record Note(double midi, double start, double end) {}

  /**
   * Every recording of a folder of which something is known: NAME.wav beside NAME.notes.csv, whose
   * rows are start,end,midi; and those of the test data (CONTRIBUTING.md), audio/NAME.wav with note
   * lists or reference measurements below golden.
   */
  static List<AnnotatedRecording> in(Path folder) throws Exception {
    List<AnnotatedRecording> all = new ArrayList<>();
    Path golden = folder.resolve("golden");
    for (Path file : list(folder, ".notes.csv")) {
      String name = file.getFileName().toString().replace(".notes.csv", "");
      List<Note> notes = rows(file).stream().map(r -> new Note(r[2], r[0], r[1])).toList();
      all.add(of(name, folder.resolve(name + ".wav"), notes, List.of()));
    }
    if (Files.exists(golden.resolve("golden.json"))) {
      JsonNode phrases =
          new ObjectMapper().readTree(golden.resolve("golden.json").toFile()).get("phrase_notes");
      for (Path file : list(folder.resolve("audio"), ".wav")) {
        String name = file.getFileName().toString().replace(".wav", "");
        if (phrases.has(name)) {
          all.add(of(name, file, phrase(phrases.get(name)), List.of()));
        } else if (name.startsWith("real_")) {
          all.add(of(name, file, slices(golden, name), pitches(golden, name)));
        }
      }
    }
    return all;
  }

  private static List<Path> list(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(ending)).sorted().toList();
    }
  }

  private static AnnotatedRecording of(
      String name, Path file, List<Note> notes, List<double[]> pitches)
      throws IOException, UnsupportedAudioFileException {
    try (AudioInputStream wav = AudioSystem.getAudioInputStream(file.toFile())) {
      AudioFormat format = wav.getFormat();
      if (format.getChannels() != 1 || format.getSampleSizeInBits() != 16) {
        throw new IOException(file + ": must be mono, 16 bit");
      }
      byte[] bytes = wav.readAllBytes();
      float[] sound = new float[bytes.length / 2];
      for (int i = 0; i < sound.length; i++) {
        sound[i] = (bytes[2 * i] & 0xff | bytes[2 * i + 1] << 8) / 32768f;
      }
      return new AnnotatedRecording(name, (int) format.getSampleRate(), sound, notes, pitches);
    }
  }

  private static List<double[]> rows(Path file) throws IOException {
    List<double[]> rows = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (!line.isBlank() && Character.isDigit(line.charAt(0))) {
        rows.add(Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray());
      }
    }
    return rows;
  }

  /** Notes and lengths, from 0.25 s on, with gaps such as "0.3 s after every 28th note". */
  private static List<Note> phrase(JsonNode phrase) {
    Matcher gap =
        Pattern.compile("([\\d.]+) s after every (\\d+)").matcher(phrase.get("gaps").asText());
    boolean gaps = gap.find();
    boolean sevenths = phrase.get("gaps").asText().contains("1/7 s");
    List<Note> notes = new ArrayList<>();
    double time = 0.25;
    for (JsonNode note : phrase.get("notes")) {
      double length = sevenths ? 1.0 / 7 : note.get(1).asDouble();
      notes.add(new Note(note.get(0).asDouble(), time, time + length));
      time += length;
      if (gaps && notes.size() % Integer.parseInt(gap.group(2)) == 0) {
        time += Double.parseDouble(gap.group(1));
      }
    }
    return notes;
  }

  /** Where two reference slicers agree that something begins. */
  private static List<Note> slices(Path golden, String name) throws IOException {
    List<String[]> cuts =
        Files.readAllLines(golden.resolve(name + ".slices.csv")).stream()
            .skip(1)
            .map(line -> line.split(","))
            .toList();
    List<Note> notes = new ArrayList<>();
    for (String[] cut : cuts) {
      double at = Double.parseDouble(cut[3]);
      boolean agreed =
          cuts.stream()
              .anyMatch(
                  other ->
                      other[0].compareTo(cut[0]) > 0
                          && Math.abs(Double.parseDouble(other[3]) - at) <= SAME_SECONDS);
      if (agreed) {
        notes.add(new Note(0, at, at));
      }
    }
    return notes;
  }

  private static List<double[]> pitches(Path golden, String name) throws IOException {
    return rows(golden.resolve(name + ".csv")).stream()
        .filter(row -> row[11] >= SURE)
        .map(row -> new double[] {row[2], row[10]})
        .toList();
  }
}
