package org.latentspace.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads and writes the safetensors layout: where each tensor lies, and the strings beside them.
 *
 * <pre>
 *   0          8                    8 + n                                   end
 *   | u64 n    | JSON header        | tensors, float32, no holes, no overlap |
 * </pre>
 *
 * Everything is little-endian. See huggingface.co/docs/safetensors.
 */
final class Safetensors {
  static final int MAX_FILE_BYTES = 64 << 20;
  static final int MAX_HEADER_BYTES = 1 << 20;
  private static final int MAX_TENSORS = 256;
  private static final int MAX_SIDE = 65_536;
  private static final int LENGTH_BYTES = 8;
  private static final String METADATA = "__metadata__";
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final StrictJson json;
  private final ByteBuffer data;
  private final Map<String, Extent> tensors = new HashMap<>();
  private final Map<String, String> metadata;

  /** Where a tensor lies, in bytes behind the header. */
  private record Extent(String name, int[] shape, int begin, int end) {}

  /**
   * A tensor to be written.
   *
   * @param shape its sides; their product is the number of values
   */
  record Tensor(float[] values, int... shape) {}

  /** Looks at everything but the numbers themselves. */
  Safetensors(String file, byte[] bytes) throws ModelFault {
    json = new StrictJson(file);
    if (bytes.length > MAX_FILE_BYTES) {
      throw json.fault("is larger than " + MAX_FILE_BYTES + " bytes");
    }
    if (bytes.length < LENGTH_BYTES) {
      throw json.fault("has " + bytes.length + " bytes: too short for a header");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long headerBytes = buffer.getLong();
    if (headerBytes < 2 || headerBytes > MAX_HEADER_BYTES) {
      String length = Long.toUnsignedString(headerBytes);
      throw json.fault("header length is " + length + ", must be 2.." + MAX_HEADER_BYTES);
    }
    if (headerBytes > bytes.length - LENGTH_BYTES) {
      throw json.fault("is cut short: the header says " + headerBytes + " bytes");
    }
    int dataStart = LENGTH_BYTES + (int) headerBytes;
    JsonNode header = json.object("the header", utf8(buffer.slice(8, (int) headerBytes)));
    data = buffer.slice(dataStart, bytes.length - dataStart).order(ByteOrder.LITTLE_ENDIAN);
    metadata = strings(header.get(METADATA));
    readTensors(header);
    checkCover();
  }

  /**
   * Writes a file: metadata in their order, then the tensors, sorted by name. The same content
   * gives the same bytes.
   *
   * @throws IllegalArgumentException where header or file become larger than a reader takes
   */
  static byte[] write(Map<String, String> metadata, SortedMap<String, Tensor> tensors) {
    ObjectNode header = JSON.objectNode();
    ObjectNode strings = header.putObject(METADATA);
    metadata.forEach(strings::put);
    long end = 0;
    for (Map.Entry<String, Tensor> each : tensors.entrySet()) {
      ObjectNode entry = header.putObject(each.getKey()).put("dtype", "F32");
      ArrayNode shape = entry.putArray("shape");
      Arrays.stream(each.getValue().shape()).forEach(shape::add);
      long begin = end;
      end += (long) Float.BYTES * each.getValue().values().length;
      entry.putArray("data_offsets").add(begin).add(end);
    }
    byte[] head = padded(header.toString());
    if (head.length > MAX_HEADER_BYTES || LENGTH_BYTES + head.length + end > MAX_FILE_BYTES) {
      throw new IllegalArgumentException("the model is too large for a model file");
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(LENGTH_BYTES + head.length + (int) end).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(head.length).put(head);
    for (Tensor tensor : tensors.values()) {
      for (float value : tensor.values()) {
        bytes.putFloat(value);
      }
    }
    return bytes.array();
  }

  /** Spaces up to the next multiple of eight, as safetensors writers do: aligns the tensors. */
  private static byte[] padded(String header) {
    byte[] bytes = header.getBytes(StandardCharsets.UTF_8);
    byte[] padded = Arrays.copyOf(bytes, (bytes.length + 7) / 8 * 8);
    Arrays.fill(padded, bytes.length, padded.length, (byte) ' ');
    return padded;
  }

  /** The strings beside the tensors, in the order of their names. */
  Map<String, String> metadata() {
    return metadata;
  }

  /** Sides of a tensor. */
  int[] shape(String name) throws ModelFault {
    return tensor(name).shape();
  }

  /** A tensor's numbers, all finite. */
  float[] values(String name) throws ModelFault {
    Extent tensor = tensor(name);
    float[] values = new float[(tensor.end() - tensor.begin()) / Float.BYTES];
    data.slice(tensor.begin(), tensor.end() - tensor.begin())
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(values);
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw json.fault(
            "tensor " + StrictJson.shown(name) + " has " + values[i] + " at entry " + i);
      }
    }
    return values;
  }

