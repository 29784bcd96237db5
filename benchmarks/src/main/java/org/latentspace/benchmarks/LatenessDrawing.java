package org.latentspace.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Draws how late things are, some beside others: shares over milliseconds, both by powers of ten.
 */
final class LatenessDrawing {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 320;
  private static final int LEFT = 80;
  private static final int RIGHT = 32;
  private static final int TOP = 48;
  private static final int BOTTOM = 44;
  private static final double LEAST_MS = 0.01;
  private static final int DECADES = 4;
  private static final int SHARES = 6;
  private static final List<String> COLOURS = List.of("#0a58a8", "#c0392b", "#777777");

  /**
   * What is drawn as one line.
   *
   * @param shares of all, 0..1, one for each upper edge in ms
   */
  record Series(String name, double[] shares) {}

  private LatenessDrawing() {}

  /**
   * Writes an SVG image.
   *
   * @param edges upper edges of the bars in ms, rising, 0.01..100
   * @param all three at most
   */
  static void write(Path file, String title, double[] edges, List<Series> all) throws IOException {
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
                + " font-family=\"sans-serif\" font-size=\"13\">%n",
            WIDTH, HEIGHT));
    svg.append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
    svg.append(text(LEFT, 18, "start", "#000", title));
    axes(svg);
    for (int i = 0; i < all.size(); i++) {
      Series series = all.get(i);
      String colour = COLOURS.get(i);
      svg.append(text(LEFT + 190.0 * i, 38, "start", colour, series.name()));
      svg.append("<polyline fill=\"none\" stroke=\"").append(colour);
      svg.append("\" stroke-width=\"2\" points=\"");
      for (int bar = 0; bar < edges.length; bar++) {
        double from = bar == 0 ? LEAST_MS / 2 : edges[bar - 1];
        String pair = "%.1f,%.1f %.1f,%.1f ";
        double y = y(series.shares()[bar]);
        svg.append(String.format(Locale.ROOT, pair, x(from), y, x(edges[bar]), y));
      }
      svg.append("\"/>\n");
    }
    Files.writeString(file, svg + "</svg>\n");
  }

  private static void axes(StringBuilder svg) {
    for (int decade = 0; decade <= DECADES; decade++) {
      double ms = LEAST_MS * Math.pow(10, decade);
      svg.append(line(x(ms), TOP, x(ms), HEIGHT - BOTTOM));
      String label = String.format(Locale.ROOT, "%.3g ms", ms).replaceAll("\\.?0+ ms", " ms");
      svg.append(text(x(ms), HEIGHT - BOTTOM + 18, "middle", "#000", ms >= 9 ? whole(ms) : label));
    }
    for (int share = 0; share <= SHARES; share += 2) {
      double y = y(Math.pow(10, -share));
      svg.append(line(LEFT, y, WIDTH - RIGHT, y));
      String label = share == 0 ? "all" : "1 in " + Math.round(Math.pow(10, share));
      svg.append(text(LEFT - 4, y + 4, "end", "#000", share > 4 ? "1 in 10^6" : label));
    }
    svg.append(text(WIDTH / 2.0, HEIGHT - 8, "middle", "#000", "later than due"));
  }

  private static String whole(double ms) {
    return Math.round(ms) + " ms";
  }

  private static double x(double ms) {
    double part = (Math.log10(ms / LEAST_MS) + 0.3) / (DECADES + 0.3);
    return LEFT + Math.max(0, part) * (WIDTH - LEFT - RIGHT);
  }

  private static double y(double share) {
    double part = share <= 0 ? 1 : Math.min(1, -Math.log10(share) / SHARES);
    return TOP + part * (HEIGHT - TOP - BOTTOM);
  }

  private static String line(double x1, double y1, double x2, double y2) {
    return String.format(
        Locale.ROOT, "<path d=\"M%.1f %.1f L%.1f %.1f\" stroke=\"#ddd\"/>%n", x1, y1, x2, y2);
  }

  private static String text(double x, double y, String anchor, String colour, String text) {
    return String.format(
        Locale.ROOT,
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>%n",
        x,
        y,
        anchor,
        colour,
        text);
  }
}
