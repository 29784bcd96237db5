package org.latentspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents name what is there. */
class DocsTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Pattern CLASS_NAME = Pattern.compile("`([A-Z][a-z]+[A-Za-z0-9]*[a-z])`");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]*)(?:#([^)]*))?\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
  private static final List<String> SERVICES =
      List.of(
          "audio-service",
          "feature-service",
          "explorer-service",
          "vae-service",
          "midi-gateway",
          "training-service");
  private static final int README_LINES = 80;
  private static final int COLUMNS = 110;

  /** Lines of a page, by the kind of page. */
  private static final Map<String, Integer> PAGE_LINES =
      Map.of("decisions", 60, "how-to", 80, "how-it-works", 150);

  private static final int SOURCE_LINES = 300;

  /** Names of protocols' messages and of other projects' classes, not of ours. */
  private static final Set<String> FOREIGN = Set.of("ComputationGraph", "Recorder");

  @Test
  void everyClassThatADocumentNamesExists() throws IOException {
    Set<String> classes =
        files("java")
            .map(file -> file.getFileName().toString().replace(".java", ""))
            .collect(Collectors.toSet());
    Set<String> messages = protoNames();
    List<String> missing = new ArrayList<>();
    for (Path document : files("md").toList()) {
      Matcher matcher = CLASS_NAME.matcher(Files.readString(document));
      while (matcher.find()) {
        String name = matcher.group(1);
        if (!classes.contains(name) && !messages.contains(name) && !FOREIGN.contains(name)) {
          missing.add(ROOT.relativize(document) + " names " + name);
        }
      }
    }
    assertEquals(List.of(), missing);
  }

  @Test
  void everyLinkLeadsToAPageAndAHeadingThatAreThere() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path document : files("md").toList()) {
      for (MatchResult link : links(document)) {
        Path target = target(document, link);
        if (!Files.exists(target)
            || link.group(2) != null && !anchors(target).contains(link.group(2))) {
          broken.add(ROOT.relativize(document) + " -> " + link.group());
        }
      }
    }
    assertEquals(List.of(), broken);
  }

  @Test
  void everyPageIsReachedFromTheReadme() throws IOException {
    Set<Path> reached = new LinkedHashSet<>(List.of(ROOT.resolve("README.md")));
    Deque<Path> open = new ArrayDeque<>(reached);
    while (!open.isEmpty()) {
      Path page = open.poll();
      for (MatchResult link : links(page)) {
        Path target = target(page, link);
        if (target.toString().endsWith(".md") && reached.add(target)) {
          open.add(target);
        }
      }
    }
    assertEquals(
        List.of(),
        pages().filter(page -> !reached.contains(page)).map(ROOT::relativize).sorted().toList());
  }

  @Test
  void proseIsNarrowAndPlain() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Path page : pages().toList()) {
      boolean code = false;
      for (String line : Files.readAllLines(page)) {
        code ^= line.strip().startsWith("```");
        boolean prose = !code && !line.startsWith("|") && !page.getParent().endsWith("decisions");
        boolean wide = prose && line.length() > COLUMNS;
        if (wide || line.toLowerCase(Locale.ROOT).contains("weather")) {
          wrong.add(ROOT.relativize(page) + ": " + line);
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void theCommandLinesPageHasTheHelpOfPlay() throws IOException {
    String play = Files.readString(ROOT.resolve("play"));
    String help = play.substring(play.indexOf("./play [options]"), play.indexOf("\nTEXT\n"));
    assertTrue(
        Files.readString(ROOT.resolve("docs/reference/command-line.md"))
            .contains("\n```\n" + help + "\n```\n"));
  }

  @Test
  void documentsAndSourcesStayShort() throws IOException {
    assertTrue(lines(ROOT.resolve("README.md")) <= README_LINES, "README.md");
    List<String> tooLong = new ArrayList<>();
    for (Path file : files("java").toList()) {
      if (lines(file) > SOURCE_LINES) {
        tooLong.add(ROOT.relativize(file) + " has " + lines(file) + " lines");
      }
    }
    for (Path page : pages().toList()) {
      String kind = page.getParent().getFileName().toString();
      if (lines(page) > PAGE_LINES.getOrDefault(kind, Integer.MAX_VALUE)) {
        tooLong.add(ROOT.relativize(page) + " has " + lines(page) + " lines");
      }
    }
    assertEquals(List.of(), tooLong);
  }

  /** The map must not be older than the house. */
  @Test
  void theArchitecturesTableNamesEveryDomainPackageOfEveryService() throws IOException {
    List<String> rows = Files.readAllLines(ROOT.resolve("docs/how-it-works/architecture.md"));
    List<String> missing = new ArrayList<>();
    for (String service : SERVICES) {
      String row =
          rows.stream().filter(line -> line.startsWith("| " + service + " |")).findFirst().get();
      String root = service.substring(0, service.indexOf('-'));
      try (Stream<Path> packages =
          Files.list(ROOT.resolve(service + "/src/main/java/org/latentspace/" + root))) {
        packages
            .filter(Files::isDirectory)
            .map(folder -> folder.getFileName().toString())
            .filter(name -> !List.of("inlet", "outlet", "wire").contains(name))
            .filter(name -> !row.contains("`" + name + "`"))
            .forEach(name -> missing.add(service + ": " + name));
      }
    }
    assertEquals(List.of(), missing);
  }

  /** Everything below docs, and what stands beside it for readers. */
  private static Stream<Path> pages() throws IOException {
    return files("md")
        .filter(
            file ->
                file.startsWith(ROOT.resolve("docs"))
                    || file.equals(ROOT.resolve("README.md"))
                    || file.equals(ROOT.resolve("CONTRIBUTING.md")));
  }

  private static List<MatchResult> links(Path page) throws IOException {
    return LINK.matcher(Files.readString(page)).results().toList();
  }

  private static Path target(Path page, MatchResult link) {
    return link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1)).normalize();
  }

  /** Names of a page's headings, as GitHub makes them. */
  private static Set<String> anchors(Path page) throws IOException {
    return HEADING
        .matcher(Files.readString(page))
        .results()
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(text -> text.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  private static Set<String> protoNames() throws IOException {
    Pattern name = Pattern.compile("(?m)^\\s*(?:message|enum|service|rpc) (\\w+)");
    StringBuilder all = new StringBuilder();
    for (Path file : files("proto").toList()) {
      all.append(Files.readString(file));
    }
    return name.matcher(all).results().map(m -> m.group(1)).collect(Collectors.toSet());
  }

  private static Stream<Path> files(String ending) throws IOException {
    List<Path> found;
    try (Stream<Path> walk = Files.walk(ROOT)) {
      found =
          walk.filter(file -> file.toString().endsWith("." + ending))
              .filter(file -> Files.isRegularFile(file))
              .filter(file -> !ROOT.relativize(file).toString().matches("(.*/)?(target|\\.git)/.*"))
              .toList();
    }
    return found.stream();
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
