package org.latentspace.explorer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.latentspace.explorer.project.JsonFields;

/**
 * Writes messages as JSON, fields under their own names and only those that are set, and reads them
 * back exactly.
 */
final class MessageJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int MOST = 1 << 16;

  private MessageJson() {}

  static ObjectNode write(Message message) {
    ObjectNode node = JSON.objectNode();
    for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
      node.set(field.getKey().getName(), value(field.getKey(), field.getValue()));
    }
    return node;
  }

  private static JsonNode value(FieldDescriptor field, Object value) {
    if (!field.isRepeated()) {
      return single(field, value);
    }
    ArrayNode list = JSON.arrayNode();
    for (Object one : (List<?>) value) {
      list.add(single(field, one));
    }
    return list;
  }

  private static JsonNode single(FieldDescriptor field, Object value) {
    return switch (field.getJavaType()) {
      case STRING -> JSON.textNode((String) value);
      case BOOLEAN -> JSON.booleanNode((Boolean) value);
      case INT -> JSON.numberNode((Integer) value);
      case LONG -> JSON.numberNode((Long) value);
      case FLOAT -> JsonFields.write(new float[] {(Float) value}).get(0);
      case DOUBLE -> JSON.numberNode((Double) value);
      case ENUM -> JSON.textNode(((EnumValueDescriptor) value).getName());
      case MESSAGE -> write((Message) value);
      case BYTE_STRING -> throw new IllegalArgumentException(field + " has no JSON");
    };
  }

  /** Throws IllegalArgumentException with one line that says where and what would be right. */
  static void read(JsonNode node, String where, Message.Builder into) {
    JsonFields.require(node != null && node.isObject(), where, node, "an object");
    for (Iterator<Map.Entry<String, JsonNode>> keys = node.fields(); keys.hasNext(); ) {
      Map.Entry<String, JsonNode> key = keys.next();
      FieldDescriptor field = into.getDescriptorForType().findFieldByName(key.getKey());
      String at = where + "." + key.getKey();
      JsonFields.require(field != null, at, key.getValue(), "left out: nobody knows it");
      if (!field.isRepeated()) {
        into.setField(field, read(key.getValue(), at, field, into));
        continue;
      }
      JsonFields.list(key.getValue(), at, MOST);
      for (int i = 0; i < key.getValue().size(); i++) {
        into.addRepeatedField(field, read(key.getValue().get(i), at + "[" + i + "]", field, into));
      }
    }
  }

  private static Object read(
      JsonNode node, String where, FieldDescriptor field, Message.Builder owner) {
    switch (field.getJavaType()) {
      case STRING:
        return JsonFields.text(node, where);
      case BOOLEAN:
        JsonFields.require(node.isBoolean(), where, node, "true or false");
        return node.booleanValue();
      case INT:
        return JsonFields.integer(node, where, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case LONG:
        JsonFields.require(
            node.isIntegralNumber() && node.canConvertToLong(), where, node, "a whole number");
        return node.longValue();
      case FLOAT:
        return (float) JsonFields.number(node, where, -Float.MAX_VALUE, Float.MAX_VALUE);
      case DOUBLE:
        return JsonFields.number(node, where, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
      case ENUM:
        EnumValueDescriptor value =
            field.getEnumType().findValueByName(JsonFields.text(node, where));
        JsonFields.require(value != null, where, node, "of " + field.getEnumType().getValues());
        return value;
      default:
        Message.Builder inner = owner.newBuilderForField(field);
        read(node, where, inner);
        return inner.build();
    }
  }
}
