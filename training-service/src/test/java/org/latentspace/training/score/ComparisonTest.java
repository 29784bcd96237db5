package org.latentspace.training.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {
  @ParameterizedTest
  @CsvSource({
    "0.700, 0.050, 16.0, b",
    "0.655, 0.050, 16.0, b",
    "0.654, 0.050, 16.0, equal",
    "0.646, 0.040, 12.0, equal",
    "0.640, 0.050, 16.0, a",
    "0.640, 0.045, 16.0, equal",
    "0.700, 0.056, 16.0, equal",
    "0.700, 0.054, 16.7, b",
    "0.700, 0.050, 16.9, equal",
    "0.500, 0.090, 30.0, a"
  })
  void theBetterF1WinsUnlessVelocityOrTimingArePaidForIt(
      double f1, double velocity, double timing, String better) {
    ScoreCard a = card("d", 0.65, 0.050, 16.0);
    ScoreCard b = card("d", f1, velocity, timing);
    Comparison comparison = Comparison.of(a, b);
    assertEquals(better, comparison.better(), comparison.reason());
    String mirrored = better.equals("b") ? "a" : better.equals("a") ? "b" : better;
    assertEquals(mirrored, Comparison.of(b, a).better());
    assertTrue(comparison.reason().contains("0.650"), comparison.reason());
  }

  @Test
  void figuresOnDifferentExamplesAreNotCompared() {
    ScoreCard a = card("d", 0.65, 0.05, 16);
    assertEquals("", Comparison.of(a, card("e", 0.9, 0.05, 16)).better());
    assertEquals("", Comparison.of(card("", 0.65, 0.05, 16), card("", 0.9, 0.05, 16)).better());
    ScoreCard unjudged = ScoreCard.read("{\"training\":null,\"some_day\":3}");
    assertEquals("", Comparison.of(a, unjudged).better());
    assertEquals("", Comparison.of(unjudged, a).better());
  }

  private static ScoreCard card(String digest, double f1, double velocity, double timing) {
    Fidelity fidelity =
        new Fidelity(
            9,
            new Fidelity.Hits(f1, f1, f1, 100),
            List.of(),
            velocity,
            0.08,
            timing,
            24,
            0,
            new Fidelity.Timing(timing, 24));
    return new ScoreCard(
        List.of("kick"),
        List.of(0.5f),
        null,
        fidelity,
        1,
        2,
        ScoreCard.Strokes.NONE,
        0,
        0,
        null,
        null,
        new ScoreCard.Origin(1, "data", digest),
        0);
  }
}
