package org.latentspace.explorer.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentspace.wire.Program;

/** The page's pure functions, by {@code node --test}. Skipped where there is no Node. */
class PageScriptsTest {
  private static final List<String> SCRIPTS =
      List.of("src/main/resources/META-INF/resources", "src/test/js");

  @Test
  void theTestsOfThePagesFunctionsPass(@TempDir Path folder) throws Exception {
    String program = Program.need("node", "Node.js");
    for (String scripts : SCRIPTS) {
      copy(Path.of(scripts), folder);
    }
    Files.writeString(folder.resolve("package.json"), "{\"type\":\"module\"}");
    Process node =
        new ProcessBuilder(program, "--test")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, node.waitFor(), said);
    assertTrue(said.lines().anyMatch(line -> line.matches(".*\\bpass [1-9][0-9]*")), said);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".js")).toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }
}
