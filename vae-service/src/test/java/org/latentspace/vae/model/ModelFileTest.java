package org.latentspace.vae.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.latentspace.vae.rhythm.Grid;
import org.latentspace.vae.rhythm.Pattern;

class ModelFileTest {
  private static final String NAME = "spoilt.safetensors";
  private static final Model SMALL =
      RandomModel.of(
          new RandomModel.Size(new Grid(1, 4, 4, 4), List.of("kick", "snare"), 2, 6), "small-1", 7);

  @Test
  void readsBackWhatWasWritten() throws Exception {
    byte[] bytes = ModelBytes.of(SMALL);
    Model model = ModelFile.read("small", bytes);
    assertEquals("small-1", model.version());
    assertEquals(new Grid(1, 4, 4, 4), model.grid());
    assertEquals(List.of("kick", "snare"), model.voices());
    assertArrayEquals(new float[] {-2.5f, -2.5f}, model.latent().low());
    assertArrayEquals(SMALL.thresholds(), model.thresholds());
    assertEquals("1", model.metadata().get("seed"));
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
    assertEquals(HexFormat.of().formatHex(digest), model.sha256());
    Pattern expected = new Pattern(16, 2);
    Pattern found = new Pattern(16, 2);
    new Decoder(SMALL).decode(new float[] {0.4f, -1}, expected);
    new Decoder(model).decode(new float[] {0.4f, -1}, found);
    assertArrayEquals(expected.onset(), found.onset());
    assertArrayEquals(expected.offset(), found.offset());
  }

  @Test
  void readsFromTheDiskAndSaysWhenThereIsNothing(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("small.safetensors");
    Files.write(file, ModelBytes.of(SMALL));
    assertEquals("small-1", ModelFile.read(file).version());
    ModelFault none =
        assertThrows(ModelFault.class, () -> ModelFile.read(folder.resolve("none.safetensors")));
    assertTrue(none.getMessage().contains("none.safetensors: does not exist"), none.getMessage());
    assertThrows(ModelFault.class, () -> ModelFile.read(folder));
  }

