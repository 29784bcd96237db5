package org.latentspace.explorer.outlet;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.latentspace.explorer.place.Performer;
import org.latentspace.explorer.place.Performers;
import org.latentspace.explorer.wire.ExplorerEchoes;
import org.latentspace.proto.Echo;
import org.latentspace.proto.SongPosition;
import org.latentspace.proto.StageStatus;

/** Tells on the console, in one line a second and performer, what is going on. */
@ApplicationScoped
public class ConsoleReport {
  private static final String[] NOTES = {
    "C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"
  };
  private static final int MOST_LINES = 8;
  private static final int LONGEST_LINE = 100;

  @Inject Performers performers;
  @Inject ExplorerEchoes echoes;
  @Inject PointOutlet points;

  private ScheduledExecutorService clock;
  private String status = "";

  /**
   * Begins, with the screen's address.
   *
   * @param address e.g. http://127.0.0.1:8080/
   */
  public void begin(String address, PrintStream console) {
    console.println("Screen: " + address);
    clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "explorer-report");
              thread.setDaemon(true);
              return thread;
            });
    long begin = System.nanoTime();
    clock.scheduleAtFixedRate(
        () -> tell((System.nanoTime() - begin) / 1_000_000_000L, console), 1, 1, TimeUnit.SECONDS);
  }

  void end(@Observes ShutdownEvent end) {
    if (clock != null) {
      clock.shutdownNow();
    }
  }

  private void tell(long seconds, PrintStream console) {
    int lines = 0;
    String bad = "";
    for (Performer performer : performers.present().all()) {
      Echo echo = echoes.newest(performer);
      if (echo != null && lines < MOST_LINES) {
        console.println(line(seconds, echo, performer.missed()));
        bad = status(echo);
        lines++;
      }
    }
    if (lines == 0) {
      String missing = missing();
      console.printf(
          Locale.ROOT,
          "%4d s  nobody has been heard yet%s%n",
          seconds,
          missing.isEmpty() ? "" : ": " + missing);
      bad = points.vaeService().isConnected() ? "" : points.vaeService().status();
    }
    if (!bad.equals(status)) {
      console.println("        status: " + (bad.isEmpty() ? "ok" : bad));
      status = bad;
    }
  }

  /** Whose input is missing, as the stages before this one say. */
  private String missing() {
    return echoes.missing(System.nanoTime()).values().stream()
        .flatMap(List::stream)
        .filter(ConsoleReport::isBad)
        .map(StageStatus::getStatus)
        .findFirst()
        .orElse("");
  }

  /**
   * One line of at most 100 columns. The p99 is that of the whole path, from the capture of the
   * last sample to the clock; drops are what stages and robots dropped, and frames that never came
   * here.
   */
  static String line(long seconds, Echo echo, long missed) {
    // Frames that are missed here were dropped by a stage on the left, if it tells of itself.
    boolean leftTells =
        echo.getStagesList().stream().anyMatch(s -> s.getStage().equals("feature-service"));
    long drops = echo.getStrokesDropped() + (leftTells ? 0 : missed);
    double p99 = -1;
    for (StageStatus stage : echo.getStagesList()) {
      drops += stage.getDropped();
      if (stage.getStage().equals("midi-gateway") && stage.getSinceCapture().getCount() > 0) {
        p99 = stage.getSinceCapture().getP99Us() / 1000;
      }
    }
    SongPosition song = echo.getPosition();
    String name = echo.getOrigin().getPerformer();
    String line =
        String.format(
            Locale.ROOT,
            "%4d s  %s  %4.0f dBFS  %-4s x %.2f y %.2f  bar %d.%d  strokes %d  p99 %s  drops %d",
            seconds,
            name.length() > 16 ? name.substring(0, 16) : name,
            echo.getFeatures().getLevelDbfs(),
            note(echo),
            echo.getPoint().getPositionCount() > 1 ? echo.getPoint().getPosition(0) : 0,
            echo.getPoint().getPositionCount() > 1 ? echo.getPoint().getPosition(1) : 0,
            echo.hasPosition() ? song.getBar() + 1 : 0,
            echo.hasPosition() ? (int) song.getBeat() + 1 : 0,
            echo.getStrokes(),
            p99 < 0 ? "-" : String.format(Locale.ROOT, "%.1f ms", p99),
            drops);
    return line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) : line;
  }

  /** The note that is heard, as musicians write it: A4 is MIDI 69. */
  private static String note(Echo echo) {
    int note = Math.round(echo.getFeatures().getPitchMidi());
    if (echo.getFeatures().getSilent() || note <= 0 || note > 127) {
      return "-";
    }
    return NOTES[note % 12] + (note / 12 - 1);
  }

  private static String status(Echo echo) {
    return echo.getStagesList().stream()
        .filter(ConsoleReport::isBad)
        .map(stage -> stage.getStage() + ": " + stage.getStatus())
        .findFirst()
        .orElse("");
  }

  private static boolean isBad(StageStatus stage) {
    return !stage.getStatus().equals("ok") && !stage.getStatus().isEmpty();
  }
}
