package org.latentspace.training.vae;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.latentspace.training.vae.HyperParameters.Preset;

class HyperParametersTest {
  @ParameterizedTest
  @EnumSource(Preset.class)
  void everyPresetIsWholeAndReadAsItWasWritten(Preset preset) {
    HyperParameters hyper = HyperParameters.preset(preset.label()).withSeed(Long.MIN_VALUE + 5);
    assertEquals(hyper, HyperParameters.read(hyper.json()));
    for (HyperParameter parameter : HyperParameter.values()) {
      assertEquals(parameter, HyperParameter.named(parameter.label()));
      assertEquals(hyper, hyper.with(parameter, hyper.get(parameter)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "EPOCHS, 0, 'epochs is 0, must lie in 1..100000'",
    "EPOCHS, 1.5, 'epochs is 1.5, must be a whole number'",
    "LATENT_SIZE, 33, 'latent size is 33, must lie in 2..32'",
    "GUIDE, 1, 'guide is 1, must lie in 0..0.99'",
    "BETA, NaN, 'beta is NaN, must lie in 0..1000'",
    "LEARNING_RATE, -1, 'learning rate is -1, must lie in 1.0E-7..1'"
  })
  void aValueOutOfItsRangeIsRefusedByName(HyperParameter parameter, double value, String words) {
    HyperParameters hyper = HyperParameters.preset("rhythm-vae");
    IllegalArgumentException wrong =
        assertThrows(IllegalArgumentException.class, () -> hyper.with(parameter, value));
    assertEquals(words, wrong.getMessage());
  }

  @Test
  void unknownNamesAreRefusedAndSayWhatThereIs() {
    assertThrows(IllegalArgumentException.class, () -> HyperParameters.read("{\"depth\":3}"));
    assertThrows(IllegalArgumentException.class, () -> HyperParameters.read("{"));
    IllegalArgumentException wrong =
        assertThrows(IllegalArgumentException.class, () -> HyperParameters.preset("huge"));
    assertTrue(wrong.getMessage().contains("rhythm-vae"), wrong.getMessage());
  }
}
