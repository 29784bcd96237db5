package org.latentspace.explorer.project;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Everything a performer taught and set as one JSON document, written and read back part by part.
 *
 * <pre>
 *   {"format": "latent-space-explorer-project", "version": 1, "performer": ..., "exported_at": ...,
 *    "parts": {"pairs": ..., ...}}
 * </pre>
 */
public final class Projects {
  public static final String FORMAT = "latent-space-explorer-project";
  public static final int VERSION = 1;

  /** Bytes of a document: ten thousand pairs of ten features each have 14.5 MB. */
  public static final int MOST_BYTES = 16 << 20;

  private static final int DEEPEST = 32;
  private static final int LONGEST_TEXT = 8 << 20;
  private static final int LONGEST_NUMBER = 64;
  private static final Set<String> KEYS =
      new TreeSet<>(List.of("format", "version", "performer", "exported_at", "parts"));
  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxStringLength(LONGEST_TEXT)
                          .maxNumberLength(LONGEST_NUMBER)
                          .build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final List<ProjectPart> parts;

  /**
   * @param parts each with a name of its own
   */
  public Projects(Iterable<ProjectPart> parts) {
    List<ProjectPart> sorted = new ArrayList<>();
    parts.forEach(sorted::add);
    sorted.sort(Comparator.comparing(ProjectPart::name));
    this.parts = List.copyOf(sorted);
  }

  /** Whether the performer has anything. */
  public boolean hasAnything(String performer) {
    return parts.stream().anyMatch(part -> part.export(performer) != null);
  }

  /** Everything that the performer has. */
  public byte[] export(String performer, Instant now) {
    return document(performer, all(performer), now);
  }

  private Map<String, JsonNode> all(String performer) {
    Map<String, JsonNode> all = new HashMap<>();
    parts.forEach(part -> all.put(part.name(), part.export(performer)));
    return all;
  }

  private byte[] document(String performer, Map<String, JsonNode> all, Instant now) {
    ObjectNode document = JSON.createObjectNode();
    document.put("format", FORMAT).put("version", VERSION);
    document.put("performer", performer).put("exported_at", now.toString());
    ObjectNode node = document.putObject("parts");
    for (ProjectPart part : parts) {
      if (all.get(part.name()) != null) {
        node.set(part.name(), all.get(part.name()));
      }
    }
    try {
      return JSON.writeValueAsBytes(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the project cannot be written: " + e.getMessage(), e);
    }
  }

  /**
   * Puts a document in the place of everything that the performer has; returns when the disk has
   * it. A part that the document has not is empty then.
   *
   * @param json of this or of another performer
   * @return everything that the performer had before
   * @throws IllegalArgumentException with one line that says what is wrong; nothing is changed
   * @throws IllegalStateException the disk does not take it; what was there is there again
   */
  public byte[] replace(String performer, byte[] json, Instant now) {
    Map<String, JsonNode> given = read(json);
    for (ProjectPart part : parts) {
      part.check(performer, given.get(part.name()));
    }
    Map<String, JsonNode> before = all(performer);
    List<ProjectPart> done = new ArrayList<>();
    for (ProjectPart part : parts) {
      try {
        part.replace(performer, given.get(part.name()));
        done.add(part);
      } catch (RuntimeException fault) {
        putBack(performer, before, done, fault);
        throw new IllegalStateException(
            "part " + part.name() + ": " + fault.getMessage() + "; nothing is changed", fault);
      }
    }
    return document(performer, before, now);
  }

  private static void putBack(
      String performer, Map<String, JsonNode> before, List<ProjectPart> done, Exception why) {
    for (ProjectPart part : done) {
      try {
        part.replace(performer, before.get(part.name()));
      } catch (RuntimeException fault) {
        throw new IllegalStateException(
            why.getMessage()
                + "; and part "
                + part.name()
                + " could not be put back: "
                + fault.getMessage(),
            fault);
      }
    }
  }

  private Map<String, JsonNode> read(byte[] json) {
    JsonNode document = JsonFields.object(parse(json), "the project", KEYS);
    String format = JsonFields.text(document.get("format"), "format");
    JsonFields.require(format.equals(FORMAT), "format", document.get("format"), FORMAT);
    JsonFields.integer(document.get("version"), "version", 1, VERSION);
    JsonFields.name(document.get("performer"), "performer");
    JsonFields.text(document.get("exported_at"), "exported_at");
    Set<String> names =
        parts.stream().map(ProjectPart::name).collect(Collectors.toCollection(TreeSet::new));
    JsonNode given = JsonFields.object(document.get("parts"), "parts", names);
    Map<String, JsonNode> all = new HashMap<>();
    for (String name : names) {
      JsonNode part = given.get(name);
      all.put(name, part == null || part.isNull() ? null : part);
    }
    return all;
  }

  private static JsonNode parse(byte[] json) {
    if (json.length > MOST_BYTES) {
      throw new IllegalArgumentException(
          "the project has " + json.length + " bytes: must be at most " + MOST_BYTES);
    }
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      String where = e.getLocation() == null ? "" : " at byte " + e.getLocation().getByteOffset();
      throw new IllegalArgumentException(
          "the project is no JSON" + where + ": " + e.getOriginalMessage().replaceAll("\\s+", " "),
          e);
    } catch (IOException e) {
      throw new IllegalArgumentException("the project is no JSON: " + e.getMessage(), e);
    }
  }
}
