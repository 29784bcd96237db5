package org.latentspace.audio.sound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelMixTest {
  private static final int RATE = 8000;
  private static final String CHOOSE = "; one channel can be chosen, such as #";
  private static final IntToDoubleFunction SINE = i -> 0.3 * Math.sin(2 * Math.PI * 220 * i / RATE);
  private static final IntToDoubleFunction OPPOSITE = i -> -SINE.applyAsDouble(i);
  private static final IntToDoubleFunction SILENT = i -> 0;
  private static final IntToDoubleFunction OFFSET = i -> 0.1;

  @Test
  void oppositePolarityIsWarnedOf() {
    List<String> cancel =
        List.of("its channels cancel each other in the mean (opposite polarity)" + CHOOSE + "1");
    assertEquals(cancel, play(0, 2, SINE, OPPOSITE).warnings());
    IntToDoubleFunction weaker = i -> 0.8 * OPPOSITE.applyAsDouble(i);
    assertEquals(cancel, play(0, 2, SINE, weaker).warnings());
    assertEquals(cancel, play(0, 2, SINE, i -> OPPOSITE.applyAsDouble(i) + 0.1).warnings());
    assertEquals(List.of(), play(1, 2, SINE, OPPOSITE).warnings());
  }

  @Test
  void whatIsOrdinaryIsNotWarnedOf() {
    assertEquals(List.of(), play(0, 2, SINE).warnings());
    assertEquals(List.of(), play(0, 2, SINE, SINE).warnings());
    assertEquals(List.of(), play(0, 2, noise(1), noise(2)).warnings());
    assertEquals(List.of(), play(0, 2, SINE, i -> 0.05 * SINE.applyAsDouble(i)).warnings());
    IntToDoubleFunction quadrature = i -> 0.3 * Math.cos(2 * Math.PI * 220 * i / RATE);
    assertEquals(List.of(), play(0, 2, SINE, quadrature).warnings());
    assertEquals(List.of(), play(0, 2, SILENT, SILENT).warnings());
    assertEquals(List.of(), play(0, 2, i -> 1e-4 * SINE.applyAsDouble(i), SILENT).warnings());
  }

  @Test
  void channelsWithoutSoundAreNamedWithWhatTheyCost() {
    assertEquals(
        List.of(
            "no sound on channel 1, 2, 4, 5, 6 of 6; the mean of all is 15.6 dB quieter for it"
                + CHOOSE
                + "3"),
        play(0, 2, SILENT, SILENT, SINE, SILENT, OFFSET, i -> 1e-4).warnings());
    assertEquals(
        List.of(
            "no sound on channel 2 of 2; the mean of all is 6.0 dB quieter for it" + CHOOSE + "1"),
        play(0, 2, SINE, i -> 0.002 * SINE.applyAsDouble(i)).warnings());
    assertEquals(
        List.of("no sound on the chosen channel 1" + CHOOSE + "2"),
        play(1, 2, OFFSET, SINE).warnings());
    assertEquals(List.of(), play(2, 2, OFFSET, SINE).warnings());
  }

  @Test
  void aShortSourceIsJudgedAtItsEnd() {
    ChannelMix mix = play(0, 0.2, SINE, SILENT);
    assertEquals(List.of(), mix.warnings());
    mix.end();
    assertEquals(1, mix.warnings().size());
  }

  @Test
  void aChannelThatBeginsLateClearsItsWarning() {
    ChannelMix mix = play(0, 30, SINE, SILENT);
    List<String> warned = mix.warnings();
    assertEquals(1, warned.size());
    feed(mix, 2, SINE, SILENT);
    assertSame(warned, mix.warnings(), "the same list as long as nothing changes");
    feed(mix, 2, SINE, SINE);
    assertEquals(List.of(), mix.warnings());
  }

  @ParameterizedTest
  @CsvSource({"0, 0.25", "1, 0.5", "2, -0.25", "3, 0.5"})
  void theChosenChannelIsHeardAlone(int channel, float expected) {
    SampleFormat format = new SampleFormat(SampleFormat.Encoding.FLOAT_32, 3);
    ByteBuffer bytes = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putFloat(0.5f).putFloat(-0.25f).putFloat(0.5f).putFloat(0).putFloat(0).putFloat(0).flip();
    float[] mono = new float[3];
    new ChannelMix(format, channel, RATE).toMono(bytes, mono, 1, 2);
    assertEquals(0, mono[0]);
    assertEquals(expected, mono[1]);
  }

  @Test
  void samplesThatAreNoNumbersSpoilNoJudgement() {
    ChannelMix mix = play(0, 1, i -> Double.NaN, SINE);
    feed(mix, 2, SINE, OPPOSITE);
    assertEquals(1, mix.warnings().size());
  }

  private static IntToDoubleFunction noise(int seed) {
    Random random = new Random(seed);
    return i -> 0.1 * random.nextGaussian();
  }

  private static ChannelMix play(int chosen, double seconds, IntToDoubleFunction... channels) {
    SampleFormat format = new SampleFormat(SampleFormat.Encoding.FLOAT_32, channels.length);
    ChannelMix mix = new ChannelMix(format, chosen, RATE);
    feed(mix, seconds, channels);
    return mix;
  }

  private static void feed(ChannelMix mix, double seconds, IntToDoubleFunction... channels) {
    int frames = (int) (seconds * RATE);
    ByteBuffer bytes =
        ByteBuffer.allocate(4 * frames * channels.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < frames; i++) {
      for (IntToDoubleFunction channel : channels) {
        bytes.putFloat((float) channel.applyAsDouble(i));
      }
    }
    bytes.flip();
    float[] mono = new float[100];
    while (bytes.hasRemaining()) {
      int count = Math.min(100, bytes.remaining() / 4 / channels.length);
      mix.toMono(bytes, mono, 0, count);
    }
  }
}
