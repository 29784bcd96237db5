package org.latentspace.explorer.outlet;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;
import org.latentspace.explorer.feature.Frame;
import org.latentspace.explorer.place.Place;
import org.latentspace.wire.ResultFile;
import org.latentspace.wire.StartMistake;

/**
 * Writes one CSV row a frame: what was heard and where it led.
 *
 * <p>A thread of its own writes; the live path only puts rows into a queue of {@value
 * #MOST_WAITING}. When that is full a row is dropped and counted, but for a lossless stream, whose
 * frames wait.
 */
@ApplicationScoped
public class Recorder {
  static final String HEADER =
      "time_s,sequence,performer,ambitus,density,rms,centroid,spread,skewness,kurtosis,rolloff,"
          + "flatness,crest,ambitus_semitones,density_per_s,rms_linear,centroid_hz,spread_hz,"
          + "skewness_raw,kurtosis_raw,rolloff_hz,flatness_db,crest_db,pitch_midi,"
          + "pitch_confidence,onset,silent,x,y,noise,z_ramp_ms";

  private static final Logger LOG = Logger.getLogger(Recorder.class);
  private static final int MOST_WAITING = 4096;
  private static final long FLUSH_MS = 250;
  private static final long END_MS = 10_000;

  private final BlockingQueue<Row> rows = new ArrayBlockingQueue<>(MOST_WAITING);
  private final LongAdder written = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private volatile boolean open;
  private Thread writer;

  private record Row(Frame frame, Place place) {}

  /**
   * Makes the record ready; its file begins with the first frame, or the end of a sound.
   *
   * @param replace whether a file of that name is replaced then; else a free name is taken
   * @throws StartMistake when it cannot be written
   */
  public void open(Path path, boolean replace) {
    try {
      ResultFile result = new ResultFile(path, replace);
      writer = new Thread(() -> write(result), "explorer-recorder");
      writer.setDaemon(true);
      open = true;
      writer.start();
    } catch (IOException e) {
      throw new StartMistake(
          "explorer-service.record=" + path + ": cannot be written: " + e.getMessage());
    }
  }

  /** Records a frame, if a record is open; an end of sound without features only flushes. */
  public void record(Frame frame, Place place) {
    if (!open) {
      return;
    }
    Row row = new Row(frame, place);
    if (!frame.origin().lossless()) {
      if (!rows.offer(row)) {
        dropped.increment();
      }
      return;
    }
    try {
      rows.put(row);
    } catch (InterruptedException e) {
      dropped.increment();
      Thread.currentThread().interrupt();
    }
  }

  public long written() {
    return written.sum();
  }

  public long dropped() {
    return dropped.sum();
  }

  void end(@Observes ShutdownEvent end) {
    close();
  }

  /** Writes what waits and closes the file. */
  void close() {
    if (!open) {
      return;
    }
    open = false;
    try {
      writer.join(END_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (dropped() > 0) {
      LOG.warnf("the record lacks %d rows: the disk was too slow or full", dropped());
    }
  }

  private void write(ResultFile result) {
    try {
      Row first = next(null);
      if (first == null) {
        return;
      }
      Path path = result.begin((HEADER + "\n").getBytes(StandardCharsets.US_ASCII));
      LOG.infof("the record goes to %s", path);
      try (BufferedWriter file = Files.newBufferedWriter(path, StandardOpenOption.APPEND)) {
        StringBuilder line = new StringBuilder(512);
        for (Row row = first; row != null; row = next(file)) {
          append(row, line, file);
        }
      }
    } catch (IOException e) {
      LOG.errorf("the record cannot be written any more: %s", e.getMessage());
      refuseTheRest();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * The next row; waits for it, and flushes meanwhile.
   *
   * @param file null: there is none yet
   * @return null when there comes no more
   */
  private Row next(BufferedWriter file) throws IOException, InterruptedException {
    Row row = rows.poll(FLUSH_MS, TimeUnit.MILLISECONDS);
    while (row == null && open) {
      if (file != null) {
        file.flush();
      }
      row = rows.poll(FLUSH_MS, TimeUnit.MILLISECONDS);
    }
    return row;
  }

  private void append(Row row, StringBuilder line, BufferedWriter file) throws IOException {
    if (row.frame().vector().length >= Frame.FEATURES) {
      line.setLength(0);
      format(row.frame(), row.place(), line);
      file.append(line);
      written.increment();
    }
    if (row.frame().origin().last()) {
      file.flush();
    }
  }

  /** The disk is gone: rows are dropped, and nobody waits for it. */
  private void refuseTheRest() {
    open = false;
    while (rows.poll() != null) {
      dropped.increment();
    }
  }

  /** One row with its line end; floats with as many digits as it takes to read them back. */
  static void format(Frame frame, Place place, StringBuilder line) {
    line.append(frame.windowCentreSeconds()).append(',').append(frame.origin().sequence());
    line.append(',').append(frame.origin().performer());
    for (int i = 0; i < Frame.FEATURES; i++) {
      line.append(',').append(frame.vector()[i]);
    }
    for (int i = 0; i < Frame.FEATURES; i++) {
      line.append(',').append(frame.raw()[i]);
    }
    line.append(',').append(frame.pitchMidi()).append(',').append(frame.pitchConfidence());
    line.append(frame.onset() ? ",1" : ",0").append(frame.silent() ? ",1" : ",0");
    line.append(',').append(place.x()).append(',').append(place.y());
    line.append(',').append(place.noise()).append(',').append(place.rampMs()).append('\n');
  }
}
