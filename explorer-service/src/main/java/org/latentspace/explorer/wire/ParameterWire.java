package org.latentspace.explorer.wire;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import java.util.Locale;
import java.util.Map;
import org.latentspace.installation.Action;

/** Writes the value of an action into its field of a message, and reads it there. */
public final class ParameterWire {
  /** Fields that are called otherwise than their actions. */
  private static final Map<Action, String> FIELDS =
      Map.of(Action.PLAY, "playing", Action.TEMPO, "bpm", Action.RECORD, "recording");

  private ParameterWire() {}

  private static FieldDescriptor field(MessageOrBuilder message, Action action) {
    String name = FIELDS.getOrDefault(action, action.name().toLowerCase(Locale.ROOT));
    return message.getDescriptorForType().findFieldByName(name);
  }

  /** Whether the message has a field for it. */
  public static boolean has(MessageOrBuilder message, Action action) {
    return field(message, action) != null;
  }

  /**
   * Sets the field.
   *
   * @param value a Boolean, Double or String, within the action's range
   */
  public static <B extends Message.Builder> B set(B message, Action action, Object value) {
    FieldDescriptor field = field(message, action);
    message.setField(
        field,
        switch (field.getJavaType()) {
          case ENUM -> field.getEnumType().findValueByName(constant(field, (String) value));
          case FLOAT -> ((Double) value).floatValue();
          default -> value;
        });
    return message;
  }

  /** The field's value as a Boolean, Double or String. */
  public static Object get(MessageOrBuilder message, Action action) {
    FieldDescriptor field = field(message, action);
    Object value = message.getField(field);
    if (value instanceof EnumValueDescriptor choice) {
      return choice.getName().substring(prefix(field).length()).toLowerCase(Locale.ROOT);
    }
    // As it was written: 0.1f is a little more than a tenth.
    return value instanceof Float number ? Double.valueOf(number.toString()) : value;
  }

  /** What the names of an enum's values begin with; the first is ..._UNSPECIFIED. */
  private static String prefix(FieldDescriptor field) {
    return field.getEnumType().findValueByNumber(0).getName().replace("UNSPECIFIED", "");
  }

  private static String constant(FieldDescriptor field, String choice) {
    return prefix(field) + choice.toUpperCase(Locale.ROOT);
  }
}
