package org.latentspace.explorer.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Messages as JSON, in protobuf's own mapping; what is wrong with one is said in one line, which
 * names the value, where it stands and what would be right.
 */
public final class MessageJson {
  private static final int DEEPEST = 32;
  private static final int LONGEST_TEXT = 8 << 20;
  private static final int LONGEST_NUMBER = 64;
  private static final String TIME = "a time such as 2026-01-31T12:00:00Z";
  private static final int LONGEST_SHOWN = 40;
  private static final int LONGEST_LINE = 300;
  // The messages' own tree takes 100 bytes a value.
  private static final int MOST_VALUES = 2_000_000;

  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().omittingInsignificantWhitespace();
  private static final JsonFormat.Printer WHOLE = PRINTER.includingDefaultValueFields();
  private static final JsonFormat.Parser STRICT = JsonFormat.parser();
  private static final JsonFormat.Parser LENIENT = JsonFormat.parser().ignoringUnknownFields();
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxStringLength(LONGEST_TEXT)
                          .maxNumberLength(LONGEST_NUMBER)
                          .build())
                  .build())
          // Shown as they stand.
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private MessageJson() {}

  /** One line, without what is not set. */
  public static String write(Message message) {
    return print(PRINTER, message);
  }

  /** One line with every field, but for messages and optional ones that are not set. */
  public static String writeWhole(Message message) {
    return print(WHOLE, message);
  }

  private static String print(JsonFormat.Printer printer, Message message) {
    try {
      return printer.print(message);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Reads what was stored; fields that are not known any more are let pass.
   *
   * @param none a message of the kind, with nothing set
   * @throws IllegalArgumentException in one line
   */
  public static <M extends Message> M readStored(String json, M none) {
    return read(json, none, LENIENT);
  }

  /**
   * Reads what comes from outside: no unknown field and none twice, at most 32 levels.
   *
   * @param none a message of the kind, with nothing set
   * @throws IllegalArgumentException in one line
   */
  public static <M extends Message> M read(String json, M none) {
    return read(json, none, STRICT);
  }

  @SuppressWarnings("unchecked") // A message's builder builds one of its kind.
  private static <M extends Message> M read(String json, M none, JsonFormat.Parser parser) {
    requireObject(json);
    Message.Builder into = none.newBuilderForType();
    try {
      parser.merge(json, into);
      return (M) into.build();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(wrong(json, into, e), e);
    }
  }

  private static void requireObject(String json) {
    try (JsonParser tokens = JSON.createParser(json)) {
      boolean isObject = tokens.nextToken() == JsonToken.START_OBJECT;
      int values = 0;
      int roots = 0;
      for (JsonToken token = tokens.currentToken(); token != null; token = tokens.nextToken()) {
        values++;
        roots += tokens.getParsingContext().inRoot() ? 1 : 0;
        if (token == JsonToken.VALUE_STRING) {
          requireTime(tokens);
        }
      }
      if (!isObject || roots != 1 || values > MOST_VALUES) {
        throw new IllegalArgumentException(
            "no JSON: must be one object of at most " + MOST_VALUES + " values");
      }
    } catch (JsonProcessingException e) {
      String where = e.getLocation() == null ? "" : " at " + e.getLocation().getCharOffset();
      throw new IllegalArgumentException(
          "no JSON" + where + ": " + line(e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("no JSON: " + line(e.getMessage()), e);
    }
  }

  /** The contract's times are called ..._at; protobuf's parser takes a 13th month for the next. */
  private static void requireTime(JsonParser text) throws IOException {
    String key = String.valueOf(text.currentName());
    if (!key.endsWith("At") && !key.endsWith("_at")) {
      return;
    }
    try {
      Instant.parse(text.getText());
    } catch (DateTimeException e) {
      String where = text.getParsingContext().pathAsPointer().toString().substring(1);
      throw new IllegalArgumentException(
          where.replaceAll("/(\\d+)", "[$1]").replace('/', '.')
              + " is \""
              + cut(text.getText())
              + "\": must be "
              + TIME,
          e);
    }
  }

  /** Says what the parser has refused: it is asked for part after part. */
  private static String wrong(String json, Message.Builder like, Exception refusal) {
    try {
      String found = wrong(JSON.readTree(json), like.clone().clear(), "");
      return found == null ? line(refusal.getMessage()) : found;
    } catch (IOException e) {
      return line(refusal.getMessage());
    }
  }

  private static String wrong(JsonNode object, Message.Builder like, String path) {
    for (Iterator<Map.Entry<String, JsonNode>> all = object.fields(); all.hasNext(); ) {
      Map.Entry<String, JsonNode> one = all.next();
      FieldDescriptor field = field(like, one.getKey());
      String where = path + one.getKey();
      if (field == null) {
        return path
            + cut(one.getKey())
            + " is not known: must be of "
            + like.getDescriptorForType().getFields().stream()
                .map(FieldDescriptor::getJsonName)
                .collect(Collectors.joining(", "));
      }
      if (isRefused(field, one.getValue(), like)) {
        return wrong(field, one.getValue(), like, where);
      }
    }
    return null;
  }

  private static String wrong(
      FieldDescriptor field, JsonNode value, Message.Builder like, String where) {
    if (field.isRepeated() && !field.isMapField() && value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        if (isRefused(field, JSON.createArrayNode().add(value.get(i)), like)) {
          return single(field, value.get(i), like, where + "[" + i + "]");
        }
      }
    }
    return field.isRepeated()
        ? where + " is " + shown(value) + ": must be a list"
        : single(field, value, like, where);
  }

  private static String single(
      FieldDescriptor field, JsonNode value, Message.Builder like, String where) {
    if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && value.isObject()) {
      String inner = wrong(value, like.newBuilderForField(field), where + ".");
      if (inner != null) {
        return inner;
      }
    }
    return where + " is " + shown(value) + ": must be " + right(field);
  }

  private static FieldDescriptor field(Message.Builder like, String key) {
    return like.getDescriptorForType().getFields().stream()
        .filter(field -> field.getJsonName().equals(key) || field.getName().equals(key))
        .findFirst()
        .orElse(null);
  }

  private static boolean isRefused(FieldDescriptor field, JsonNode value, Message.Builder like) {
    String part = JSON.createObjectNode().set(field.getJsonName(), value).toString();
    try {
      STRICT.merge(part, like.clone().clear());
      return false;
    } catch (InvalidProtocolBufferException e) {
      return true;
    }
  }

  private static String right(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case STRING -> "a text";
      case BOOLEAN -> "true or false";
      case INT, LONG -> "a whole number";
      case FLOAT, DOUBLE -> "a number";
      case BYTE_STRING -> "bytes in base64";
      case ENUM ->
          field.getEnumType().getValues().stream()
              .filter(value -> value.getNumber() != 0)
              .map(EnumValueDescriptor::getName)
              .collect(Collectors.joining(" or "));
      case MESSAGE -> field.getMessageType().equals(Timestamp.getDescriptor()) ? TIME : "an object";
    };
  }

  private static String shown(JsonNode node) {
    return node.isContainerNode()
        ? (node.isArray() ? "a list" : "an object") + " of " + node.size()
        : cut(node.toString());
  }

  /** The beginning of a text, to be shown. */
  public static String cut(String text) {
    String line = text.replaceAll("\\p{Cntrl}", "?");
    return line.length() <= LONGEST_SHOWN ? line : line.substring(0, LONGEST_SHOWN) + "...";
  }

  private static String line(String text) {
    String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").trim();
    return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "...";
  }
}
