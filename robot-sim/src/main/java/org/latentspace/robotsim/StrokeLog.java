package org.latentspace.robotsim;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.latentspace.robotsim.SimulatedRobot.Stroke;

/**
 * Writes every stroke to a file, a line each, on a thread of its own: {@code
 * port,note,told_nanos,struck_nanos,force}. Nothing waits for it.
 */
public final class StrokeLog implements Consumer<Stroke> {
  private static final int MOST_WAITING = 100_000;

  private final BlockingQueue<Stroke> waiting = new LinkedBlockingQueue<>(MOST_WAITING);

  /** Writes anew what was there. */
  StrokeLog(Path file) {
    Thread thread = new Thread(() -> write(file), "robot-log");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void accept(Stroke stroke) {
    if (!waiting.offer(stroke)) {
      throw new IllegalStateException("the log of the simulated robots cannot be written so fast");
    }
  }

  private void write(Path file) {
    try (PrintWriter lines = new PrintWriter(Files.newBufferedWriter(file))) {
      while (true) {
        Stroke stroke = waiting.take();
        lines.println(
            stroke.port()
                + ","
                + stroke.note()
                + ","
                + stroke.toldNanos()
                + ","
                + stroke.struckNanos()
                + ","
                + stroke.force());
        if (waiting.isEmpty()) {
          lines.flush();
        }
      }
    } catch (IOException unwritable) {
      System.err.println(file + ": the log of the simulated robots ends: " + unwritable);
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  /** The strokes of a file, in the order in which their messages came. */
  public static Stream<Stroke> read(Path file) throws IOException {
    return Files.lines(file).map(StrokeLog::stroke);
  }

  private static Stroke stroke(String line) {
    String[] words = line.split(",");
    return new Stroke(
        Integer.parseInt(words[0]),
        Integer.parseInt(words[1]),
        Long.parseLong(words[2]),
        Long.parseLong(words[3]),
        Double.parseDouble(words[4]));
  }
}
