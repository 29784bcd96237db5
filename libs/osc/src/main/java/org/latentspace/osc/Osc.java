package org.latentspace.osc;

import com.google.protobuf.ByteString;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads datagrams of Open Sound Control 1.0 (opensoundcontrol.stanford.edu/spec-1_0), messages and
 * bundles, and writes messages; types i f s b h d T F N, and I, an impulse, which is read as true.
 *
 * <p>A bundle's messages are taken at once, whatever its time tag says. Whatever bytes come,
 * reading gives messages or an IllegalArgumentException with one line.
 */
public final class Osc {
  /** What a UDP datagram can hold. */
  public static final int MOST_BYTES = 65_507;

  static final int MOST_ARGUMENTS = 1024;
  static final int MOST_MESSAGES = 1024;
  static final int MOST_DEPTH = 8;
  private static final int LONGEST_ADDRESS = 255;
  private static final byte[] BUNDLE = {'#', 'b', 'u', 'n', 'd', 'l', 'e', 0};

  private Osc() {}

  /**
   * The messages of a datagram, in their order; takes the buffer from position to limit.
   *
   * @throws IllegalArgumentException when it is no OSC, or has more than 1024 messages, bundles
   *     nested deeper than 8, or more than 1024 arguments in a message
   */
  public static List<OscMessage> read(ByteBuffer datagram) {
    List<OscMessage> messages = new ArrayList<>(1);
    packet(datagram.slice(), 0, messages);
    datagram.position(datagram.limit());
    return messages;
  }

  /**
   * Writes a message behind the buffer's position.
   *
   * @throws IllegalArgumentException when it is too long, or holds what OSC has no type for
   */
  public static void write(OscMessage message, ByteBuffer into) {
    if (!isAddress(message.address())) {
      throw new IllegalArgumentException("\"" + shown(message.address()) + "\" is no OSC address");
    }
    try {
      string(into, message.address());
      StringBuilder types = new StringBuilder(message.arguments().size() + 1).append(',');
      for (Object argument : message.arguments()) {
        types.append(type(argument));
      }
      if (types.length() > MOST_ARGUMENTS + 1) {
        throw new IllegalArgumentException("more than " + MOST_ARGUMENTS + " arguments");
      }
      string(into, types.toString());
      for (Object argument : message.arguments()) {
        write(argument, into);
      }
    } catch (BufferOverflowException e) {
      throw new IllegalArgumentException(
          message.address() + " is longer than a datagram can be", e);
    }
  }

  /** Whether it begins with a slash, has 1..255 printable ASCII characters, no space and no #. */
  public static boolean isAddress(String address) {
    if (address.isEmpty() || address.charAt(0) != '/' || address.length() > LONGEST_ADDRESS) {
      return false;
    }
    return address.chars().allMatch(c -> c > ' ' && c < 127 && c != '#');
  }

  private static void packet(ByteBuffer packet, int depth, List<OscMessage> messages) {
    if (!packet.hasRemaining()) {
      throw new IllegalArgumentException("an empty packet");
    }
    if (packet.get(0) != '#') {
      if (messages.size() == MOST_MESSAGES) {
        throw new IllegalArgumentException("more than " + MOST_MESSAGES + " messages");
      }
      messages.add(message(packet));
      return;
    }
    if (depth == MOST_DEPTH) {
      throw new IllegalArgumentException("bundles nested deeper than " + MOST_DEPTH);
    }
    for (byte expected : BUNDLE) {
      if (need(packet, 1).get() != expected) {
        throw new IllegalArgumentException("begins with # but is no bundle");
      }
    }
    need(packet, Long.BYTES).getLong();
    while (packet.hasRemaining()) {
      int size = need(packet, Integer.BYTES).getInt();
      if (size < 0 || size > packet.remaining()) {
        throw new IllegalArgumentException(
            "an element of " + size + " bytes where " + packet.remaining() + " are left");
      }
      packet(packet.slice(packet.position(), size), depth + 1, messages);
      packet.position(packet.position() + size);
    }
  }

