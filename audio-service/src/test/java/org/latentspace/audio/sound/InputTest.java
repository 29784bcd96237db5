package org.latentspace.audio.sound;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputTest {
  @ParameterizedTest
  @CsvSource({
    "synthetic, SYNTHETIC, '', 0",
    "network, NETWORK, '', 0",
    "device, DEVICE, '', 0",
    "device#1, DEVICE, '', 1",
    "device:USB, DEVICE, USB, 0",
    "device:USB#2, DEVICE, USB, 2",
    "device:USB#2#1, DEVICE, USB#2, 1",
    "x.wav, FILE, x.wav, 0",
    "x.wav#2, FILE, x.wav, 2",
    "x.wav#0, FILE, x.wav#0, 0",
    "x.wav#two, FILE, x.wav#two, 0",
    "take#3, FILE, take#3, 0",
    "take#3#1, FILE, take#3, 1"
  })
  void isReadWithItsChannel(String text, Input.Kind kind, String detail, int channel) {
    Input input = Input.parse(text, name -> name.equals("take#3"));
    assertEquals(new Input(kind, detail, channel), input);
    assertEquals(text, input.toString());
  }
}