  @Test
  void acceptsTensorsThatNoLayerNames() throws Exception {
    ModelBytes spare = new ModelBytes(SMALL);
    ObjectNode layers = spare.object("layers");
    ((ObjectNode) layers.get("encoder"))
        .withArray("log_variance")
        .addObject()
        .put("weight", "decoder.spare.weight");
    assertThrows(ModelFault.class, () -> ModelFile.read(NAME, spare.put("layers", layers).write()));
    ModelBytes relaxed = new ModelBytes(SMALL);
    relaxed.header.set("a.spare.one", relaxed.header.remove("encoder.onset.0.bias"));
    ObjectNode renamed = relaxed.object("layers");
    ((ObjectNode) renamed.at("/encoder/onset/0")).put("bias", "a.spare.one");
    assertEquals(
        "small-1", ModelFile.read("renamed", relaxed.put("layers", renamed).write()).version());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostile")
  void refusesAndNamesFileAndFault(String what, byte[] bytes) {
    ModelFault fault = assertThrows(ModelFault.class, () -> ModelFile.read(NAME, bytes));
    assertTrue(fault.getMessage().startsWith("model file " + NAME + ": "), fault.getMessage());
    assertTrue(fault.getMessage().contains(what), what + " is not in: " + fault.getMessage());
    assertTrue(fault.getMessage().length() < 400, fault.getMessage());
    assertTrue(fault.getMessage().lines().count() == 1, fault.getMessage());
  }

  @Test
  void survivesAnyBytesAtAll() {
    byte[] sound = ModelBytes.of(SMALL);
    Random random = new Random(20);
    int refused = 0;
    for (int round = 0; round < 4000; round++) {
      byte[] bytes = mutate(sound, random);
      try {
        ModelFile.read(NAME, bytes);
      } catch (ModelFault e) {
        refused++;
      }
    }
    // A flipped bit in a weight is another sound model; the rest must be noticed.
    assertTrue(refused > 2000, refused + " of 4000 refused");
  }

  private static byte[] mutate(byte[] sound, Random random) {
    int header = 8 + (int) ByteBuffer.wrap(sound).order(ByteOrder.LITTLE_ENDIAN).getLong();
    byte[] bytes = sound.clone();
    switch (random.nextInt(4)) {
      case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(2 * bytes.length));
      case 1 -> bytes[random.nextInt(8)] = (byte) random.nextInt(256);
      case 2 -> {
        for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
          bytes[8 + random.nextInt(header - 8)] = (byte) (32 + random.nextInt(96));
        }
      }
      default -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  static Stream<Arguments> hostile() {
    return Stream.of(layoutFaults(), tensorFaults(), scoreFaults(), layerFaults())
        .flatMap(stream -> stream);
  }

  private static Stream<Arguments> layoutFaults() {
    byte[] sound = ModelBytes.of(SMALL);
    return Stream.of(
        Arguments.of("too short", new byte[0]),
        Arguments.of("too short", new byte[7]),
        Arguments.of("header length is 0", bytes(sound, b -> b.putLong(0, 0))),
        Arguments.of("header length is 18446744073709551615", bytes(sound, b -> b.putLong(0, -1))),
        Arguments.of("header length is 1099511627776", bytes(sound, b -> b.putLong(0, 1L << 40))),
        Arguments.of("is cut short", bytes(sound, b -> b.putLong(0, 1 << 20))),
        Arguments.of("is cut short", Arrays.copyOf(sound, 100)),
        Arguments.of("is larger than", new byte[TensorFile.MAX_FILE_BYTES + 1]),
        Arguments.of("not sound JSON", bytes(sound, b -> b.put(8, (byte) '['))),
        Arguments.of("not UTF-8", bytes(sound, b -> b.put(20, (byte) 0xFF))),
        Arguments.of("not a JSON object", new ModelBytes(SMALL).write(ascii("[1, 2]"))),
        Arguments.of("not sound JSON", new ModelBytes(SMALL).write(ascii("{} {}"))),
        Arguments.of("not sound JSON", new ModelBytes(SMALL).write(ascii("{\"a\":1,\"a\":1}"))),
        Arguments.of(
            "not sound JSON",
            new ModelBytes(SMALL).write(ascii("{\"a\":" + "[".repeat(100_000) + "}"))),
        Arguments.of("__metadata__ is missing", new ModelBytes(SMALL).write(ascii("{}"))),
        Arguments.of("behind its last tensor", Arrays.copyOf(sound, sound.length + 4)),
        Arguments.of("must be", Arrays.copyOf(sound, sound.length - 4)));
  }

  private static Stream<Arguments> tensorFaults() {
    String first = "encoder.onset.0.weight";
    String second = "encoder.onset.0.bias";
    return Stream.of(
        spoilt("dtype is F16", m -> m.tensor(first).put("dtype", "F16")),
        spoilt("dtype is missing", m -> m.tensor(first).remove("dtype")),
        spoilt("shape is not", m -> m.tensor(first).put("shape", 3)),
        spoilt("shape is 0", m -> m.tensor(first).putArray("shape").add(0).add(6)),
        spoilt("shape is -6", m -> m.tensor(first).putArray("shape").add(-6).add(-32)),
        spoilt("shape is 65537", m -> m.tensor(first).putArray("shape").add(65537).add(65537)),
        spoilt("its shape needs", m -> m.tensor(first).putArray("shape").add(65536).add(65536)),
        spoilt("its shape needs", m -> m.tensor(first).putArray("shape").add(6).add(31)),
        spoilt("shape is 3.5", m -> m.tensor(first).putArray("shape").add(3.5).add(6)),
        spoilt(
            "must be a whole number",
            m -> m.tensor(first).putArray("shape").add(new java.math.BigInteger("9".repeat(30)))),
        spoilt("has 3 entries", m -> m.tensor(first).putArray("shape").add(6).add(6).add(1)),
        spoilt("begin is -4", m -> m.tensor(first).putArray("data_offsets").add(-4).add(764)),
        spoilt("end is", m -> m.tensor(first).putArray("data_offsets").add(768).add(0)),
        spoilt("end is", m -> m.tensor(first).putArray("data_offsets").add(0).add(1 << 30)),
        spoilt("overlaps", m -> m.tensor(second).putArray("data_offsets").add(744).add(768)),
        spoilt("follows a hole", m -> m.header.remove(first)),
        spoilt("not a JSON object", m -> m.header.put(first, 1)),
        spoilt(
            "257",
            m -> {
              for (int t = m.header.size(); t < 258; t++) {
                m.header.putObject("more" + t);
              }
            }),
        number("NaN", Float.NaN),
        number("Infinity", Float.POSITIVE_INFINITY),
        number("-Infinity", Float.NEGATIVE_INFINITY));
  }

  private static Stream<Arguments> scoreFaults() {
    return Stream.of(
        spoilt("format is other", m -> m.put("format", "other")),
        spoilt("format is missing", m -> m.metadata.remove("format")),
        spoilt("version is ../up", m -> m.put("version", "../up")),
        spoilt("grid is not", m -> m.put("grid", "[]")),
        spoilt("grid bars is 3", m -> m.put("grid", m.object("grid").put("bars", 3))),
        spoilt("beat_unit is 5", m -> m.put("grid", m.object("grid").put("beat_unit", 5))),
        spoilt(
            "beats_per_bar is 99", m -> m.put("grid", m.object("grid").put("beats_per_bar", 99))),
        spoilt("must take in = 64", m -> m.put("grid", m.object("grid").put("bars", 2))),
        spoilt("thresholds has 2", m -> m.put("voices", "[\"kick\"]")),
        spoilt("named twice", m -> m.put("voices", "[\"kick\",\"kick\"]")),
        spoilt("voices has 0", m -> m.put("voices", "[]")),
        spoilt("voices[0] is 7", m -> m.put("voices", "[7, 8]")),
        spoilt("voice a?b", m -> m.put("voices", "[\"a\\nb\",\"c\"]")),
        spoilt("must be below high", m -> latent(m, "low", 3)),
        spoilt("must be below high", m -> latent(m, "high", -2.5)),
        spoilt("latent high[1]", m -> latent(m, "high", 1e30)),
        spoilt("latent size is 1", m -> m.put("latent", m.object("latent").put("size", 1))),
        spoilt("latent low has 2", m -> m.put("latent", m.object("latent").put("size", 3))),
        spoilt("thresholds[1] is 1.5", m -> m.put("thresholds", "[0.5, 1.5]")),
        spoilt("thresholds[0] is -0.1", m -> m.put("thresholds", "[-0.1, 0.5]")),
        spoilt("not sound JSON", m -> m.put("thresholds", "[NaN, 0.5]")),
        spoilt("seed is 5", m -> m.metadata.put("seed", 5)));
  }

  private static Stream<Arguments> layerFaults() {
    return Stream.of(
        spoilt("layers is missing", m -> m.metadata.remove("layers")),
        spoilt("layers of decoder trunk is not", m -> layers(m, l -> l.remove("decoder"))),
        spoilt("must take in = 12", m -> decoder(m, d -> ((ArrayNode) d.get("onset")).remove(0))),
        spoilt("must end in 32", m -> decoder(m, d -> ((ArrayNode) d.get("onset")).remove(1))),
        spoilt("layers of decoder offset has 0", m -> decoder(m, d -> d.putArray("offset"))),
        spoilt("swish, which is unknown", m -> first(m, f -> f.put("activation", "swish"))),
        spoilt("slope is missing", m -> first(m, f -> f.remove("slope"))),
        spoilt("slope is 7", m -> first(m, f -> f.put("slope", 7))),
        spoilt("tensor nowhere is missing", m -> first(m, f -> f.put("weight", "nowhere"))),
        spoilt("weight is missing", m -> first(m, f -> f.remove("weight"))),
        spoilt("named before", m -> first(m, f -> f.put("bias", "encoder.onset.0.bias"))),
        spoilt("takes [6]", m -> first(m, f -> f.put("weight", "decoder.onset.0.bias"))),
        spoilt(
            "must end in sigmoid",
            m -> decoder(m, d -> ((ObjectNode) d.at("/onset/1")).put("activation", "tanh"))),
        Arguments.of("ends in 3 values, must end in 2", ofAnotherLatentSize()),
        spoilt(
            "entries, must have 1..16",
            m ->
                decoder(
                    m,
                    d -> {
                      while (d.get("trunk").size() < 17) {
                        ((ArrayNode) d.get("trunk")).add(d.at("/trunk/0").deepCopy());
                      }
                    })));
  }

  private static byte[] ofAnotherLatentSize() {
    RandomModel.Size size = new RandomModel.Size(SMALL.grid(), SMALL.voices(), 3, 6);
    ModelBytes model = new ModelBytes(RandomModel.of(size, "three", 1));
    return model.put("latent", new ModelBytes(SMALL).object("latent")).write();
  }

  private static Arguments spoilt(String what, Consumer<ModelBytes> spoil) {
    ModelBytes model = new ModelBytes(SMALL);
    spoil.accept(model);
    return Arguments.of(what, model.write());
  }

  private static Arguments number(String what, float number) {
    byte[] sound = ModelBytes.of(SMALL);
    return Arguments.of(what, bytes(sound, b -> b.putFloat(sound.length - 4, number)));
  }

  private static byte[] bytes(byte[] sound, Consumer<ByteBuffer> spoil) {
    byte[] bytes = sound.clone();
    spoil.accept(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    return bytes;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static void latent(ModelBytes model, String side, double value) {
    ObjectNode latent = model.object("latent");
    ((ArrayNode) latent.get(side)).remove(1);
    ((ArrayNode) latent.get(side)).add(value);
    model.put("latent", latent);
  }

  private static void layers(ModelBytes model, Consumer<ObjectNode> spoil) {
    ObjectNode layers = model.object("layers");
    spoil.accept(layers);
    model.put("layers", layers);
  }

  private static void decoder(ModelBytes model, Consumer<ObjectNode> spoil) {
    layers(model, l -> spoil.accept((ObjectNode) l.get("decoder")));
  }

  private static void first(ModelBytes model, Consumer<ObjectNode> spoil) {
    decoder(model, d -> spoil.accept((ObjectNode) d.at("/trunk/0")));
  }
}