  private static OscMessage message(ByteBuffer packet) {
    String address = string(packet);
    if (!isAddress(address)) {
      throw new IllegalArgumentException("\"" + shown(address) + "\" is no OSC address");
    }
    // Old senders leave the types out where there are no arguments.
    String types = packet.hasRemaining() ? string(packet) : ",";
    if (types.isEmpty() || types.charAt(0) != ',') {
      throw new IllegalArgumentException(address + " has no types");
    }
    if (types.length() > MOST_ARGUMENTS + 1) {
      throw new IllegalArgumentException(address + " has more than 1024 arguments");
    }
    List<Object> arguments = new ArrayList<>(types.length() - 1);
    for (int i = 1; i < types.length(); i++) {
      arguments.add(argument(types.charAt(i), packet));
    }
    if (packet.hasRemaining()) {
      throw new IllegalArgumentException(
          packet.remaining() + " bytes behind the arguments of " + address);
    }
    return new OscMessage(address, arguments);
  }

  private static Object argument(char type, ByteBuffer packet) {
    return switch (type) {
      case 'i' -> need(packet, Integer.BYTES).getInt();
      case 'f' -> need(packet, Float.BYTES).getFloat();
      case 'h' -> need(packet, Long.BYTES).getLong();
      case 'd' -> need(packet, Double.BYTES).getDouble();
      case 's' -> string(packet);
      case 'b' -> blob(packet);
      case 'T', 'I' -> true;
      case 'F' -> false;
      case 'N' -> null;
      default ->
          throw new IllegalArgumentException("type '" + shown(String.valueOf(type)) + "' unknown");
    };
  }

  private static ByteString blob(ByteBuffer packet) {
    int size = need(packet, Integer.BYTES).getInt();
    if (size < 0 || size > packet.remaining()) {
      throw new IllegalArgumentException("a blob of " + size + " bytes");
    }
    ByteString blob = ByteString.copyFrom(packet, size);
    skipToFour(packet);
    return blob;
  }

  private static String string(ByteBuffer packet) {
    int from = packet.position();
    int end = from;
    while (end < packet.limit() && packet.get(end) != 0) {
      end++;
    }
    if (end == packet.limit()) {
      throw new IllegalArgumentException("a string without an end");
    }
    byte[] bytes = new byte[end - from];
    packet.get(bytes).get();
    skipToFour(packet);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static void skipToFour(ByteBuffer packet) {
    int over = packet.position() % 4;
    if (over != 0) {
      packet.position(need(packet, 4 - over).position() + 4 - over);
    }
  }

  private static ByteBuffer need(ByteBuffer packet, int bytes) {
    if (packet.remaining() < bytes) {
      throw new IllegalArgumentException("ends too early");
    }
    return packet;
  }

  private static char type(Object argument) {
    if (argument == null) {
      return 'N';
    } else if (argument instanceof Float) {
      return 'f';
    } else if (argument instanceof Integer) {
      return 'i';
    } else if (argument instanceof String) {
      return 's';
    } else if (argument instanceof Boolean truth) {
      return truth ? 'T' : 'F';
    } else if (argument instanceof Double) {
      return 'd';
    } else if (argument instanceof Long) {
      return 'h';
    } else if (argument instanceof ByteString) {
      return 'b';
    }
    throw new IllegalArgumentException("OSC has no type for " + argument.getClass().getName());
  }

  private static void write(Object argument, ByteBuffer into) {
    if (argument instanceof Float number) {
      into.putFloat(number);
    } else if (argument instanceof Integer number) {
      into.putInt(number);
    } else if (argument instanceof String text) {
      string(into, text);
    } else if (argument instanceof Double number) {
      into.putDouble(number);
    } else if (argument instanceof Long number) {
      into.putLong(number);
    } else if (argument instanceof ByteString blob) {
      into.putInt(blob.size());
      into.put(blob.asReadOnlyByteBuffer());
      pad(into, (4 - blob.size() % 4) % 4);
    }
  }

  private static void string(ByteBuffer into, String text) {
    if (text.indexOf(0) >= 0) {
      throw new IllegalArgumentException("a string with a NUL in it");
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    into.put(bytes);
    pad(into, 4 - bytes.length % 4);
  }

  private static void pad(ByteBuffer into, int zeros) {
    for (int i = 0; i < zeros; i++) {
      into.put((byte) 0);
    }
  }

  /** A stranger's text, fit to be logged. */
  private static String shown(String text) {
    String head = text.length() > 64 ? text.substring(0, 64) + "..." : text;
    return head.replaceAll("[^ -~]", "?");
  }
}
