package org.latentspace.audio.inlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.latentspace.audio.sound.SampleFormat;
import org.latentspace.audio.sound.SoundSource;

class WavFileTest {
  @TempDir Path folder;

  record Written(SampleFormat format, int rate, boolean extensible) {}

  static Stream<Written> everyFormat() {
    List<Written> all = new ArrayList<>();
    for (SampleFormat.Encoding encoding : SampleFormat.Encoding.values()) {
      for (int channels : new int[] {1, 2, 8}) {
        for (int rate : new int[] {8000, 44_100, 48_000, 96_000, 192_000}) {
          all.add(new Written(new SampleFormat(encoding, channels), rate, false));
          all.add(new Written(new SampleFormat(encoding, channels), rate, true));
        }
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("everyFormat")
  void readsEveryFormatAsTheMeanOfItsChannels(Written written) throws IOException {
    int channels = written.format().channels();
    double[] interleaved = new double[1000 * channels];
    Random random = new Random(7);
    for (int i = 0; i < interleaved.length; i++) {
      // Steps that 8 bits can hold too, so that every format gives the same numbers.
      interleaved[i] = (random.nextInt(256) - 128) / 128.0;
    }
    Path path =
        write(
            new WavBytes()
                .chunk("LIST", new byte[] {1, 2, 3})
                .format(written.format(), written.rate(), written.extensible())
                .chunk("odd ", new byte[7])
                .data(written.format().encoding(), interleaved)
                .chunk("tail", new byte[5])
                .bytes());
    try (WavFile wav = WavFile.open(path)) {
      assertEquals(written.rate(), wav.sampleRate());
      assertEquals(channels, wav.channels());
      assertEquals(1000, wav.frames());
      float[] samples = readAll(wav, 97);
      assertEquals(1000, samples.length);
      for (int frame = 0; frame < samples.length; frame++) {
        double sum = 0;
        for (int channel = 0; channel < channels; channel++) {
          sum += interleaved[frame * channels + channel];
        }
        assertEquals((float) (sum / channels), samples[frame]);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"-32768, -1", "32767, 0.999969482421875", "1, 0.000030517578125", "0, 0"})
  void dividesSixteenBitsBy32768(int whole, float expected) throws IOException {
    SampleFormat format = new SampleFormat(SampleFormat.Encoding.SIGNED_16, 1);
    Path path =
        write(
            new WavBytes()
                .format(format, 44_100, false)
                .data(format.encoding(), new double[] {whole / 32768.0})
                .bytes());
    try (WavFile wav = WavFile.open(path)) {
      assertEquals(expected, readAll(wav, 16)[0]);
    }
  }

  @Test
  void readsALongFileWithBoundedMemory() throws IOException {
    // 300 MB of sound, sparse on disk; the JVM of the tests could hold it three times at most.
    Path path = write(WavBytes.sine(0.001, 48_000));
    int bytes = 300 * 1024 * 1024;
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
      ByteBuffer length = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
      file.write(length.putInt(bytes).flip(), 40);
      file.write(ByteBuffer.allocate(1), 44L + bytes - 1);
    }
    try (WavFile wav = WavFile.open(path)) {
      float[] block = new float[1024];
      long before = allocated();
      long total = 0;
      for (int read = 1024; read == 1024; total += read) {
        read = wav.read(block, block.length);
      }
      assertEquals(bytes / 2, total);
      assertTrue(allocated() - before < 1_000_000, "reading allocates: " + (allocated() - before));
    }
  }

  @Test
  void aLengthThatTheRecorderDidNotKnowMeansToTheEnd() throws IOException {
    byte[] file = WavBytes.sine(0.1, 44_100);
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(4, -1).putInt(40, -1);
    try (WavFile wav = WavFile.open(write(file))) {
      assertEquals(4410, wav.frames());
      assertEquals(4410, readAll(wav, 256).length);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0  | 0 | 0   | it is empty",
        "30 | 0 | 0   | ends within the \"fmt \" chunk",
        "0  | 0 | 88  | begins with \"XIFF\"",
        "0  | 20 | 7  | format 7 with 16 bits",
        "0  | 22 | 0  | 0 channels, 1..8 can be read",
        "0  | 22 | 9  | 9 channels, 1..8 can be read",
        "0  | 25 | 0  | sample rate 68 Hz, 8000..192000 can be read",
        "0  | 34 | 12 | 12-bit PCM, 8, 16, 24 and 32 bits can be read",
        "0  | 32 | 3  | a frame of 3 bytes does not fit 1 x 16 bits",
        "0  | 16 | 4  | its \"fmt \" chunk has 4 bytes",
        "45 | 0 | 0  | holds no sound"
      })
  void saysWhatIsWrong(int cut, int at, int value, String expected) throws IOException {
    byte[] file = WavBytes.sine(0.1, 44_100);
    if (expected.contains("empty")) {
      file = new byte[0];
    } else if (cut > 0) {
      file = java.util.Arrays.copyOf(file, cut);
    } else {
      file[at] = (byte) value;
    }
    Path path = write(file);
    SoundSource.Fault fault = assertThrows(SoundSource.Fault.class, () -> WavFile.open(path));
    assertTrue(fault.getMessage().contains(expected), fault.getMessage());
    assertTrue(fault.getMessage().startsWith(path + ": "), fault.getMessage());
    assertEquals(1, fault.getMessage().lines().count());
  }

  @Test
  void saysWhenThereIsNoFileOrItIsAFolder() {
    Path nowhere = folder.resolve("nowhere.wav");
    assertEquals(
        nowhere + ": no such file",
        assertThrows(SoundSource.Fault.class, () -> WavFile.open(nowhere)).getMessage());
    assertEquals(
        folder + ": not a file",
        assertThrows(SoundSource.Fault.class, () -> WavFile.open(folder)).getMessage());
  }

  @Test
  void saysWhenTheFileShrinksWhileItIsPlayed() throws IOException {
    Path path = write(WavBytes.sine(2, 44_100));
    try (WavFile wav = WavFile.open(path)) {
      float[] block = new float[1024];
      assertEquals(1024, wav.read(block, 1024));
      try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
        file.truncate(70_000);
      }
      SoundSource.Fault fault = assertThrows(SoundSource.Fault.class, () -> readAll(wav, 1024));
      assertTrue(fault.getMessage().endsWith("became shorter while it was played"));
    }
  }

  @Test
  void noGarbageHangsItOrThrowsAnythingElse() throws IOException {
    byte[] whole =
        new WavBytes()
            .chunk("LIST", new byte[9])
            .format(new SampleFormat(SampleFormat.Encoding.SIGNED_24, 2), 48_000, true)
            .data(SampleFormat.Encoding.SIGNED_24, new double[400])
            .bytes();
    Random random = new Random(20);
    int opened = 0;
    int refused = 0;
    for (int round = 0; round < 3000; round++) {
      byte[] file = whole.clone();
      if (round < whole.length) {
        file = java.util.Arrays.copyOf(file, round);
      } else {
        int spoilt = 1 + random.nextInt(6);
        for (int i = 0; i < spoilt; i++) {
          // Mostly in the headers, where it hurts.
          int range = random.nextInt(10) == 0 ? file.length : 90;
          file[random.nextInt(range)] = (byte) (random.nextBoolean() ? -1 : random.nextInt(256));
        }
      }
      Path path = write(file);
      try (WavFile wav = WavFile.open(path)) {
        assertTrue(readAll(wav, 256).length <= file.length);
        opened++;
      } catch (SoundSource.Fault fault) {
        assertEquals(1, fault.getMessage().lines().count());
        refused++;
      }
    }
    assertEquals(3000, opened + refused);
    assertTrue(opened > 100 && refused > 1000, opened + " opened, " + refused + " refused");
  }

  @Test
  void readsARealRecording() throws IOException {
    Path data = Path.of(System.getenv().getOrDefault("LSE_TEST_DATA", "../../shared/data"));
    Path path = data.resolve("audio/real_sax_phrase_sms.wav");
    assumeTrue(Files.exists(path), "skipped: no recordings; LSE_TEST_DATA names their folder");
    try (WavFile wav = WavFile.open(path)) {
      assertEquals(44_100, wav.sampleRate());
      float[] samples = readAll(wav, 256);
      assertEquals(wav.frames(), samples.length);
      byte[] file = Files.readAllBytes(path);
      ByteBuffer raw = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
      int start = file.length - 2 * samples.length;
      for (int i = 0; i < samples.length; i++) {
        assertEquals(raw.getShort(start + 2 * i) / 32768f, samples[i]);
      }
    }
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("test.wav"), bytes);
  }

  private static float[] readAll(WavFile wav, int block) throws SoundSource.Fault {
    float[] samples = new float[(int) wav.frames()];
    float[] piece = new float[block];
    int total = 0;
    for (int read = block; read == block; total += read) {
      read = wav.read(piece, block);
      System.arraycopy(piece, 0, samples, total, read);
    }
    return java.util.Arrays.copyOf(samples, total);
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean)
            java.lang.management.ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
