package org.latentspace.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RhythmModelFileTest {
  private static final String NAME = "spoilt.safetensors";
  private static final RhythmModelFile SMALL = SmallModel.of(2);

  @Test
  void whatIsWrittenIsReadAgainToTheLastBit() throws ModelFault {
    byte[] bytes = SMALL.write();
    RhythmModelFile read = RhythmModelFile.read("small", bytes);
    assertArrayEquals(bytes, read.write());
    assertEquals("small-1", read.version());
    assertEquals(SMALL.grid(), read.grid());
    assertEquals(SMALL.voices(), read.voices());
    assertArrayEquals(SMALL.latent().high(), read.latent().high());
    assertArrayEquals(SMALL.thresholds(), read.thresholds());
    assertEquals(Map.of("seed", "1"), read.provenance());
    assertEquals(RhythmModelFile.FORMAT, read.metadata().get("format"));
    Map<String, DenseLayer> layers = read.networks().layers();
    assertEquals(SMALL.networks().layers().keySet(), layers.keySet());
    SMALL
        .networks()
        .layers()
        .forEach(
            (name, layer) -> {
              assertArrayEquals(layer.weights(), layers.get(name).weights(), name);
              assertArrayEquals(layer.bias(), layers.get(name).bias(), name);
              assertEquals(layer.activation(), layers.get(name).activation(), name);
              assertEquals(0.01f, layers.get(name).slope() + hasNoSlope(layer), 1e-9f, name);
            });
  }

  /** Only leaky layers have a slope in the file. */
  private static float hasNoSlope(DenseLayer layer) {
    return layer.activation() == ActivationFunction.LEAKY_RELU ? 0 : 0.01f;
  }

  @Test
  void tensorsLieSortedContiguousAndInsideTheFile() throws Exception {
    byte[] bytes = SMALL.write();
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
  void aTensorMayHaveAnyName() throws ModelFault {
    SpoiltModel renamed = new SpoiltModel(SMALL.write());
    renamed.header.set("a.spare.one", renamed.header.remove("encoder.onset.0.bias"));
    ObjectNode layers = renamed.object("layers");
    ((ObjectNode) layers.at("/encoder/onset/0")).put("bias", "a.spare.one");
    assertEquals(
        "small-1", RhythmModelFile.read(NAME, renamed.put("layers", layers).write()).version());
  }

  @Test
  void aModelThatNoReaderWouldTakeIsNotWritten() {
    DenseLayer large = DenseLayer.of(new float[1 << 24], new float[1], ActivationFunction.IDENTITY);
    RhythmNetworks.EncoderLayers encoder = SMALL.networks().encoder();
    RhythmNetworks networks =
        new RhythmNetworks(
            new RhythmNetworks.EncoderLayers(
                List.of(large),
                encoder.velocity(),
                encoder.offset(),
                encoder.trunk(),
                encoder.mean(),
                encoder.logVariance()),
            SMALL.networks().decoder());
    RhythmModelFile file = SMALL.withNetworks(networks, "size", "large");
    assertThrows(IllegalArgumentException.class, file::write);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("org.latentspace.model.HostileFiles#all")
  void refusesAndNamesFileAndFault(String what, byte[] bytes) {
    ModelFault fault = assertThrows(ModelFault.class, () -> RhythmModelFile.read(NAME, bytes));
    assertTrue(fault.getMessage().startsWith("model file " + NAME + ": "), fault.getMessage());
    assertTrue(fault.getMessage().contains(what), what + " is not in: " + fault.getMessage());
    assertTrue(fault.getMessage().length() < 400, fault.getMessage());
    assertEquals(1, fault.getMessage().lines().count(), fault.getMessage());
  }
}
