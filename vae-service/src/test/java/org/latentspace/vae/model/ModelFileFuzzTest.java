package org.latentspace.vae.model;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.latentspace.model.ModelFault;

/** Whatever the bytes: a model or a {@link ModelFault}, soon, and in bounded memory. */
class ModelFileFuzzTest {
  private static final byte[] SOUND = ModelBytes.of(OneNote.of("sound", 0, 2, 0.5f));
  private static final int ROUNDS = 12_000;
  private static final long LONGEST_NANOS = 5_000_000_000L;
  private static final long MOST_ALLOCATED = 64L << 20;
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String[] WORDS = {
    "null", "-1", "0", "1e400", "65536", "[]", "{}", "\"\"", "9999999999999999999", "true", "0.5"
  };

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void onlyAModelFaultComesOutOfAnyBytesAtAll() throws Exception {
    Random random = new Random(20);
    long giveUp = System.nanoTime() + LONGEST_NANOS;
    int refused = 0;
    int rounds = 0;
    for (; rounds < ROUNDS && System.nanoTime() < giveUp; rounds++) {
      byte[] bytes = rounds % 2 == 0 ? spoilBytes(random) : spoilHeader(random);
      long before = threads.getCurrentThreadAllocatedBytes();
      refused += refuses(bytes) ? 1 : 0;
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      assertTrue(allocated < MOST_ALLOCATED, "round " + rounds + " took " + allocated + " bytes");
    }
    // A flipped bit in a weight is another sound model; the rest must be noticed.
    assertTrue(refused > rounds / 2, refused + " of " + rounds + " refused");
    assertTrue(rounds > 100, "rounds: " + rounds);
  }

  /** What is not refused is decoded: it must not throw either. */
  private static boolean refuses(byte[] bytes) {
    try {
      new ActiveModel().put("fuzzed", Model.read("fuzzed", bytes));
      return false;
    } catch (ModelFault e) {
      return true;
    }
  }

  private static byte[] spoilBytes(Random random) {
    int header = headerBytes();
    byte[] bytes = SOUND.clone();
    switch (random.nextInt(4)) {
      case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(2 * bytes.length));
      case 1 -> bytes[random.nextInt(8)] = (byte) random.nextInt(256);
      case 2 -> {
        for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
          bytes[8 + random.nextInt(header)] = (byte) (32 + random.nextInt(96));
        }
      }
      default -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  /** Exchanges, removes or adds an entry anywhere in the header or in the JSON within it. */
  private static byte[] spoilHeader(Random random) throws Exception {
    ObjectNode header =
        (ObjectNode) MAPPER.readTree(Arrays.copyOfRange(SOUND, 8, 8 + headerBytes()));
    ObjectNode metadata = (ObjectNode) header.get("__metadata__");
    if (random.nextBoolean()) {
      List<String> names = List.of("grid", "voices", "latent", "thresholds", "layers");
      String name = names.get(random.nextInt(names.size()));
      JsonNode inner = MAPPER.readTree(metadata.get(name).textValue());
      metadata.put(name, spoil(inner.toString(), inner, random));
    } else {
      return withHeader(spoil(header.toString(), header, random));
    }
    return withHeader(header.toString());
  }

  private static String spoil(String json, JsonNode tree, Random random) {
    List<String> leaves = new ArrayList<>();
    collect(tree, leaves);
    String leaf = leaves.get(random.nextInt(leaves.size()));
    String word = random.nextInt(8) == 0 ? deep(random) : WORDS[random.nextInt(WORDS.length)];
    return json.replace(leaf, word);
  }

  private static String deep(Random random) {
    int depth = random.nextInt(3000);
    return "[".repeat(depth) + "]".repeat(depth);
  }

  private static void collect(JsonNode node, List<String> leaves) {
    if (node.isValueNode()) {
      leaves.add(node.toString());
    }
    node.forEach(child -> collect(child, leaves));
  }

  private static byte[] withHeader(String header) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    int data = 8 + headerBytes();
    return ByteBuffer.allocate(8 + text.length + SOUND.length - data)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(text.length)
        .put(text)
        .put(SOUND, data, SOUND.length - data)
        .array();
  }

  private static int headerBytes() {
    return (int) ByteBuffer.wrap(SOUND).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }
}
