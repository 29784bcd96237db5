package org.latentspace.audio.inlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentspace.audio.sound.SoundSource;

/** A recording whose header does not tell the length of its sound is read all the same. */
@Timeout(20)
class WavLengthTest {
  private static final int RATE = 44_100;
  private static final int FRAMES = 4410;

  @TempDir Path folder;

  @ParameterizedTest(name = "announced {0}")
  @ValueSource(
      longs = {0x7ffff000L, 0x7fffeffeL, 0x7fffffffL, 0x80000000L, 0xffffffdbL, 0xffffffffL})
  void aPipesLengthMeansToTheEndWithoutAWord(long announced) throws IOException {
    try (WavFile wav = open(sine(announced))) {
      assertEquals(FRAMES, readAll(wav));
      assertEquals(java.util.List.of(), wav.warnings());
    }
  }

  @ParameterizedTest(name = "announced {0}")
  @ValueSource(longs = {0x7ffff000L, 0x80000000L, 0xffffffffL, 0})
  void chunksBehindTheSoundAreNotHeard(long announced) throws IOException {
    byte[] file = behind(sine(announced), "LIST", new byte[1041]);
    file = behind(file, "id3 ", new byte[] {1, 2, 3, 4});
    try (WavFile wav = open(file)) {
      assertEquals(FRAMES, readAll(wav));
    }
    // The last one without its pad byte.
    try (WavFile wav = open(Arrays.copyOf(behind(sine(announced), "LIST", new byte[7]), 8879))) {
      assertEquals(FRAMES, readAll(wav));
    }
  }

  @Test
  void noSoundAnnouncedAndSoundBehindItIsReadWithOneWarning() throws IOException {
    try (WavFile wav = open(sine(0))) {
      assertEquals(FRAMES, readAll(wav));
      assertEquals(1, wav.warnings().size());
      String warning = wav.warnings().get(0);
      assertTrue(warning.startsWith(folder.resolve("a.wav") + ": its header says"), warning);
      assertTrue(warning.contains("8820 bytes"), warning);
    }
  }

  @ParameterizedTest(name = "{0} bytes short")
  @CsvSource({"1, 4409", "2, 4409", "3, 4408", "7964, 428"})
  void aFileThatIsCutOffIsReadWithOneWarning(int less, int frames) throws IOException {
    byte[] whole = sine(2 * FRAMES);
    try (WavFile wav = open(Arrays.copyOf(whole, whole.length - less))) {
      assertEquals(frames, readAll(wav));
      assertEquals(1, wav.warnings().size());
      String warning = wav.warnings().get(0);
      assertTrue(
          warning.endsWith(
              "cut off: 8820 bytes of sound announced, " + (8820 - less) + " in the file are read"),
          warning);
    }
  }

  @Test
  void aRecordingWithoutSoundStaysRefused() throws IOException {
    byte[] head = Arrays.copyOf(sine(0), 44);
    assertRefused(head);
    assertRefused(behind(head, "LIST", new byte[20]));
    byte[] pipe = Arrays.copyOf(sine(0xffffffffL), 44);
    assertRefused(pipe);
    assertRefused(behind(pipe, "LIST", new byte[20]));
  }

  @Test
  void aLengthThatIsTrueIsKeptWhateverStandsBehind() throws IOException {
    try (WavFile wav = open(behind(sine(2 * FRAMES), "LIST", new byte[20]))) {
      assertEquals(FRAMES, readAll(wav));
      assertEquals(java.util.List.of(), wav.warnings());
    }
  }

  @Test
  void aLoopGoesOnWithItsFirstSampleAndNeverEnds() throws IOException {
    Path path = Files.write(folder.resolve("a.wav"), sine(2 * FRAMES));
    float[] once = new float[FRAMES];
    try (WavFile wav = WavFile.open(path)) {
      assertEquals(FRAMES, wav.read(once, FRAMES));
    }
    try (WavFile wav = WavFile.open(path, new WavFile.Use(0, true))) {
      float[] block = new float[997];
      for (int at = 0; at < 10 * FRAMES; at += block.length) {
        assertEquals(block.length, wav.read(block, block.length));
        for (int i = 0; i < block.length; i++) {
          assertEquals(once[(at + i) % FRAMES], block[i]);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "real_sox_pipe.wav, 88200, 0",
    "ff_with_list_after.wav, 132300, 0",
    "data_zero_rest.wav, 132300, 1"
  })
  void filesAsOthersWroteThem(String name, int frames, int warnings) throws IOException {
    Path data = Path.of(System.getenv().getOrDefault("LSE_TEST_DATA", "../../shared/data"));
    Path path = data.resolve("cases").resolve(name);
    assumeTrue(Files.exists(path), "skipped: no cases; LSE_TEST_DATA names their folder");
    try (WavFile wav = WavFile.open(path)) {
      assertEquals(frames, readAll(wav));
      assertEquals(warnings, wav.warnings().size(), wav.warnings().toString());
    }
  }

  private void assertRefused(byte[] file) {
    SoundSource.Fault fault = assertThrows(SoundSource.Fault.class, () -> open(file));
    assertTrue(fault.getMessage().contains("holds no sound"), fault.getMessage());
  }

  private WavFile open(byte[] file) throws IOException {
    return WavFile.open(Files.write(folder.resolve("a.wav"), file));
  }

  /** A tenth of a second, whose header announces so many bytes of sound. */
  private static byte[] sine(long announced) {
    byte[] file = WavBytes.sine(0.1, RATE);
    ByteBuffer header = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(4, (int) (announced + 36)).putInt(40, (int) announced);
    return file;
  }

  private static byte[] behind(byte[] file, String name, byte[] content) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(file);
    ByteBuffer head = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    head.put(name.getBytes(StandardCharsets.US_ASCII)).putInt(content.length);
    all.writeBytes(head.array());
    all.writeBytes(content);
    all.writeBytes(new byte[content.length % 2]);
    return all.toByteArray();
  }

  private static int readAll(WavFile wav) throws SoundSource.Fault {
    float[] block = new float[256];
    int total = 0;
    for (int read = block.length; read == block.length; total += read) {
      read = wav.read(block, block.length);
    }
    return total;
  }
}
