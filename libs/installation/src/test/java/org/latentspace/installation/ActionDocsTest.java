package org.latentspace.installation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.latentspace.installation.Action.Target;

/** docs/reference/osc.md has every action, as it is. */
class ActionDocsTest {
  private static final Path PAGE =
      Path.of("").toAbsolutePath().resolve("../../docs/reference/osc.md");
  private static final String HEAD = "| action | of | takes | |\n|---|---|---|---|\n";

  @Test
  void thePageHasEveryAction() throws Exception {
    String page = Files.readString(PAGE);
    String table = page.substring(page.indexOf(HEAD) + HEAD.length());
    String rows = Arrays.stream(Action.values()).map(this::row).collect(Collectors.joining());
    assertEquals(rows, table.substring(0, table.indexOf("\n\n") + 1));
  }

  private String row(Action action) {
    String of =
        action.targets().stream()
            .sorted()
            .map(target -> target == Target.SONG ? "the song" : article(target.word()))
            .collect(Collectors.joining(", "));
    return "| `%s` | %s | %s | %s |\n"
        .formatted(action.word(), of, takes(action), action.sentence());
  }

  private static String article(String word) {
    return (word.startsWith("e") ? "an " : "a ") + word;
  }

  private static String takes(Action action) {
    return switch (action.kind()) {
      case PRESS -> "nothing";
      case SWITCH, HOLD -> "true or false";
      case NUMBER, AMOUNT -> plain(action.least()) + ".." + plain(action.most());
      case CHOICE -> action.choices().stream().collect(Collectors.joining("`, `", "`", "`"));
      case TEXT -> "a name";
    };
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
