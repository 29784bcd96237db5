package org.latentspace.training.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.latentspace.model.ActivationFunction;
import org.latentspace.model.DenseLayer;
import org.latentspace.model.Grid;
import org.latentspace.model.LatentRange;
import org.latentspace.model.RhythmNetworks;
import org.latentspace.training.rhythm.Rhythm;

public class ModelFileTest {
  private static final Grid GRID = new Grid(1, 2, 4, 4);

  @Test
  void whatIsWrittenIsReadAgainAndPlaysTheSame() {
    RhythmModel model = model(7);
    byte[] bytes = model.write();
    RhythmModel read = RhythmModel.read("test", bytes);
    assertArrayEquals(bytes, read.write());
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
  void refusesBytesThatAreNoModelFile() {
    byte[] bytes = model(7).write();
    assertThrows(IllegalArgumentException.class, () -> RhythmModel.read("test", new byte[5]));
    assertThrows(IllegalArgumentException.class, () -> RhythmModel.read("test", new byte[500]));
    byte[] cut = java.util.Arrays.copyOf(bytes, bytes.length - 4);
    assertThrows(IllegalArgumentException.class, () -> RhythmModel.read("test", cut));
    String other = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    byte[] alien =
        other
            .replace("rhythm-vae/1", "rhythm-vae/9")
            .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThrows(IllegalArgumentException.class, () -> RhythmModel.read("test", alien));
  }

  /** A small model with random layers on a grid of 8 steps and two voices. */
  public static RhythmModel model(long seed) {
    Random random = new Random(seed);
    int cells = 16;
    return new RhythmModel(
        "test-1",
        GRID,
        List.of("kick", "snare"),
        new LatentRange(new float[] {-2, -1}, new float[] {2, 3}),
        new float[] {0.5f, 0.4f},
        new RhythmNetworks(
            new RhythmNetworks.EncoderLayers(
                List.of(layer(cells, 4, ActivationFunction.LEAKY_RELU, random)),
                List.of(layer(cells, 4, ActivationFunction.LEAKY_RELU, random)),
                List.of(layer(cells, 4, ActivationFunction.LEAKY_RELU, random)),
                List.of(layer(12, 5, ActivationFunction.LEAKY_RELU, random)),
                List.of(layer(5, 2, ActivationFunction.IDENTITY, random)),
                List.of(layer(5, 2, ActivationFunction.IDENTITY, random))),
            new RhythmNetworks.DecoderLayers(
                List.of(layer(2, 6, ActivationFunction.LEAKY_RELU, random)),
                List.of(layer(6, cells, ActivationFunction.SIGMOID, random)),
                List.of(layer(6, cells, ActivationFunction.SIGMOID, random)),
                List.of(layer(6, cells, ActivationFunction.TANH, random)))),
        Map.of("seed", "7", "licence", "none"));
  }

  private static DenseLayer layer(int in, int out, ActivationFunction activation, Random random) {
    float[] weight = new float[in * out];
    float[] bias = new float[out];
    for (int i = 0; i < weight.length; i++) {
      weight[i] = (float) random.nextGaussian();
    }
    for (int i = 0; i < out; i++) {
      bias[i] = (float) random.nextGaussian();
    }
    return DenseLayer.of(weight, bias, activation);
  }
}