  private Extent tensor(String name) throws ModelFault {
    Extent tensor = tensors.get(name);
    if (tensor == null) {
      throw json.fault("tensor " + StrictJson.shown(name) + " is missing");
    }
    return tensor;
  }

  private String utf8(ByteBuffer bytes) throws ModelFault {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw json.fault("the header is not UTF-8");
    }
  }

  private Map<String, String> strings(JsonNode node) throws ModelFault {
    if (node == null || !node.isObject()) {
      throw json.fault(METADATA + " is missing");
    }
    Map<String, String> strings = new TreeMap<>();
    for (Iterator<Map.Entry<String, JsonNode>> i = node.fields(); i.hasNext(); ) {
      Map.Entry<String, JsonNode> field = i.next();
      strings.put(field.getKey(), json.text(StrictJson.shown(field.getKey()), field.getValue()));
    }
    return Collections.unmodifiableMap(strings);
  }

  private void readTensors(JsonNode header) throws ModelFault {
    if (header.size() > MAX_TENSORS + 1) {
      throw json.fault("has " + (header.size() - 1) + " tensors, must have 1.." + MAX_TENSORS);
    }
    for (Iterator<Map.Entry<String, JsonNode>> i = header.fields(); i.hasNext(); ) {
      Map.Entry<String, JsonNode> field = i.next();
      if (!field.getKey().equals(METADATA)) {
        tensors.put(field.getKey(), readTensor(field.getKey(), field.getValue()));
      }
    }
  }

  private Extent readTensor(String name, JsonNode node) throws ModelFault {
    String where = "tensor " + StrictJson.shown(name);
    if (!node.isObject()) {
      throw json.fault(where + " is not a JSON object");
    }
    String type = json.text(where + " dtype", node.get("dtype"));
    if (!type.equals("F32")) {
      throw json.fault(where + " dtype is " + StrictJson.shown(type) + ", must be F32");
    }
    JsonNode sides = json.array(where + " shape", node.get("shape"), 1, 2);
    int[] shape = new int[sides.size()];
    long bytes = Float.BYTES;
    for (int i = 0; i < shape.length; i++) {
      shape[i] = (int) json.whole(where + " shape", sides.get(i), 1, MAX_SIDE);
      bytes *= shape[i];
    }
    JsonNode offsets = json.array(where + " data_offsets", node.get("data_offsets"), 2, 2);
    long begin = json.whole(where + " begin", offsets.get(0), 0, data.capacity());
    long end = json.whole(where + " end", offsets.get(1), begin, data.capacity());
    if (end - begin != bytes) {
      throw json.fault(where + " has " + (end - begin) + " bytes, its shape needs " + bytes);
    }
    return new Extent(name, shape, (int) begin, (int) end);
  }

  private void checkCover() throws ModelFault {
    List<Extent> ordered = new ArrayList<>(tensors.values());
    ordered.sort(Comparator.comparingInt(Extent::begin));
    int covered = 0;
    for (Extent tensor : ordered) {
      if (tensor.begin() != covered) {
        String fault = tensor.begin() < covered ? " overlaps its neighbour" : " follows a hole";
        throw json.fault("tensor " + StrictJson.shown(tensor.name()) + fault);
      }
      covered = tensor.end();
    }
    if (covered != data.capacity()) {
      throw json.fault("has " + (data.capacity() - covered) + " bytes behind its last tensor");
    }
  }
}
