package org.latentspace.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a rhythm model's file holds, and the one reader and writer of such files
 * (docs/reference/file-formats.md describes the format): the contract between training and playing.
 *
 * <p>What has been read can be played without a look: layout, grid, sizes and numbers are all
 * checked. The same content is written to the same bytes.
 *
 * @param version name of the version, 1..64 characters
 * @param voices 1..24 names, in the order of a rhythm's cells
 * @param thresholds onset threshold per voice, 0..1
 * @param metadata strings of the file beside its tensors; those that say what the other components
 *     say may be missing, they are not written
 */
public record RhythmModelFile(
    String version,
    Grid grid,
    List<String> voices,
    LatentRange latent,
    float[] thresholds,
    RhythmNetworks networks,
    Map<String, String> metadata) {
  /** The format, as it stands in the metadata. */
  public static final String FORMAT = "latent-space-explorer/rhythm-vae/1";

  /** Larger files are refused. */
  public static final int MAX_BYTES = Safetensors.MAX_FILE_BYTES;

  /** What a version may be called. */
  public static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /** What a voice may be called. */
  public static final Pattern VOICE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._/+-]{0,31}");

  private static final Set<String> OWN =
      Set.of("format", "version", "grid", "voices", "latent", "thresholds", "layers");
  private static final ObjectMapper JSON =
      new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

  public RhythmModelFile {
    voices = List.copyOf(voices);
    metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
  }

  /**
   * Reads a file.
   *
   * @param name of the file, for the message
   * @throws ModelFault naming the file and what is wrong
   */
  public static RhythmModelFile read(String name, byte[] bytes) throws ModelFault {
    return new ModelFileReader(name, new Safetensors(name, bytes)).read();
  }

  /**
   * Writes a file: tensors by name in sorted order, metadata in a fixed one.
   *
   * @throws IllegalArgumentException for a model larger than a file may be
   */
  public byte[] write() {
    TreeMap<String, Safetensors.Tensor> tensors = new TreeMap<>();
    networks
        .layers()
        .forEach(
            (name, layer) -> {
              tensors.put(
                  name + ".weight",
                  new Safetensors.Tensor(layer.weights(), layer.in(), layer.out()));
              tensors.put(name + ".bias", new Safetensors.Tensor(layer.bias(), layer.out()));
            });
    return Safetensors.write(strings(), tensors);
  }

  /** The metadata that do not say what the other components say: where the model comes from. */
  public Map<String, String> provenance() {
    Map<String, String> provenance = new TreeMap<>(metadata);
    provenance.keySet().removeAll(OWN);
    return provenance;
  }

  private Map<String, String> strings() {
    Map<String, String> strings = new LinkedHashMap<>();
    strings.put("format", FORMAT);
    strings.put("version", version);
    strings.put("grid", JSON.valueToTree(grid).toString());
    strings.put("voices", JSON.valueToTree(voices).toString());
    ObjectNode range = JSON.createObjectNode().put("size", latent.size());
    strings.put("latent", range.setAll((ObjectNode) JSON.valueToTree(latent)).toString());
    strings.put("thresholds", JSON.valueToTree(thresholds).toString());
    strings.put("layers", layers().toString());
    strings.putAll(provenance());
    return strings;
  }

  private ObjectNode layers() {
    ObjectNode node = JSON.createObjectNode();
    networks
        .parts()
        .forEach(
            (part, chain) -> {
              int dot = part.indexOf('.');
              ObjectNode half = node.withObjectProperty(part.substring(0, dot));
              ArrayNode array = half.putArray(part.substring(dot + 1));
              for (int i = 0; i < chain.size(); i++) {
                describe(part + "." + i, chain.get(i), array.addObject());
              }
            });
    return node;
  }

  private static void describe(String name, DenseLayer layer, ObjectNode node) {
    node.put("weight", name + ".weight").put("bias", name + ".bias");
    node.put("activation", layer.activation().word());
    if (layer.activation() == ActivationFunction.LEAKY_RELU) {
      node.put("slope", layer.slope());
    }
  }

  /** The same under another name. */
  public RhythmModelFile withVersion(String name) {
    return new RhythmModelFile(name, grid, voices, latent, thresholds, networks, metadata);
  }

  /** The same with other networks, and a word in its metadata on how they were made. */
  public RhythmModelFile withNetworks(RhythmNetworks others, String key, String value) {
    Map<String, String> told = new TreeMap<>(metadata);
    told.put(key, value);
    return new RhythmModelFile(version, grid, voices, latent, thresholds, others, told);
  }
}
