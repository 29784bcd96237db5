package org.latentspace.training.versions;

import java.util.Locale;
import java.util.function.Function;
import org.latentspace.training.score.Comparison;
import org.latentspace.training.score.Fidelity;
import org.latentspace.training.score.ScoreCard;

/**
 * Two score cards next to each other, the better figure marked with a star.
 *
 * @param better "a", "b", "equal", or empty where the two cannot be compared
 */
public record SideBySide(String table, String better) {

  /** The score card as a table for people; says so where there is none that can be read. */
  public static String table(Version version) {
    ScoreCard card = card(version);
    return card == null ? "no score card" : card.table();
  }

  private static ScoreCard card(Version version) {
    try {
      return version.scoreCard().isEmpty() ? null : ScoreCard.read(version.scoreCard());
    } catch (IllegalArgumentException unreadable) {
      return null;
    }
  }

  public static SideBySide of(Version a, Version b) {
    ScoreCard cardA = card(a);
    ScoreCard cardB = card(b);
    if (cardA == null || cardB == null) {
      return new SideBySide("one of them has no score card that can be read", "");
    }
    Comparison comparison = Comparison.of(cardA, cardB);
    StringBuilder text = new StringBuilder();
    line(text, "", a.name(), b.name());
    for (boolean judged : new boolean[] {false, true}) {
      text.append(judged ? "held out" : "learned from").append(System.lineSeparator());
      Function<ScoreCard, Fidelity> part = judged ? ScoreCard::validation : ScoreCard::training;
      fidelity(text, part.apply(cardA), part.apply(cardB));
    }
    text.append("all").append(System.lineSeparator());
    row(text, "  KL divergence in nats", cardA.divergence(), cardB.divergence(), 0);
    row(text, "  active dimensions", cardA.activeDimensions(), cardB.activeDimensions(), 0);
    if (cardA.map() != null && cardB.map() != null) {
      row(text, "  different rhythms", cardA.map().unique(), cardB.map().unique(), 1);
      row(
          text,
          "  neighbours' Jaccard mean",
          cardA.map().neighbourMean(),
          cardB.map().neighbourMean(),
          -1);
    }
    text.append(comparison.reason()).append(System.lineSeparator());
    return new SideBySide(text.toString(), comparison.better());
  }

  private static void fidelity(StringBuilder text, Fidelity a, Fidelity b) {
    if (a == null || b == null) {
      text.append("  not known of both").append(System.lineSeparator());
      return;
    }
    row(text, "  windows", a.windows(), b.windows(), 0);
    row(text, "  onset F1", a.all().f1(), b.all().f1(), 1);
    row(text, "  velocity MSE at the strokes", a.velocityMse(), b.velocityMse(), -1);
    row(text, "  timing MAE in ms", a.timingMaeMs(), b.timingMaeMs(), -1);
  }

  /**
   * @param better 1: more is better, -1: less is, 0: neither
   */
  private static void row(StringBuilder text, String name, double a, double b, int better) {
    double gain = better * Double.compare(a, b);
    line(text, name, number(a) + (gain > 0 ? " *" : ""), number(b) + (gain < 0 ? " *" : ""));
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.4f", value);
  }

  private static void line(StringBuilder text, String name, String a, String b) {
    text.append(String.format("%-32s%-24s%s", name, a, b).stripTrailing());
    text.append(System.lineSeparator());
  }
}
