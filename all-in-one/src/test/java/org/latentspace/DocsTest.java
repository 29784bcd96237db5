package org.latentspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents name what is there. */
class DocsTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Pattern CLASS_NAME = Pattern.compile("`([A-Z][a-z]+[A-Za-z0-9]*[a-z])`");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");
  private static final List<String> SERVICES =
      List.of(
          "audio-service",
          "feature-service",
          "explorer-service",
          "vae-service",
          "midi-gateway",
          "training-service");
  private static final int README_LINES = 80;
  private static final int DECISION_LINES = 60;
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
  void everyLinkLeadsSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path document : files("md").toList()) {
      Matcher matcher = LINK.matcher(Files.readString(document));
      while (matcher.find()) {
        Path target = document.resolveSibling(matcher.group(1)).normalize();
        if (!Files.exists(target)) {
          broken.add(ROOT.relativize(document) + " -> " + matcher.group(1));
        }
      }
    }
    assertEquals(List.of(), broken);
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
    for (Path file : files("md").filter(f -> f.getParent().endsWith("decisions")).toList()) {
      if (lines(file) > DECISION_LINES) {
        tooLong.add(ROOT.relativize(file) + " has " + lines(file) + " lines");
      }
    }
    assertEquals(List.of(), tooLong);
  }

  /** The map must not be older than the house. */
  @Test
  void theArchitecturesTableNamesEveryDomainPackageOfEveryService() throws IOException {
    List<String> rows = Files.readAllLines(ROOT.resolve("docs/architecture.md"));
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
