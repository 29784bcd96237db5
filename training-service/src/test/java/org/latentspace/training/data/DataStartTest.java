package org.latentspace.training.data;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentspace.training.TrainingConfig;
import org.latentspace.wire.StartMistake;

class DataStartTest {
  @ParameterizedTest
  @CsvSource({"most-pieces, 0", "most-notes, 999", "min-onsets, -1", "import-dir, ' '"})
  void aSettingOutOfItsRangeStopsTheStartWithKeyAndValue(String key, String value) {
    DataConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(TrainingConfig.class)
            .withSources(
                new PropertiesConfigSource(Map.of("training-service." + key, value), "test", 100))
            .build()
            .getConfigMapping(TrainingConfig.class);
    StartMistake mistake = assertThrows(StartMistake.class, () -> DataStart.check(config));
    assertTrue(mistake.getMessage().contains("training-service." + key), mistake.getMessage());
  }
}
