package org.latentspace.vae.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/** Writes models as files for tests; every part can be spoilt before it is written. */
public final class ModelBytes {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  final ObjectNode header = MAPPER.createObjectNode();
  final ObjectNode metadata = header.putObject("__metadata__");
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();

  ModelBytes(Model model) {
    metadata.put("format", ModelFile.FORMAT).put("version", model.version()).put("seed", "1");
    ObjectNode grid = MAPPER.createObjectNode();
    grid.put("bars", model.grid().bars()).put("beats_per_bar", model.grid().beatsPerBar());
    grid.put("beat_unit", model.grid().beatUnit());
    grid.put("steps_per_beat", model.grid().stepsPerBeat());
    metadata.put("grid", grid.toString());
    metadata.put("voices", MAPPER.valueToTree(model.voices()).toString());
    metadata.put("thresholds", MAPPER.valueToTree(model.thresholds()).toString());
    ObjectNode latent = MAPPER.createObjectNode().put("size", model.latent().size());
    latent.set("low", MAPPER.valueToTree(model.latent().low()));
    latent.set("high", MAPPER.valueToTree(model.latent().high()));
    metadata.put("latent", latent.toString());
    ObjectNode layers = MAPPER.createObjectNode();
    putEncoder(layers.putObject("encoder"), model);
    putDecoder(layers.putObject("decoder"), model.layers().decoder());
    metadata.put("layers", layers.toString());
  }

  /** The file of a sound model. */
  public static byte[] of(Model model) {
    return new ModelBytes(model).write();
  }

  /** One of the metadata's own JSON objects, to be put back with {@link #put}. */
  ObjectNode object(String entry) {
    try {
      return (ObjectNode) MAPPER.readTree(metadata.get(entry).textValue());
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  ModelBytes put(String entry, Object json) {
    metadata.put(entry, json.toString());
    return this;
  }

  void putVoices(int count) {
    List<String> voices = IntStream.range(0, count).mapToObj(v -> "voice-" + v).toList();
    metadata.put("voices", MAPPER.valueToTree(voices).toString());
  }

  ObjectNode tensor(String name) {
    return (ObjectNode) header.get(name);
  }

  byte[] write() {
    return write(header.toString().getBytes(StandardCharsets.UTF_8));
  }

  byte[] write(byte[] headerBytes) {
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + headerBytes.length + data.size()).order(ByteOrder.LITTLE_ENDIAN);
    return bytes.putLong(headerBytes.length).put(headerBytes).put(data.toByteArray()).array();
  }

  private void putEncoder(ObjectNode node, Model model) {
    Layers.Encoding encoder = model.layers().encoder();
    chain(node, "encoder", "onset", encoder.onset());
    chain(node, "encoder", "velocity", encoder.velocity());
    chain(node, "encoder", "offset", encoder.offset());
    chain(node, "encoder", "trunk", encoder.trunk());
    chain(node, "encoder", "mean", encoder.mean());
    chain(node, "encoder", "log_variance", encoder.mean());
  }

  private void putDecoder(ObjectNode node, Layers.Decoding decoder) {
    chain(node, "decoder", "trunk", decoder.trunk());
    chain(node, "decoder", "onset", decoder.onset());
    chain(node, "decoder", "velocity", decoder.velocity());
    chain(node, "decoder", "offset", decoder.offset());
  }

  private void chain(ObjectNode node, String half, String part, List<DenseLayer> layers) {
    ArrayNode chain = node.putArray(part);
    for (int l = 0; l < layers.size(); l++) {
      DenseLayer layer = layers.get(l);
      String name = half + "." + part + "." + l;
      ObjectNode entry = chain.addObject();
      entry.put("weight", name + ".weight").put("bias", name + ".bias");
      entry.put("activation", layer.activation().word());
      if (layer.activation() == Activation.LEAKY_RELU) {
        entry.put("slope", layer.slope());
      }
      tensor(name + ".weight", flat(layer), layer.in(), layer.out());
      tensor(name + ".bias", layer.bias(), layer.out());
    }
  }

  private static float[] flat(DenseLayer layer) {
    float[] weights = new float[layer.in() * layer.out()];
    for (int i = 0; i < layer.in(); i++) {
      System.arraycopy(layer.rows()[i], 0, weights, i * layer.out(), layer.out());
    }
    return weights;
  }

  private void tensor(String name, float[] values, int... shape) {
    int begin = data.size();
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    data.writeBytes(bytes.array());
    ObjectNode tensor = header.putObject(name).put("dtype", "F32");
    tensor.set("shape", MAPPER.valueToTree(shape));
    tensor.putArray("data_offsets").add(begin).add(data.size());
  }
}
