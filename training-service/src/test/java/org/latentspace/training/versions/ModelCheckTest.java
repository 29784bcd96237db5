package org.latentspace.training.versions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ModelCheckTest {
  private static final byte[] SOUND = Models.file("sound", 3);

  @Test
  void takesASoundFile() {
    assertEquals("sound", ModelCheck.read("sound", SOUND).version());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "F32 | F16",
        "[4,8] | [8,4]",
        "[4,8] | [-4,8]",
        "\\\"low\\\":[-1.0,-1.0] | \\\"low\\\":[-1.0,2.0]",
        "\\\"low\\\":[-1.0,-1.0] | \\\"low\\\":[-1.0]",
        "[0.5,0.5] | [0.5,1.5]",
        "[0.5,0.5] | [0.5]",
        "\\\"snare\\\" | \\\"kick\\\"",
        "\\\"bars\\\":1 | \\\"bars\\\":2",
        "\\\"bars\\\":1 | \\\"bars\\\":999999999",
        "\"version\":\"sound\" | \"version\":\"../up\"",
        "rhythm-vae/1 | rhythm-vae/9",
        "sigmoid | thunder",
        "decoder.trunk.0.bias\\\" | decoder.trunk.9.bias\\\"",
      })
  void refusesWhatCouldNotBePlayed(String old, String other) {
    assertThrows(
        IllegalArgumentException.class,
        () -> ModelCheck.read("bad", header(text -> text.replace(old, other))));
  }

  @Test
  void refusesTruncatedFilesAndAbsurdLengths() {
    for (int length : new int[] {0, 7, 8, 100, SOUND.length - 4, SOUND.length - 1}) {
      byte[] part = Arrays.copyOf(SOUND, length);
      assertThrows(IllegalArgumentException.class, () -> ModelCheck.read("bad", part));
    }
    byte[] longer = Arrays.copyOf(SOUND, SOUND.length + 4);
    assertThrows(IllegalArgumentException.class, () -> ModelCheck.read("bad", longer));
    for (long length : new long[] {-1, 1, Long.MAX_VALUE, 1L << 40, SOUND.length}) {
      byte[] absurd = SOUND.clone();
      ByteBuffer.wrap(absurd).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
      assertThrows(IllegalArgumentException.class, () -> ModelCheck.read("bad", absurd));
    }
  }

  @Test
  void refusesWeightsThatAreNoNumbers() {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      byte[] file = SOUND.clone();
      ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putFloat(file.length - 4, bad);
      String message =
          assertThrows(IllegalArgumentException.class, () -> ModelCheck.read("bad", file))
              .getMessage();
      assertTrue(message.contains("weight"), message);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("org.latentspace.model.HostileFiles#all")
  void refusesByNameWhatAPlayerRefuses(String what, byte[] file) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> ModelCheck.read("bad", file))
            .getMessage();
    assertTrue(message.startsWith("model file bad: "), message);
    assertTrue(message.contains(what), what + " is not in: " + message);
  }

  @Test
  void neverFailsInAnyOtherWayWhateverBytesComeIn() {
    Random random = new Random(5);
    for (int i = 0; i < 3000; i++) {
      byte[] file = SOUND.clone();
      for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
        file[random.nextInt(file.length)] = (byte) random.nextInt(256);
      }
      try {
        ModelCheck.read("bad", file);
      } catch (IllegalArgumentException refused) {
        assertTrue(refused.getMessage() != null);
      }
    }
  }

  /** The file with another header; the tensors stay where they are. */
  private static byte[] header(UnaryOperator<String> change) {
    int length = (int) ByteBuffer.wrap(SOUND).order(ByteOrder.LITTLE_ENDIAN).getLong();
    String text = new String(SOUND, 8, length, StandardCharsets.UTF_8);
    byte[] head = change.apply(text).getBytes(StandardCharsets.UTF_8);
    assertTrue(!text.equals(new String(head, StandardCharsets.UTF_8)), "nothing was changed");
    ByteBuffer file = ByteBuffer.allocate(SOUND.length - length + head.length);
    file.order(ByteOrder.LITTLE_ENDIAN).putLong(head.length).put(head);
    return file.put(SOUND, 8 + length, SOUND.length - 8 - length).array();
  }
}
