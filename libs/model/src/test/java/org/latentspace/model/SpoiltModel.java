package org.latentspace.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The file of a sound model, taken apart, so that every part can be spoilt before it is written.
 */
final class SpoiltModel {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  final ObjectNode header;
  final ObjectNode metadata;
  private final byte[] data;

  SpoiltModel(byte[] sound) {
    ByteBuffer bytes = ByteBuffer.wrap(sound).order(ByteOrder.LITTLE_ENDIAN);
    byte[] head = new byte[(int) bytes.getLong()];
    bytes.get(head);
    header = parse(new String(head, StandardCharsets.UTF_8));
    metadata = (ObjectNode) header.get("__metadata__");
    data = new byte[bytes.remaining()];
    bytes.get(data);
  }

  private static ObjectNode parse(String json) {
    try {
      return (ObjectNode) MAPPER.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One of the metadata's own JSON objects, to be put back with {@link #put}. */
  ObjectNode object(String entry) {
    return parse(metadata.get(entry).textValue());
  }

  SpoiltModel put(String entry, Object json) {
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
        ByteBuffer.allocate(8 + headerBytes.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    return bytes.putLong(headerBytes.length).put(headerBytes).put(data).array();
  }
}
