package org.latentspace.audio.inlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentspace.audio.AudioConfig;
import org.latentspace.audio.sound.Input;
import org.latentspace.audio.sound.Performer;
import org.latentspace.wire.StartMistake;

class PerformerSetupTest {
  @Test
  void theBuiltInPerformerPlaysWhenNobodyIsNamed() {
    PerformerSetup setup = PerformerSetup.of(config(Map.of()));
    assertEquals(1, setup.performers().size());
    Performer performer = setup.performers().get(0);
    assertEquals("performer", performer.name());
    assertEquals(Input.Kind.SYNTHETIC, performer.input().kind());
    assertNotNull(setup.source(performer));
  }

  @Test
  void severalPerformersHaveInputsAndTrimsOfTheirOwn() {
    PerformerSetup setup =
        PerformerSetup.of(
            config(
                Map.of(
                    "performers.ann.input", "device:USB",
                    "performers.ann.trim-db", "-7.5",
                    "performers.bob.input", "network",
                    "performers.cleo.seed", "9")));
    assertEquals(3, setup.performers().size());
    assertEquals("device:USB", setup.performers().get(0).input().toString());
    assertEquals(-7.5f, setup.performers().get(0).trimDb());
    assertNull(setup.source(setup.performers().get(1)));
    assertNotNull(setup.source(setup.performers().get(2)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "block-samples | 100 | audio-service.block-samples=100: must be 256..1024",
        "block-samples | 1025 | audio-service.block-samples=1025: must be 256..1024",
        "window-blocks | 0 | audio-service.window-blocks=0: must be 1..256",
        "seconds | -1 | audio-service.seconds=-1.0: must be 0..86400",
        "seconds | NaN | audio-service.seconds=NaN: must be 0..86400",
        "feature-service.port | 70000 | audio-service.feature-service.port=70000: must be 1..65535",
        "performers.a.trim-db | 61 | audio-service.performers.a.trim-db=61.0: must be -60..60",
        "performers.\"a b\".seed | 1 | audio-service.performers.a b: a name is 1..64 characters of"
            + " [A-Za-z0-9_-]",
        "performers.a.input | /no/such.wav | audio-service.performers.a.input=/no/such.wav: no such"
            + " file"
      })
  void aMistakeIsOneLineWithKeyValueAndWhatWouldBeRight(String key, String value, String line) {
    StartMistake mistake =
        assertThrows(StartMistake.class, () -> PerformerSetup.of(config(Map.of(key, value))));
    assertEquals(line, mistake.getMessage());
  }

  @Test
  void aBrokenRecordingIsNamed(@TempDir Path folder) throws Exception {
    Path path = Files.writeString(folder.resolve("notes.wav"), "these are not the notes");
    StartMistake mistake =
        assertThrows(
            StartMistake.class,
            () -> PerformerSetup.of(config(Map.of("performers.sax.input", path.toString()))));
    assertTrue(
        mistake
            .getMessage()
            .startsWith("audio-service.performers.sax.input=" + path + ": not a WAV file"),
        mistake.getMessage());
  }

  @Test
  void aChannelOfARecordingCanBeChosenAndAFileOfThatNameWins(@TempDir Path folder)
      throws Exception {
    Path two = Files.write(folder.resolve("two.wav"), wav(2));
    Path named = Files.write(folder.resolve("two.wav#9"), wav(1));
    PerformerSetup setup =
        PerformerSetup.of(
            config(
                Map.of(
                    "performers.a.input",
                    two + "#2",
                    "performers.b.input",
                    named.toString(),
                    "performers.c.input",
                    "device:USB#2")));
    assertEquals(
        List.of(2, 0, 2), setup.performers().stream().map(p -> p.input().channel()).toList());
    assertEquals(two + "#2", setup.performers().get(0).input().toString());
    assertEquals("device:USB#2", setup.performers().get(2).input().toString());
    setup.close();
    StartMistake mistake =
        assertThrows(
            StartMistake.class,
            () -> PerformerSetup.of(config(Map.of("performers.a.input", two + "#3"))));
    assertEquals(
        "audio-service.performers.a.input="
            + two
            + ": channel 3 is not there, it has 2, counted from 1",
        mistake.getMessage());
  }

  @Test
  void anEndlessOfflineRunIsRefused(@TempDir Path folder) throws Exception {
    String path = Files.write(folder.resolve("a.wav"), wav(1)).toString();
    Map<String, String> endless =
        Map.of("loop", "true", "offline", "true", "performers.a.input", path);
    StartMistake mistake =
        assertThrows(StartMistake.class, () -> PerformerSetup.of(config(endless)));
    assertTrue(mistake.getMessage().startsWith("audio-service.loop=true: "), mistake.getMessage());
    assertTrue(mistake.getMessage().contains("--seconds"), mistake.getMessage());
    Map<String, String> ending = new TreeMap<>(endless);
    ending.put("seconds", "2");
    PerformerSetup setup = PerformerSetup.of(config(ending));
    float[] second = new float[1000];
    assertEquals(1000, setup.source(setup.performers().get(0)).read(second, 1000));
    setup.close();
  }

  /** 4 frames of 16 bits at 8 kHz. */
  private static byte[] wav(int channels) {
    int bytes = 8 * channels;
    ByteBuffer file = ByteBuffer.allocate(44 + bytes).order(ByteOrder.LITTLE_ENDIAN);
    file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + bytes);
    file.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16).putShort((short) 1);
    file.putShort((short) channels).putInt(8000).putInt(16_000 * channels);
    file.putShort((short) (2 * channels)).putShort((short) 16);
    return file.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(bytes).array();
  }

  @ParameterizedTest
  @CsvSource({"device", "network"})
  void whatSoundsInItsOwnTimeCannotPlayOffline(String input) {
    StartMistake mistake =
        assertThrows(
            StartMistake.class,
            () ->
                PerformerSetup.of(config(Map.of("offline", "true", "performers.a.input", input))));
    assertTrue(
        mistake.getMessage().startsWith("audio-service.performers.a.input=" + input + ": sounds"));
  }

  @Test
  void tooManyPerformersAreRefused() {
    Map<String, String> many = new TreeMap<>();
    for (int i = 0; i < 65; i++) {
      many.put("performers.p" + i + ".seed", "" + i);
    }
    assertEquals(
        "audio-service.performers: 65 are too many, at most 64 can play",
        assertThrows(StartMistake.class, () -> PerformerSetup.of(config(many))).getMessage());
  }

  private static AudioConfig config(Map<String, String> keys) {
    Map<String, String> whole = new TreeMap<>();
    keys.forEach((key, value) -> whole.put("audio-service." + key, value));
    return new SmallRyeConfigBuilder()
        .withMapping(AudioConfig.class)
        .withSources(new PropertiesConfigSource(whole, "test", 100))
        .build()
        .getConfigMapping(AudioConfig.class);
  }
}
