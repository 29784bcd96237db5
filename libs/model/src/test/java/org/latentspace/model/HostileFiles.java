package org.latentspace.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.params.provider.Arguments;

/** Model files that must not be played, each with what the refusal must say. */
public final class HostileFiles {
  private static final byte[] SOUND = SmallModel.of(2).write();

  private HostileFiles() {}

  /** What must be in the message, and the file. */
  public static Stream<Arguments> all() {
    return Stream.of(layoutFaults(), foreignFiles(), tensorFaults(), scoreFaults(), layerFaults())
        .flatMap(stream -> stream);
  }

  private static Stream<Arguments> foreignFiles() {
    return Stream.concat(
        Stream.of(
            Arguments.of("header", gzip(SOUND)),
            Arguments.of("header length is", ascii("PK\003\004" + "0".repeat(200))),
            Arguments.of("header length is", ascii("\u007fELF" + "0".repeat(200))),
            Arguments.of("header length is", ascii("{\"version\": \"a text\", \"layers\": {}}")),
            Arguments.of("not sound JSON", bytes(new byte[4096], b -> b.putLong(0, 4000))),
            Arguments.of("not sound JSON", new SpoiltModel(SOUND).write(bomb("[", 500_000))),
            Arguments.of("not a JSON object", new SpoiltModel(SOUND).write(bomb("[],", 300_000))),
            Arguments.of(
                "not a JSON object", new SpoiltModel(SOUND).write(bomb("1e999999999,", 80_000)))),
        IntStream.range(0, 16)
            .mapToObj(
                i -> Arguments.of("model file", Arrays.copyOf(SOUND, SOUND.length * i / 16))));
  }

  private static byte[] bomb(String part, int times) {
    String bomb = part.repeat(times);
    return ascii("{\"__metadata__\":{\"a\":\"\"},\"b\":[" + bomb + "1]}");
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  private static Stream<Arguments> layoutFaults() {
    return Stream.of(
        Arguments.of("too short", new byte[0]),
        Arguments.of("too short", new byte[7]),
        Arguments.of("header length is 0", bytes(SOUND, b -> b.putLong(0, 0))),
        Arguments.of("header length is 18446744073709551615", bytes(SOUND, b -> b.putLong(0, -1))),
        Arguments.of("header length is 1099511627776", bytes(SOUND, b -> b.putLong(0, 1L << 40))),
        Arguments.of("is cut short", bytes(SOUND, b -> b.putLong(0, 1 << 20))),
        Arguments.of("is cut short", Arrays.copyOf(SOUND, 100)),
        Arguments.of("is larger than", new byte[RhythmModelFile.MAX_BYTES + 1]),
        Arguments.of("not sound JSON", bytes(SOUND, b -> b.put(8, (byte) '['))),
        Arguments.of("not UTF-8", bytes(SOUND, b -> b.put(20, (byte) 0xFF))),
        Arguments.of("not a JSON object", new SpoiltModel(SOUND).write(ascii("[1, 2]"))),
        Arguments.of("not sound JSON", new SpoiltModel(SOUND).write(ascii("{} {}"))),
        Arguments.of("not sound JSON", new SpoiltModel(SOUND).write(ascii("{\"a\":1,\"a\":1}"))),
        Arguments.of(
            "not sound JSON",
            new SpoiltModel(SOUND).write(ascii("{\"a\":" + "[".repeat(100_000) + "}"))),
        Arguments.of("__metadata__ is missing", new SpoiltModel(SOUND).write(ascii("{}"))),
        Arguments.of("behind its last tensor", Arrays.copyOf(SOUND, SOUND.length + 4)),
        Arguments.of("must be", Arrays.copyOf(SOUND, SOUND.length - 4)));
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
        spoilt("version is ?", m -> m.metadata.put("version", "\u0000\n")),
        spoilt("grid is not", m -> m.put("grid", "[]")),
        spoilt("grid bars is 3", m -> m.put("grid", m.object("grid").put("bars", 3))),
        spoilt("beat_unit is 5", m -> m.put("grid", m.object("grid").put("beat_unit", 5))),
        spoilt(
            "beats_per_bar is 99", m -> m.put("grid", m.object("grid").put("beats_per_bar", 99))),
        spoilt("must take in = 64", m -> m.put("grid", m.object("grid").put("bars", 2))),
        spoilt("thresholds has 2", m -> m.put("voices", "[\"kick\"]")),
        spoilt("named twice", m -> m.put("voices", "[\"kick\",\"kick\"]")),
        spoilt("voices has 0", m -> m.put("voices", "[]")),
        spoilt("voices has 25", m -> m.putVoices(25)),
        spoilt("latent size is 33", m -> m.put("latent", m.object("latent").put("size", 33))),
        spoilt("latent size is 2.5", m -> m.put("latent", m.object("latent").put("size", 2.5))),
        spoilt(
            "steps_per_beat is 1000000",
            m -> m.put("grid", m.object("grid").put("steps_per_beat", 1_000_000))),
        spoilt("thresholds[0] is null", m -> m.put("thresholds", "[null, 0.5]")),
        spoilt("thresholds[0] is \"NaN\"", m -> m.put("thresholds", "[\"NaN\", 0.5]")),
        spoilt("version is a/b", m -> m.metadata.put("version", "a/b")),
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
    SpoiltModel model = new SpoiltModel(SmallModel.of(3).write());
    return model.put("latent", new SpoiltModel(SOUND).object("latent")).write();
  }

  private static Arguments spoilt(String what, Consumer<SpoiltModel> spoil) {
    SpoiltModel model = new SpoiltModel(SOUND);
    spoil.accept(model);
    return Arguments.of(what, model.write());
  }

  private static Arguments number(String what, float number) {
    return Arguments.of(what, bytes(SOUND, b -> b.putFloat(SOUND.length - 4, number)));
  }

  private static byte[] bytes(byte[] sound, Consumer<ByteBuffer> spoil) {
    byte[] bytes = sound.clone();
    spoil.accept(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    return bytes;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static void latent(SpoiltModel model, String side, double value) {
    ObjectNode latent = model.object("latent");
    ((ArrayNode) latent.get(side)).remove(1);
    ((ArrayNode) latent.get(side)).add(value);
    model.put("latent", latent);
  }

  private static void layers(SpoiltModel model, Consumer<ObjectNode> spoil) {
    ObjectNode layers = model.object("layers");
    spoil.accept(layers);
    model.put("layers", layers);
  }

  private static void decoder(SpoiltModel model, Consumer<ObjectNode> spoil) {
    layers(model, l -> spoil.accept((ObjectNode) l.get("decoder")));
  }

  private static void first(SpoiltModel model, Consumer<ObjectNode> spoil) {
    decoder(model, d -> spoil.accept((ObjectNode) d.at("/trunk/0")));
  }
}
