package org.latentspace.training.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.latentspace.training.model.DenseLayer.Activation;
import org.latentspace.training.model.RhythmModel.Decoder;
import org.latentspace.training.model.RhythmModel.Encoder;
import org.latentspace.training.model.RhythmModel.LatentRange;
import org.latentspace.training.rhythm.Grid;

/**
 * Turns a model into the bytes of a model file and back (docs/training.md describes the format):
 * safetensors layout, tensors by name in sorted order, header keys in a fixed order, so the same
 * model gives the same bytes.
 */
public final class ModelFile {
  public static final String FORMAT = "latent-space-explorer/rhythm-vae/1";

  private static final int MAX_HEADER = 1 << 20;
  private static final int MAX_FILE = 64 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private ModelFile() {}

  /** Throws IllegalArgumentException for a model larger than a file may be. */
  public static byte[] write(RhythmModel model) {
    TreeMap<String, float[]> tensors = new TreeMap<>();
    Map<String, int[]> shapes = new TreeMap<>();
    for (DenseLayer layer : model.layers()) {
      tensors.put(layer.name() + ".weight", layer.weight());
      shapes.put(layer.name() + ".weight", new int[] {layer.inputs(), layer.outputs()});
      tensors.put(layer.name() + ".bias", layer.bias());
      shapes.put(layer.name() + ".bias", new int[] {layer.outputs()});
    }
    ObjectNode header = JSON.createObjectNode();
    header.set("__metadata__", metadata(model));
    long end = 0;
    for (Map.Entry<String, float[]> tensor : tensors.entrySet()) {
      ObjectNode entry = header.putObject(tensor.getKey());
      entry.put("dtype", "F32");
      entry.set("shape", JSON.valueToTree(shapes.get(tensor.getKey())));
      long start = end;
      end += 4L * tensor.getValue().length;
      entry.putArray("data_offsets").add(start).add(end);
    }
    byte[] head = padded(text(header)).getBytes(StandardCharsets.UTF_8);
    if (head.length > MAX_HEADER || 8 + head.length + end > MAX_FILE) {
      throw new IllegalArgumentException("the model is too large for a model file");
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) (8 + head.length + end));
    bytes.order(ByteOrder.LITTLE_ENDIAN).putLong(head.length).put(head);
    for (float[] tensor : tensors.values()) {
      for (float each : tensor) {
        bytes.putFloat(each);
      }
    }
    return bytes.array();
  }

  /** Throws IllegalArgumentException, saying what is wrong, for bytes that are no model file. */
  public static RhythmModel read(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long length = bytes.length < 8 ? -1 : buffer.getLong();
    if (length < 2 || length > MAX_HEADER || length > bytes.length - 8) {
      throw new IllegalArgumentException("not a model file: its header's length is " + length);
    }
    try {
      JsonNode header = JSON.readTree(bytes, 8, (int) length);
      JsonNode metadata = header.path("__metadata__");
      if (!FORMAT.equals(metadata.path("format").asText())) {
        throw new IllegalArgumentException("not a rhythm model: format is not " + FORMAT);
      }
      return model(metadata, new Tensors(header, buffer, 8 + (int) length));
    } catch (IOException broken) {
      throw new IllegalArgumentException("not a model file: " + broken.getMessage(), broken);
    }
  }

  private static ObjectNode metadata(RhythmModel model) {
    ObjectNode node = JSON.createObjectNode();
    node.put("format", FORMAT);
    node.put("version", model.version());
    Grid grid = model.grid();
    ObjectNode gridNode = JSON.createObjectNode();
    gridNode.put("bars", grid.bars()).put("beats_per_bar", grid.beatsPerBar());
    gridNode.put("beat_unit", grid.beatUnit()).put("steps_per_beat", grid.stepsPerBeat());
    node.put("grid", text(gridNode));
    node.put("voices", text(JSON.valueToTree(model.voices())));
    ObjectNode latent = JSON.createObjectNode();
    latent.put("size", model.latentSize());
    latent.set("low", JSON.valueToTree(model.latent().low()));
    latent.set("high", JSON.valueToTree(model.latent().high()));
    node.put("latent", text(latent));
    node.put("thresholds", text(JSON.valueToTree(model.thresholds())));
    node.put("layers", text(layers(model)));
    new TreeMap<>(model.provenance()).forEach(node::put);
    return node;
  }

  private static ObjectNode layers(RhythmModel model) {
    ObjectNode node = JSON.createObjectNode();
    ObjectNode encoder = node.putObject("encoder");
    encoder.set("onset", layers(model.encoder().onset()));
    encoder.set("velocity", layers(model.encoder().velocity()));
    encoder.set("offset", layers(model.encoder().offset()));
    encoder.set("trunk", layers(model.encoder().trunk()));
    encoder.set("mean", layers(List.of(model.encoder().mean())));
    encoder.set("log_variance", layers(List.of(model.encoder().logVariance())));
    ObjectNode decoder = node.putObject("decoder");
    decoder.set("trunk", layers(model.decoder().trunk()));
    decoder.set("onset", layers(model.decoder().onset()));
    decoder.set("velocity", layers(model.decoder().velocity()));
    decoder.set("offset", layers(model.decoder().offset()));
    return node;
  }

  private static ArrayNode layers(List<DenseLayer> layers) {
    ArrayNode array = JSON.createArrayNode();
    for (DenseLayer layer : layers) {
      ObjectNode node = array.addObject();
      node.put("weight", layer.name() + ".weight").put("bias", layer.name() + ".bias");
      node.put("activation", layer.activation().label());
      if (layer.activation() == Activation.LEAKY_RELU) {
        node.put("slope", 0.01);
      }
    }
    return array;
  }

  private static RhythmModel model(JsonNode metadata, Tensors tensors) throws IOException {
    JsonNode grid = inner(metadata, "grid");
    JsonNode latent = inner(metadata, "latent");
    JsonNode encoder = inner(metadata, "layers").path("encoder");
    JsonNode decoder = inner(metadata, "layers").path("decoder");
    Map<String, String> provenance = new TreeMap<>();
    metadata.fields().forEachRemaining(e -> provenance.put(e.getKey(), e.getValue().asText()));
    List.of("format", "version", "grid", "voices", "latent", "thresholds", "layers")
        .forEach(provenance::remove);
    return new RhythmModel(
        metadata.path("version").asText(),
        new Grid(
            grid.path("bars").asInt(),
            grid.path("beats_per_bar").asInt(),
            grid.path("beat_unit").asInt(),
            grid.path("steps_per_beat").asInt()),
        List.of(JSON.treeToValue(inner(metadata, "voices"), String[].class)),
        new LatentRange(
            JSON.treeToValue(latent.path("low"), float[].class),
            JSON.treeToValue(latent.path("high"), float[].class)),
        JSON.treeToValue(inner(metadata, "thresholds"), float[].class),
        new Encoder(
            tensors.layers(encoder.path("onset")),
            tensors.layers(encoder.path("velocity")),
            tensors.layers(encoder.path("offset")),
            tensors.layers(encoder.path("trunk")),
            tensors.layers(encoder.path("mean")).get(0),
            tensors.layers(encoder.path("log_variance")).get(0)),
        new Decoder(
            tensors.layers(decoder.path("trunk")),
            tensors.layers(decoder.path("onset")),
            tensors.layers(decoder.path("velocity")),
            tensors.layers(decoder.path("offset"))),
        provenance);
  }

  private static JsonNode inner(JsonNode metadata, String key) throws JsonProcessingException {
    return JSON.readTree(metadata.path(key).asText("null"));
  }

  /** Spaces up to the next multiple of eight, as safetensors writers do: aligns the tensors. */
  private static String padded(String header) {
    int length = header.getBytes(StandardCharsets.UTF_8).length;
    return header + " ".repeat((8 - length % 8) % 8);
  }

  private static String text(JsonNode node) {
    return node.toString();
  }

  /** The tensors behind a header, read by name. */
  private record Tensors(JsonNode header, ByteBuffer buffer, int base) {

    List<DenseLayer> layers(JsonNode array) {
      List<DenseLayer> layers = new ArrayList<>();
      for (JsonNode node : array) {
        String weight = node.path("weight").asText();
        JsonNode shape = header.path(weight).path("shape");
        layers.add(
            new DenseLayer(
                weight.replaceAll("\\.weight$", ""),
                shape.path(0).asInt(),
                shape.path(1).asInt(),
                tensor(weight),
                tensor(node.path("bias").asText()),
                Activation.named(node.path("activation").asText())));
      }
      return layers;
    }

    private float[] tensor(String name) {
      JsonNode offsets = header.path(name).path("data_offsets");
      long start = base + offsets.path(0).asLong(-1L << 40);
      long end = base + offsets.path(1).asLong(-1L << 40);
      if (start < base || end < start || end > buffer.capacity() || (end - start) % 4 != 0) {
        throw new IllegalArgumentException("tensor '" + name + "' does not lie in the file");
      }
      float[] values = new float[(int) (end - start) / 4];
      buffer.position((int) start);
      buffer.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
      return values;
    }
  }
}
