package org.latentspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/reference/metrics.md has every metric whose name stands in a service's sources. */
class MetricsDocsTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  /** A table with its prefix, or a metric with its name: of the table, or by itself. */
  private static final Pattern METRIC =
      Pattern.compile(
          "new MetricsTable\\(\\w+, \"([a-z.]+)\"[,)]"
              + "|\\.(counter|gauge)\\(\\s*\"([a-z0-9.]+)\""
              + "|(FunctionCounter|Gauge)\\.builder\\(\\s*\"([a-z0-9.]+)\"");

  @Test
  void everyMetricHasItsRow() throws IOException {
    String page = Files.readString(ROOT.resolve("docs/reference/metrics.md"));
    Set<String> metrics = new TreeSet<>();
    for (Path source : sources()) {
      collect(Files.readString(source), metrics);
    }
    assertTrue(metrics.size() > 50, "found " + metrics);
    assertEquals(
        List.of(), metrics.stream().filter(name -> !page.contains("`" + name + "`")).toList());
  }

  private static void collect(String source, Set<String> metrics) {
    Matcher found = METRIC.matcher(source);
    String prefix = null;
    while (found.find()) {
      if (found.group(1) != null) {
        prefix = found.group(1);
      } else if (found.group(2) != null && prefix != null) {
        metrics.add(name(prefix + found.group(3), found.group(2).equals("counter")));
      } else if (found.group(4) != null) {
        metrics.add(name(found.group(5), found.group(4).equals("FunctionCounter")));
      }
    }
  }

  /** As Prometheus sees it. */
  private static String name(String metric, boolean counts) {
    return metric.replace('.', '_') + (counts ? "_total" : "");
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> walk = Files.walk(ROOT)) {
      return walk.filter(file -> file.toString().endsWith(".java"))
          .filter(file -> file.toString().contains("/src/main/java/"))
          .filter(file -> !file.startsWith(ROOT.resolve("benchmarks")))
          .toList();
    }
  }
}
