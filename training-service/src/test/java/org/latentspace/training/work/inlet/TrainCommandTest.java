package org.latentspace.training.work.inlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentspace.training.groove.SixRobots;
import org.latentspace.training.model.RhythmModel;
import org.latentspace.training.vae.HyperParameter;

class TrainCommandTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private final ByteArrayOutputStream complaints = new ByteArrayOutputStream();

  @ParameterizedTest
  @CsvSource({
    "--out m --bogus 3, Unknown options: '--bogus'",
    "--epochs 3, --out FILE is missing",
    "--out m --epochs, Missing required parameter for option '--epochs' (N)",
    "--out m --epochs many, option '--epochs': 'many' is not a number",
    "--out m --epochs 0, epochs is 0",
    "--out m --latent 1, latent size is 1",
    "--out m --guide 1, guide is 1",
    "--out m --grid 3;4;4;12, bars is 3",
    "--out m --preset huge, preset huge is not",
    "--out /nowhere/at/all/m, cannot be written",
    "--out m --data /nowhere, is not a folder",
    "--out m --kit /nowhere, is neither",
    "--evaluate /nowhere, cannot read",
    "--out m --layers 8;8, is not 4 numbers",
    "--out m --layers 0;8;8;8, 'option ''--layers'': encoder branch is 0'",
    "--out m --seed soon, is not a long",
    "x, Unmatched argument at index 0"
  })
  void aMistakeIsOneLineAndExitStatusTwo(String arguments, String words) {
    assertEquals(2, run(arguments.replace(';', ',').split(" ")));
    String line = complaints.toString(StandardCharsets.UTF_8);
    assertTrue(line.contains(words), line);
    assertEquals(1, line.lines().count(), line);
  }

  @Test
  void helpNamesEveryOption() {
    assertEquals(0, run("--help"));
    String help = screen.toString(StandardCharsets.UTF_8);
    for (String option :
        ("out data where validate-where kit grid min-onsets preset layers latent epochs batch"
                + " learning-rate seed beta warm-up velocity-weight offset-weight offset-edge guide"
                + " augment hide turn repeat validation patience from checkpoint version licence"
                + " attribution note evaluate json write-examples help")
            .split(" ")) {
      assertTrue(help.contains("--" + option), option);
    }
  }

  @Test
  void anOptionCountsBesideThePresetInAnyOrder() {
    for (String line :
        new String[] {"--beta 7 --preset groove-32", "--preset groove-32 --beta 7"}) {
      TrainOptions options = TrainOptions.parse(("--out m --seed 9 " + line).split(" "));
      assertEquals(7, options.hyper.get(HyperParameter.BETA));
      assertEquals(32, options.hyper.layers().latent());
      assertEquals(9, options.hyper.seed());
    }
  }

  @Test
  void trainsOnTheExampleSetAndWritesAModelFile() throws IOException {
    Path out = folder.resolve("small.safetensors");
    assertEquals(
        0,
        run(
            "--out",
            out.toString(),
            "--epochs",
            "2",
            "--layers",
            "8,8,8,8",
            "--seed",
            "5",
            "--version",
            "small-1"),
        complaints.toString(StandardCharsets.UTF_8));
    RhythmModel model = RhythmModel.read(out);
    assertEquals(SixRobots.VOICES, model.voices());
    assertEquals(96, model.grid().steps());
    assertEquals("small-1", model.version());
    assertEquals("5", model.provenance().get("seed"));
    assertTrue(model.provenance().get("score_card").contains("\"unique\""));
    String said = screen.toString(StandardCharsets.UTF_8);
    assertTrue(said.contains("56 pieces, 392 windows"), said);
    assertTrue(said.contains("epoch 2/2 loss"), said);
    assertFalse(said.contains(" 0 s left"), said);
    assertEquals(0, run("--evaluate", out.toString()));
    String evaluated = screen.toString(StandardCharsets.UTF_8).substring(said.length());
    assertTrue(evaluated.contains("these data"), evaluated);
    assertFalse(evaluated.contains("learned from") || evaluated.contains("held out"), evaluated);
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(out), left.toList(), "no draft is left behind");
    }
  }

  @Test
  void learnsFromAFolderAndNamesTheFilesThatItSkips() throws IOException {
    assertEquals(0, run("--write-examples", folder.resolve("midi").toString()));
    Files.writeString(folder.resolve("midi/broken.mid"), "no drums in here");
    Path out = folder.resolve("m.safetensors");
    assertEquals(
        0,
        run(
            "--out",
            out.toString(),
            "--data",
            folder.resolve("midi").toString(),
            "--epochs",
            "1",
            "--layers",
            "4,4,4,4",
            "--latent",
            "3",
            "--grid",
            "1,4,4,4",
            "--min-onsets",
            "5"));
    assertTrue(screen.toString(StandardCharsets.UTF_8).contains("skipped broken.mid: not a MIDI"));
    assertEquals(3, RhythmModel.read(out).latentSize());
  }

  private int run(String... arguments) {
    return new TrainCommand(new PrintStream(screen, true, StandardCharsets.UTF_8))
        .run(new PrintStream(complaints, true, StandardCharsets.UTF_8), arguments);
  }
}
