package org.latentspace.training.work.inlet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentspace.model.Grid;
import org.latentspace.training.model.RhythmModel;
import org.latentspace.training.rhythm.Example;
import org.latentspace.training.rhythm.ExampleFile;
import org.latentspace.training.rhythm.Rhythm;
import org.latentspace.training.score.ScoreCard;
import org.latentspace.training.score.ScoreCard.Strokes;
import org.latentspace.training.vae.HyperParameter;
import org.latentspace.training.vae.HyperParameters;
import org.latentspace.training.work.WorkOrder;

class TrainWorkerTest {
  private static final Grid GRID = new Grid(1, 4, 4, 4);
  private static final List<String> VOICES = List.of("kick", "snare");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void learnsFromItsFolderAndSaysEveryEpochOnALineOfJson() throws IOException {
    prepare(folder, 3);
    List<JsonNode> events = new ArrayList<>();
    assertEquals(TrainWorker.DONE, run(events));
    assertEquals(4, events.size(), events.toString());
    JsonNode epoch = events.get(1);
    assertEquals("epoch", epoch.path("event").asText());
    assertEquals(2, epoch.path("epoch").asInt());
    for (String part : List.of("onset", "velocity", "offset", "divergence", "total")) {
      assertTrue(epoch.path("training").path(part).isNumber(), part);
      assertTrue(epoch.path("validation").path(part).isNumber(), part);
    }
    assertTrue(epoch.path("learning_rate").asDouble() > 0);
    assertTrue(epoch.path("resident_bytes").asLong() >= 0);
    assertTrue(epoch.path("peak_bytes").asLong() >= epoch.path("resident_bytes").asLong());
    JsonNode done = events.get(3);
    assertEquals("done", done.path("event").asText());
    ScoreCard card = ScoreCard.read(done.path("score_card").toString());
    assertTrue(card.wallSeconds() > 0);
    RhythmModel model = RhythmModel.read(folder.resolve("model.safetensors"));
    ScoreCard stored = ScoreCard.read(model.provenance().get("score_card"));
    assertEquals(0, stored.wallSeconds(), "wall time would make equal trainings differ");
    assertEquals(card, stored.withWallSeconds(card.wallSeconds()));
    assertEquals(64, stored.origin().validationDigest().length());
  }

  @Test
  void theSameSeedGivesTheSameFile() throws IOException {
    prepare(folder, 2);
    assertEquals(TrainWorker.DONE, run(new ArrayList<>()));
    byte[] first = Files.readAllBytes(folder.resolve("model.safetensors"));
    Files.delete(folder.resolve("model.safetensors"));
    assertEquals(TrainWorker.DONE, run(new ArrayList<>()));
    assertArrayEquals(first, Files.readAllBytes(folder.resolve("model.safetensors")));
  }

  @Test
  void aBadFolderIsAFailureThatSaysWhy() throws IOException {
    List<JsonNode> events = new ArrayList<>();
    assertEquals(TrainWorker.FAILED, run(events));
    assertTrue(events.get(0).path("reason").asText().contains("order.json"), events.toString());
    prepare(folder, 2);
    byte[] bytes = Files.readAllBytes(folder.resolve("training.examples"));
    bytes[bytes.length / 2] ^= 1;
    Files.write(folder.resolve("training.examples"), bytes);
    assertEquals(TrainWorker.FAILED, run(events));
    assertTrue(events.get(1).path("reason").asText().contains("damaged"), events.toString());
  }

  @Test
  void cancelledInItsOwnProcessItGoesOnToTheSameFile() throws Exception {
    prepare(folder, 60);
    Process first = start();
    try (java.io.BufferedReader said = first.inputReader()) {
      String line = said.readLine();
      while (line != null && !line.contains("\"epoch\":3,")) {
        line = said.readLine();
      }
      first.outputWriter().append("cancel\n").flush();
      String last = line;
      for (String next = said.readLine(); next != null; next = said.readLine()) {
        last = next;
      }
      assertTrue(last != null && last.contains("cancelled"), last);
    }
    assertEquals(TrainWorker.CANCELLED, first.waitFor());
    assertTrue(Files.exists(folder.resolve("checkpoint")));
    assertFalse(Files.exists(folder.resolve("model.safetensors")));
    List<JsonNode> events = new ArrayList<>();
    assertEquals(TrainWorker.DONE, run(events));
    assertTrue(events.get(0).path("text").asText().startsWith("goes on"), events.toString());
    byte[] resumed = Files.readAllBytes(folder.resolve("model.safetensors"));
    Files.delete(folder.resolve("checkpoint"));
    assertEquals(TrainWorker.DONE, run(new ArrayList<>()));
    assertArrayEquals(resumed, Files.readAllBytes(folder.resolve("model.safetensors")));
  }

  @Test
  void theEndOfItsInputStopsIt() throws IOException, InterruptedException {
    prepare(folder, 100_000);
    TrainWorker worker = new TrainWorker(folder, new PrintStream(new ByteArrayOutputStream()));
    worker.awaitCancel(new ByteArrayInputStream(new byte[0]));
    assertEquals(TrainWorker.CANCELLED, worker.run());
  }

  private Process start() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            TrainWorker.class.getName(),
            folder.toString());
    builder.redirectError(ProcessBuilder.Redirect.to(new File(folder.toFile(), "errors")));
    return builder.start();
  }

  private int run(List<JsonNode> events) throws IOException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    int status = new TrainWorker(folder, new PrintStream(said)).run();
    for (String line : said.toString(StandardCharsets.UTF_8).lines().toList()) {
      events.add(JSON.readTree(line));
    }
    return status;
  }

  private static void prepare(Path folder, int epochs) throws IOException {
    HyperParameters hyper =
        HyperParameters.preset("rhythm-vae")
            .with(new HyperParameters.Layers(8, 8, 2, 8, 8))
            .with(HyperParameter.EPOCHS, epochs)
            .with(HyperParameter.BATCH, 8)
            .with(HyperParameter.AUGMENT, 1);
    WorkOrder order =
        new WorkOrder(
            new WorkOrder.Label("t-1", "GPL-3.0-or-later", "me", ""),
            GRID,
            VOICES,
            hyper,
            "digest",
            new Strokes(99, 1, 0, 5),
            2);
    assertEquals(order, WorkOrder.read(order.json()));
    Files.writeString(folder.resolve("order.json"), order.json());
    ExampleFile.write(folder.resolve("training.examples"), GRID, VOICES, examples(40, 1));
    ExampleFile.write(folder.resolve("validation.examples"), GRID, VOICES, examples(10, 2));
  }

  private static List<Example> examples(int count, long seed) {
    List<Example> examples = new ArrayList<>();
    Random random = new Random(seed);
    for (int n = 0; n < count; n++) {
      Rhythm rhythm = Rhythm.silent(GRID, 2);
      for (int i = 0; i < rhythm.size(); i += 1 + random.nextInt(4)) {
        rhythm.onset()[i] = 1;
        rhythm.velocity()[i] = 0.1f + 0.9f * random.nextFloat();
        rhythm.offset()[i] = random.nextFloat() - 0.5f;
      }
      examples.add(new Example("song " + n, n, 100 + n, rhythm));
    }
    return examples;
  }
}
