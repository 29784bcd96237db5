package org.latentspace.training.score;

import java.util.Locale;

/**
 * Which of two versions is the better one, as the automatic policy sees it.
 *
 * <p>Only figures on the same held-out examples are compared. The better one has an onset F1 that
 * is higher by 0.005 or more, while its velocity error is at most a tenth and its timing error at
 * most a twentieth larger. Anything else is equal: what plays goes on playing.
 *
 * @param better "a", "b", "equal", or empty where the two cannot be compared
 * @param reason in one line
 */
public record Comparison(String better, String reason) {
  private static final double LEAST_GAIN = 0.005;
  private static final double VELOCITY_GUARD = 1.10;
  private static final double TIMING_GUARD = 1.05;

  public static Comparison of(ScoreCard a, ScoreCard b) {
    if (a.validation() == null || b.validation() == null) {
      return new Comparison("", "one of them has no figures on held-out examples");
    }
    String digest = a.origin() == null ? "" : a.origin().validationDigest();
    if (digest.isEmpty() || b.origin() == null || !digest.equals(b.origin().validationDigest())) {
      return new Comparison("", "they were judged on different examples");
    }
    double gain = b.validation().all().f1() - a.validation().all().f1();
    if (Math.abs(gain) < LEAST_GAIN) {
      return new Comparison("equal", words("F1 differs by less than 0.005", a, b));
    }
    boolean bGains = gain > 0;
    String better = bGains ? "b" : "a";
    String objection =
        bGains
            ? objection(a.validation(), b.validation())
            : objection(b.validation(), a.validation());
    return objection.isEmpty()
        ? new Comparison(better, words(better + " is better by F1", a, b))
        : new Comparison("equal", words(better + " has the better F1, but " + objection, a, b));
  }

  private static String objection(Fidelity worse, Fidelity better) {
    if (better.velocityMse() > worse.velocityMse() * VELOCITY_GUARD) {
      return "a much worse velocity";
    }
    if (better.timingMaeMs() > worse.timingMaeMs() * TIMING_GUARD) {
      return "a much worse timing";
    }
    return "";
  }

  private static String words(String start, ScoreCard a, ScoreCard b) {
    return String.format(
        Locale.ROOT,
        "%s (F1 %.3f and %.3f, velocity MSE %.4f and %.4f, timing %.2f and %.2f ms)",
        start,
        a.validation().all().f1(),
        b.validation().all().f1(),
        a.validation().velocityMse(),
        b.validation().velocityMse(),
        a.validation().timingMaeMs(),
        b.validation().timingMaeMs());
  }
}
