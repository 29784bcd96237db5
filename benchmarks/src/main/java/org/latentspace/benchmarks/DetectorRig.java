package org.latentspace.benchmarks;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.latentspace.feature.dsp.AttackDetector;
import org.latentspace.feature.dsp.FeatureExtractor;
import org.latentspace.feature.dsp.FeatureSettings;
import org.latentspace.feature.dsp.PitchDetector;

/**
 * Question: which pitch and which attack detector is best for which instrument, and what does each
 * cost? Fixture: the annotated recordings of a folder ({@link AnnotatedRecording}); pitch windows
 * of 2048 samples, hop 512. Pitch: per cent within 50 cents, of the windows that begin 20 ms after
 * a note's start (140 ms where the name of the recording says that its notes overlap, "legato") and
 * end 15 ms before its end, or of those where the reference is sure. Onsets: F1 within 50 ms, and
 * the mean delay beyond the analysis window.
 */
public final class DetectorRig {
  private static final int WINDOW = 2048;
  private static final int HOP = 512;
  private static final double TOLERANCE_SECONDS = 0.05;

  private DetectorRig() {}

  public static void main(String[] args) throws Exception {
    if (args.length != 1) {
      System.err.println("usage: DetectorRig FOLDER");
      System.exit(2);
    }
    List<AnnotatedRecording> recordings = AnnotatedRecording.in(Path.of(args[0]));
    System.out.println("| recording | pitch | onsets | pitch right | onset F1 | delay |");
    System.out.println("|---|---|---|---|---|---|");
    for (AnnotatedRecording recording : recordings) {
      for (PitchDetector.Method pitch : PitchDetector.Method.values()) {
        for (AttackDetector.Method attacks : AttackDetector.Method.values()) {
          System.out.printf(
              "| %s | %s | %s | %s | %s |%n",
              recording.name(),
              pitch,
              attacks,
              attacks == AttackDetector.Method.OWN ? right(recording, pitch) : "",
              onsets(recording, new FeatureSettings.Detectors(pitch, attacks)));
        }
      }
    }
    System.out.println();
    System.out.println("| method | us a frame | B a frame |");
    System.out.println("|---|---|---|");
    for (PitchDetector.Method pitch : PitchDetector.Method.values()) {
      PitchDetector detector = pitch.detector(WINDOW, recordings.get(0).rate());
      cost(recordings.get(0), "pitch " + pitch, detector::detect);
    }
    for (AttackDetector.Method attacks : AttackDetector.Method.values()) {
      whole(recordings.get(0), new FeatureSettings.Detectors(PitchDetector.Method.OWN, attacks));
    }
  }

  private static String right(AnnotatedRecording recording, PitchDetector.Method method) {
    PitchDetector detector = method.detector(WINDOW, recording.rate());
    int all = 0;
    int right = 0;
    double head = recording.name().contains("legato") ? 0.14 : 0.02;
    for (AnnotatedRecording.Note note : recording.notes()) {
      int end = (int) ((note.start() + head) * recording.rate()) / HOP * HOP + WINDOW + HOP;
      for (; note.midi() > 0 && end <= (note.end() - 0.015) * recording.rate(); end += HOP) {
        all++;
        right += near(detector, recording, end, 440 * Math.pow(2, (note.midi() - 69) / 12));
      }
    }
    for (double[] pitch : recording.pitches()) {
      int end = (int) Math.round(pitch[0] * recording.rate()) + WINDOW / 2;
      if (end >= WINDOW && end <= recording.sound().length) {
        all++;
        right += near(detector, recording, end, pitch[1]);
      }
    }
    return all == 0 ? "" : String.format("%.1f %% of %d", 100.0 * right / all, all);
  }

  private static int near(
      PitchDetector detector, AnnotatedRecording recording, int end, double hz) {
    detector.detect(recording.sound(), end);
    return Math.abs(12 * Math.log(detector.hz() / hz) / Math.log(2)) <= 0.5 ? 1 : 0;
  }

  private static String onsets(AnnotatedRecording recording, FeatureSettings.Detectors detectors) {
    FeatureSettings settings = FeatureSettings.standard().with(detectors);
    double half = settings.window().fft() / 2.0 / settings.window().rate();
    List<Double> heard = new ArrayList<>();
    float[] sound = recording.sound();
    new FeatureExtractor(settings, recording.rate())
        .finish(
            sound,
            0,
            sound.length,
            frame -> {
              if (frame.onset()) {
                heard.add(frame.centreSeconds());
              }
            });
    int count = heard.size();
    int right = 0;
    double delays = 0;
    for (AnnotatedRecording.Note note : recording.notes()) {
      Double nearest = null;
      for (Double onset : heard) {
        double off = Math.abs(onset - note.start());
        if (off <= TOLERANCE_SECONDS
            && (nearest == null || off < Math.abs(nearest - note.start()))) {
          nearest = onset;
        }
      }
      if (nearest != null) {
        heard.remove(nearest);
        right++;
        delays += nearest - note.start() - half;
      }
    }
    return String.format(
        "%.3f | %.1f ms",
        2.0 * right / (count + recording.notes().size()), 1000 * delays / Math.max(1, right));
  }

  private interface Listening {
    void hear(float[] sound, int end);
  }

  private static void whole(AnnotatedRecording recording, FeatureSettings.Detectors detectors) {
    FeatureExtractor extractor =
        new FeatureExtractor(FeatureSettings.standard().with(detectors), recording.rate());
    cost(
        recording,
        "whole frame, onsets " + detectors.attacks(),
        (sound, end) -> extractor.process(sound, end - HOP, end, frame -> {}));
  }

  /** Of a frame: the best of several runs over the recording. */
  private static void cost(AnnotatedRecording recording, String what, Listening listening) {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    double best = Double.POSITIVE_INFINITY;
    long bytes = 0;
    for (int run = 0; run < 6; run++) {
      long allocated = threads.getCurrentThreadAllocatedBytes();
      long begun = System.nanoTime();
      int frames = 0;
      for (int end = WINDOW; end <= recording.sound().length; end += HOP) {
        listening.hear(recording.sound(), end);
        frames++;
      }
      best = Math.min(best, (System.nanoTime() - begun) / 1e3 / frames);
      bytes = (threads.getCurrentThreadAllocatedBytes() - allocated) / frames;
    }
    System.out.printf("| %s | %.0f | %d |%n", what, best, bytes);
  }
}
