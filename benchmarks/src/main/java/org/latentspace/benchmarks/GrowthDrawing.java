package org.latentspace.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Draws how something grows with the performers, beside the straight line through the last one. */
final class GrowthDrawing {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 320;
  private static final int LEFT = 56;
  private static final int BOTTOM = 44;
  private static final int TOP = 28;

  /** So many performers, and what was measured. */
  record Measured(int performers, double value) {}

  private final double most;
  private final double highest;

  private GrowthDrawing(List<Measured> values) {
    most = values.stream().mapToInt(Measured::performers).max().orElseThrow();
    highest = values.stream().mapToDouble(Measured::value).max().orElseThrow() * 1.1;
  }

  /**
   * Writes an SVG image.
   *
   * @param values at least one, in the order of their performers
   * @param title with the unit
   */
  static void write(Path file, String title, List<Measured> values) throws IOException {
    GrowthDrawing drawing = new GrowthDrawing(values);
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
                + " font-family=\"sans-serif\" font-size=\"13\">%n",
            WIDTH, HEIGHT));
    svg.append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
    svg.append(text(LEFT, 18, "start", title));
    Measured last = values.get(values.size() - 1);
    svg.append(
        String.format(
            Locale.ROOT,
            "<path d=\"M%d %d L%.1f %.1f\" stroke=\"#999\" stroke-dasharray=\"4 4\"/>%n",
            LEFT,
            HEIGHT - BOTTOM,
            drawing.x(last.performers()),
            drawing.y(last.value())));
    svg.append("<polyline fill=\"none\" stroke=\"#0a58a8\" stroke-width=\"2\" points=\"");
    for (Measured value : values) {
      svg.append(
          String.format(
              Locale.ROOT, "%.1f,%.1f ", drawing.x(value.performers()), drawing.y(value.value())));
    }
    svg.append("\"/>\n");
    for (Measured value : values) {
      double x = drawing.x(value.performers());
      double y = drawing.y(value.value());
      svg.append(
          String.format(
              Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"#0a58a8\"/>%n", x, y));
      svg.append(text(x, HEIGHT - BOTTOM + 18, "middle", Integer.toString(value.performers())));
      String label = String.format(Locale.ROOT, "%.3g", value.value());
      svg.append(text(x, y - 10, "middle", label));
    }
    svg.append(text(WIDTH / 2.0, HEIGHT - 8, "middle", "performers"));
    Files.writeString(file, svg + "</svg>\n");
  }

  private double x(int performers) {
    return LEFT + performers / most * (WIDTH - LEFT - 40);
  }

  private double y(double value) {
    return HEIGHT - BOTTOM - value / highest * (HEIGHT - BOTTOM - TOP);
  }

  private static String text(double x, double y, String anchor, String text) {
    return String.format(
        Locale.ROOT,
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
        x,
        y,
        anchor,
        text);
  }
}
