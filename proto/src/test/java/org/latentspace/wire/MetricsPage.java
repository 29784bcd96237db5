package org.latentspace.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a service's /q/metrics in tests. */
public final class MetricsPage {
  private static final Pattern HELP =
      Pattern.compile(
          "(?m)^# HELP ((?:audio|feature|explorer|vae|midi|training|kept|log)_\\S+) (.*)$");
  private static final Pattern SENTENCE = Pattern.compile("[A-Z].*\\.");
  private static final Pattern CLASS_NAME = Pattern.compile(".*\\b[A-Z]?[a-z]+[A-Z][a-z].*");

  private final String text;

  private MetricsPage(String text) {
    this.text = text;
  }

  /**
   * The page of a service.
   *
   * @param home its address, such as http://127.0.0.1:8080/
   */
  public static MetricsPage of(String home) {
    String base = home.endsWith("/") ? home : home + "/";
    try {
      HttpRequest ask = HttpRequest.newBuilder(URI.create(base + "q/metrics")).build();
      return new MetricsPage(
          HttpClient.newHttpClient().send(ask, HttpResponse.BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Fails unless the page of a stage shows in seconds how late this performer's sound is, who plays
   * now; says in sane sentences what its metrics are; and the warm-up has left no trace.
   *
   * @param metrics of this project, at least so many
   */
  public static MetricsPage check(String home, String stage, String performer, int metrics) {
    Until.until("the page shows " + performer, () -> of(home).capture99(stage, performer) > 0);
    MetricsPage page = of(home);
    assertTrue(page.capture99(stage, performer) < 60, "in seconds: " + page);
    assertTrue(Double.isNaN(page.capture99(stage, "warm-up")), "a trace of the warm-up: " + page);
    page.checkSentences(metrics);
    return page;
  }

  /** Fails unless so many metrics of this project at least have sane sentences, and no other. */
  public void checkSentences(int metrics) {
    assertEquals(List.of(), oddities());
    assertTrue(HELP.matcher(text).results().count() >= metrics, text);
  }

  /** Lines of this project whose HELP is no sentence, names a class, or whose unit is no second. */
  private List<String> oddities() {
    return HELP.matcher(text)
        .results()
        .filter(help -> isOdd(help.group(1), help.group(2)))
        .map(help -> help.group())
        .toList();
  }

  private static boolean isOdd(String name, String help) {
    boolean otherUnit = name.matches(".*_(us|ms|millis|microseconds|milliseconds)(_.*)?");
    return otherUnit
        || !SENTENCE.matcher(help).matches()
        || CLASS_NAME.matcher(help).matches()
        || help.matches(".*\\b(microseconds|milliseconds)\\b.*");
  }

  /** The 99th percentile from capture to the stage, in seconds; NaN where it is not there. */
  private double capture99(String stage, String performer) {
    return value(stage + "_capture_seconds{performer=\"" + performer + "\",quantile=\"0.99\"}");
  }

  /** NaN where there is none of this name, which is written as on the page. */
  public double value(String name) {
    Matcher line = Pattern.compile("(?m)^" + Pattern.quote(name) + " (\\S+)$").matcher(text);
    return line.find() ? Double.parseDouble(line.group(1)) : Double.NaN;
  }

  /** "counter", "gauge", "summary"; null for no such name, which is without _total here. */
  public String type(String name) {
    Matcher line = Pattern.compile("(?m)^# TYPE " + Pattern.quote(name) + " (\\S+)$").matcher(text);
    return line.find() ? line.group(1) : null;
  }

  @Override
  public String toString() {
    return text;
  }
}
