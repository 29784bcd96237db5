package org.latentspace.training.data.inlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InfoTableTest {
  @TempDir Path folder;

  @BeforeEach
  void table() throws IOException {
    Files.writeString(
        folder.resolve("info.csv"),
        """
        style,beat_type,midi_filename,split
        "jazz, fast",beat,a/1.mid,train
        jazz,fill,a/2.mid,train
        rock,beat,b/1.mid,test
        """);
  }

  @ParameterizedTest
  @CsvSource({
    "'split=train', 110",
    "'split=train;beat_type=beat', 100",
    "'style=jazz*', 110",
    "'style=jazz, fast', 100",
    "'style=waltz', 000",
    "'', 111"
  })
  void takesTheFilesWhoseLineFulfilsEveryCondition(String conditions, String taken) {
    List<String> all = conditions.isEmpty() ? List.of() : List.of(conditions.split(";", -1));
    Predicate<Path> choice = InfoTable.choice(folder, all);
    StringBuilder answers = new StringBuilder();
    for (String each : List.of("a/1.mid", "a/2.mid", "b/1.mid")) {
      answers.append(choice.test(folder.resolve("b/..").resolve(each)) ? 1 : 0);
    }
    assertEquals(taken, answers.toString());
  }

  @Test
  void whatCannotBeChosenByIsRefusedByName() throws IOException {
    Path file = folder.resolve("a/1.mid");
    for (String condition : List.of("tempo=3", "train", "=3")) {
      Predicate<Path> choice = InfoTable.choice(folder, List.of(condition));
      assertThrows(IllegalArgumentException.class, () -> choice.test(file), condition);
    }
    Files.writeString(folder.resolve("info.csv"), "a,b\n1,2\n");
    List<String> some = List.of("a=1");
    assertThrows(IllegalArgumentException.class, () -> InfoTable.choice(folder, some));
    Files.delete(folder.resolve("info.csv"));
    IllegalArgumentException missing =
        assertThrows(IllegalArgumentException.class, () -> InfoTable.choice(folder, some));
    assertTrue(missing.getMessage().contains("info.csv"), missing.getMessage());
  }
}
