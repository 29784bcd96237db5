package org.latentspace.training.score;

import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Writes a score card for people. */
final class ScoreTable {
  private final StringBuilder text = new StringBuilder();
  private final ScoreCard card;
  private final String firstColumn;

  private ScoreTable(ScoreCard card, String firstColumn) {
    this.card = card;
    this.firstColumn = firstColumn;
  }

  /** firstColumn: what the figures of card.training() were measured on. */
  static String of(ScoreCard card, String firstColumn) {
    ScoreTable table = new ScoreTable(card, firstColumn);
    table.fidelity();
    table.voices();
    table.rest();
    return table.text.toString();
  }

  private void fidelity() {
    line("", firstColumn, card.validation() == null ? "" : "held out");
    row("windows", f -> Integer.toString(f.windows()));
    row("onset F1", f -> number("%.3f", f.all().f1()));
    row("  precision", f -> number("%.3f", f.all().precision()));
    row("  recall", f -> number("%.3f", f.all().recall()));
    row("velocity MSE at the strokes", f -> number("%.4f", f.velocityMse()));
    row("  of a constant", f -> number("%.4f", f.constantVelocityMse()));
    row("timing MAE in ms", f -> number("%.2f", f.timingMaeMs()));
    row("  of the bare grid", f -> number("%.2f", f.quantisedTimingMaeMs()));
    row("strokes moved to a free cell", f -> Integer.toString(f.moved()));
    row("timing MAE with them, in ms", f -> withMoved(f, Fidelity.Timing::maeMs));
    row("  of the bare grid", f -> withMoved(f, Fidelity.Timing::quantisedMaeMs));
  }

  private static String withMoved(Fidelity fidelity, ToDoubleFunction<Fidelity.Timing> figure) {
    Fidelity.Timing timing = fidelity.withMoved();
    return timing == null ? "" : number("%.2f", figure.applyAsDouble(timing));
  }

  private void voices() {
    if (card.voices() == null) {
      return;
    }
    Fidelity judged = card.validation() == null ? card.training() : card.validation();
    if (judged == null || judged.voices().size() != card.voices().size()) {
      return;
    }
    text.append(
        String.format(
            "%n%-14s%10s%11s%10s%8s%9s%n",
            card.validation() == null ? firstColumn : "held out",
            "threshold",
            "precision",
            "recall",
            "F1",
            "onsets"));
    for (int i = 0; i < card.voices().size(); i++) {
      Fidelity.Hits hits = judged.voices().get(i);
      text.append(
          String.format(
              Locale.ROOT,
              "%-14s%10.2f%11.3f%10.3f%8.3f%9d%n",
              card.voices().get(i),
              card.thresholds().get(i),
              hits.precision(),
              hits.recall(),
              hits.f1(),
              hits.onsets()));
    }
  }

  private void rest() {
    text.append(System.lineSeparator());
    plain("KL divergence in nats", number("%.2f", card.divergence()));
    plain("active dimensions", Integer.toString(card.activeDimensions()));
    plain("strokes lost by collision", number("%.2f %%", 100 * card.collisionLoss()));
    plain("strokes lost by the kit", number("%.2f %%", 100 * card.mapLoss()));
    LatentMap map = card.map();
    if (map != null) {
      String places = map.side() + " x " + map.side();
      plain("different rhythms, map " + places, Integer.toString(map.unique()));
      plain("neighbours' Jaccard mean", number("%.3f", map.neighbourMean()));
      plain("neighbours' Jaccard p95", number("%.3f", map.neighbourP95()));
      plain("silent places", Integer.toString(map.silent()));
      plain(
          "strokes p5, mean, p95",
          number("%.0f, %.0f, %.0f", map.strokesLow(), map.strokesMean(), map.strokesHigh()));
      plain(
          "strokes along x, loudness along y",
          number("%.2f, %.2f", map.densityAlongX(), map.loudnessAlongY()));
    }
    if (card.interpolation() != null) {
      plain("interpolation monotonicity", number("%.3f", card.interpolation().monotonicity()));
    }
    if (card.origin() != null) {
      plain("seed", Long.toString(card.origin().seed()));
      plain("data", card.origin().dataDigest());
      if (card.validation() != null) {
        plain("held out", card.origin().validationDigest());
      }
    }
    if (card.wallSeconds() > 0) {
      plain("seconds", number("%.0f", card.wallSeconds()));
    }
  }

  private void row(String name, Function<Fidelity, String> figure) {
    line(
        name,
        card.training() == null ? "" : figure.apply(card.training()),
        card.validation() == null ? "" : figure.apply(card.validation()));
  }

  private void line(String name, String first, String second) {
    text.append(String.format("%-30s%14s%14s%n", name, first, second));
  }

  private void plain(String name, String value) {
    text.append(String.format("%-36s%s%n", name, value));
  }

  private static String number(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
