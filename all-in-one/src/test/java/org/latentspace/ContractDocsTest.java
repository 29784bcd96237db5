package org.latentspace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/reference/contract.md has every service and every call, as the .proto files say them. */
class ContractDocsTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final String PROTOS = "proto/src/main/proto/latentspace/v1";
  private static final Path PAGE = ROOT.resolve("docs/reference/contract.md");
  private static final String BEGIN = "<!-- from the .proto files, by ContractDocsTest -->\n";

  private static final Pattern SERVICE =
      Pattern.compile("((?://[^\\n]*\\n)*)service (\\w+) \\{\\n(.*?)\\n\\}", Pattern.DOTALL);
  private static final Pattern CALL =
      Pattern.compile(
          "((?: +//.*\\n)*) +rpc (\\w+)\\((stream )?(\\w+)\\) returns \\((stream )?(\\w+)\\)");

  @Test
  void thePageHasEveryServiceAndCallAsTheProtoFilesHaveThem() throws IOException {
    String page = Files.readString(PAGE);
    String generated = generate();
    String whole = page.substring(0, page.indexOf(BEGIN) + BEGIN.length()) + generated;
    Path target = Files.createDirectories(Path.of("target")).resolve("contract.md");
    Files.writeString(target, whole);
    assertEquals(whole, page, "docs/reference/contract.md as it should be: all-in-one/" + target);
  }

  private static String generate() throws IOException {
    StringBuilder text = new StringBuilder();
    List<Path> files;
    try (Stream<Path> protos = Files.list(ROOT.resolve(PROTOS))) {
      files = protos.sorted().toList();
    }
    for (Path file : files) {
      Matcher services = SERVICE.matcher(Files.readString(file));
      while (services.find()) {
        text.append("\n## ").append(services.group(2)).append("\n\n");
        String about = firstSentence(services.group(1));
        text.append(about).append(about.isEmpty() ? "" : "\n");
        text.append("[%1$s](../../%2$s/%1$s)\n\n".formatted(file.getFileName(), PROTOS));
        text.append("| call | takes | gives | |\n|---|---|---|---|\n");
        CALL.matcher(services.group(3)).results().forEach(call -> text.append(row(call)));
      }
    }
    return text.toString();
  }

  private static String row(MatchResult call) {
    return "| `%s` | %s | %s | %s |\n"
        .formatted(
            call.group(2),
            message(call.group(3), call.group(4)),
            message(call.group(5), call.group(6)),
            firstSentence(call.group(1)).replace("|", "\\|"));
  }

  private static String message(String stream, String name) {
    return stream == null ? name : "stream of " + name;
  }

  /** The first sentence of a comment, on one line. */
  private static String firstSentence(String comment) {
    String text = comment.replaceAll("(?m)^ *// ?", "").replace('\n', ' ').strip();
    int end = text.indexOf(". ");
    return end < 0 ? text : text.substring(0, end + 1);
  }
}
