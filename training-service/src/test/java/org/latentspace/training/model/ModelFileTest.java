package org.latentspace.training.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.latentspace.training.model.DenseLayer.Activation;
import org.latentspace.training.rhythm.Grid;
import org.latentspace.training.rhythm.Rhythm;

public class ModelFileTest {
  private static final Grid GRID = new Grid(1, 2, 4, 4);

  @Test
  void whatIsWrittenIsReadAgainAndPlaysTheSame() {
    RhythmModel model = model(7);
    byte[] bytes = ModelFile.write(model);
    RhythmModel read = ModelFile.read(bytes);
    assertArrayEquals(bytes, ModelFile.write(read));
    assertEquals(model.voices(), read.voices());
    assertEquals(model.provenance(), read.provenance());
    Rhythm rhythm = Rhythm.silent(GRID, 2);
    rhythm.onset()[3] = 1;
    rhythm.velocity()[3] = 0.5f;
    assertArrayEquals(model.encode(rhythm).mean(), read.encode(rhythm).mean());
    float[] place = read.place(0.25f, 1);
    assertArrayEquals(new float[] {-1, 3}, place);
    assertArrayEquals(model.decode(place).offset(), read.decode(place).offset());
  }

  @Test
  void tensorsLieSortedContiguousAndInsideTheFile() throws Exception {
    byte[] bytes = ModelFile.write(model(7));
    long length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    assertEquals(0, (8 + length) % 8);
    JsonNode header = new ObjectMapper().readTree(bytes, 8, (int) length);
    List<String> names = new ArrayList<>();
    header.fieldNames().forEachRemaining(names::add);
    assertEquals("__metadata__", names.remove(0));
    assertEquals(names.stream().sorted().toList(), names);
    assertTrue(names.contains("decoder.trunk.0.weight"), names.toString());
    long end = 0;
    for (String name : names) {
      assertEquals(end, header.get(name).get("data_offsets").get(0).asLong(), name);
      end = header.get(name).get("data_offsets").get(1).asLong();
    }
    assertEquals(bytes.length, 8 + length + end);
    header.get("__metadata__").forEach(value -> assertTrue(value.isTextual(), value.toString()));
  }

  @Test
  void refusesBytesThatAreNoModelFile() {
    byte[] bytes = ModelFile.write(model(7));
    assertThrows(IllegalArgumentException.class, () -> ModelFile.read(new byte[5]));
    assertThrows(IllegalArgumentException.class, () -> ModelFile.read(new byte[500]));
    byte[] cut = java.util.Arrays.copyOf(bytes, bytes.length - 4);
    assertThrows(IllegalArgumentException.class, () -> ModelFile.read(cut));
    String other = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    byte[] alien =
        other
            .replace("rhythm-vae/1", "rhythm-vae/9")
            .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThrows(IllegalArgumentException.class, () -> ModelFile.read(alien));
  }

  /** A small model with random layers on a grid of 8 steps and two voices. */
  public static RhythmModel model(long seed) {
    Random random = new Random(seed);
    int cells = 16;
    return new RhythmModel(
        "test-1",
        GRID,
        List.of("kick", "snare"),
        new RhythmModel.LatentRange(new float[] {-2, -1}, new float[] {2, 3}),
        new float[] {0.5f, 0.4f},
        new RhythmModel.Encoder(
            List.of(layer("encoder.onset.0", cells, 4, Activation.LEAKY_RELU, random)),
            List.of(layer("encoder.velocity.0", cells, 4, Activation.LEAKY_RELU, random)),
            List.of(layer("encoder.offset.0", cells, 4, Activation.LEAKY_RELU, random)),
            List.of(layer("encoder.trunk.0", 12, 5, Activation.LEAKY_RELU, random)),
            layer("encoder.mean.0", 5, 2, Activation.IDENTITY, random),
            layer("encoder.log_variance.0", 5, 2, Activation.IDENTITY, random)),
        new RhythmModel.Decoder(
            List.of(layer("decoder.trunk.0", 2, 6, Activation.LEAKY_RELU, random)),
            List.of(layer("decoder.onset.1", 6, cells, Activation.SIGMOID, random)),
            List.of(layer("decoder.velocity.1", 6, cells, Activation.SIGMOID, random)),
            List.of(layer("decoder.offset.1", 6, cells, Activation.TANH, random))),
        Map.of("seed", "7", "licence", "none"));
  }

  private static DenseLayer layer(
      String name, int in, int out, Activation activation, Random random) {
    float[] weight = new float[in * out];
    float[] bias = new float[out];
    for (int i = 0; i < weight.length; i++) {
      weight[i] = (float) random.nextGaussian();
    }
    for (int i = 0; i < out; i++) {
      bias[i] = (float) random.nextGaussian();
    }
    return new DenseLayer(name, in, out, weight, bias, activation);
  }
}
